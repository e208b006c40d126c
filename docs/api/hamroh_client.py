"""A client of Hamroh's public interface in one file: no packages, Python 3.11 or later.

    python hamroh_client.py https://hamroh.example.org services --place tj-kt-bokhtar
    python hamroh_client.py https://hamroh.example.org parties

It prints a line of JSON for each record. Take it, change it, keep it: CC0 1.0.
"""

import argparse
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

LISTS = ("parties", "services", "places", "library/records", "evidence/sources", "evidence/observations")


class Refused(Exception):
    """The other side said no: its status, and the parameters that it could not read."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        self.status, self.parameters = status, told.get("parameters", [])
        super().__init__(f"{status}: {told.get('message', '')}")


@dataclass
class Client:
    """Reads ``/api/v1/`` of one installation. An answer that has not changed since is not sent twice."""

    address: str
    kept: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def one(self, path: str, **asked: str | int) -> Any:
        """One answer: ``one("services/CODE")``. Refused with status 404 where there is none, or none that may be seen."""
        url = self._url(path, asked)
        tag, before = self.kept.get(url, ("", None))
        request = urllib.request.Request(url, headers={"If-None-Match": tag} if tag else {})  # noqa: S310 - whoever calls names it
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                told = json.load(answer)
                self.kept[url] = (answer.headers.get("ETag", ""), told)
                return told
        except urllib.error.HTTPError as refusal:
            if refusal.code == 304:
                return before
            raise Refused(refusal.code, _read(refusal)) from None

    def all(self, path: str, **asked: str | int) -> Iterator[dict[str, Any]]:
        """Every record of a list, page by page, as it is asked for."""
        page, pages = 1, 1
        while page <= pages:
            told = self.one(path, **asked, page=page)
            pages = told["pages"]
            yield from told["items"]
            page += 1

    def _url(self, path: str, asked: dict[str, str | int]) -> str:
        words = urllib.parse.urlencode({name: value for name, value in sorted(asked.items()) if value != ""})
        return f"{self.address.rstrip('/')}/api/v1/{path}{'?' if words else ''}{words}"


def text(texts: dict[str, str], *languages: str) -> str:
    """A text in the first of these languages in which there is one, else in any."""
    return next((texts[lang] for lang in (*languages, *texts) if texts.get(lang)), "")


def may_be_called(number: dict[str, Any]) -> bool:
    """Whether somebody checked a number; one that was only printed is shown and never linked."""
    return bool(number.get("dialable"))


def _read(refusal: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        return dict(json.load(refusal))
    except ValueError:
        return {}


def main() -> int:
    """Print a list as lines of JSON; 1 where it was refused."""
    parser = argparse.ArgumentParser(description="Reads the public interface of Hamroh.")
    parser.add_argument("address")
    parser.add_argument("list", choices=LISTS)
    parser.add_argument("--place", default="", help="a key of places")
    asked = parser.parse_args()
    try:
        for record in Client(asked.address).all(asked.list, **({"place": asked.place} if asked.place else {})):
            print(json.dumps(record, ensure_ascii=False))
    except Refused as refusal:
        print(refusal, *refusal.parameters, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
