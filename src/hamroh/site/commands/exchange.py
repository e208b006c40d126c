"""``hamroh exchange``: two organisations learn whom both know, by files that go to and fro on a stick."""

import csv
import functools
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from hamroh.kernel.exchange import Labour, Own, Pair, Party, Progress, Terms, Unfit
from hamroh.kernel.exchange import steps as exchanging
from hamroh.kernel.exchange.files import header_of, kind_of
from hamroh.kernel.exchange.lists import read_list
from hamroh.kernel.exchange.terms import usual_threshold

_SECRET, _PUBLIC = "secret.key", "public.key"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_STEPS = {
    "blind": "blinding the keys", "value": "sealing the own people", "evaluate": "answering the keys",
    "open": "opening the answer", "weigh": "weighing whom both know",
}  # fmt: skip


@click.group()
def exchange() -> None:
    """Learn whom two organisations both know, without either showing its list."""


@exchange.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", required=True, help="What the organisation is called in the terms.")
def key(folder: Path, name: str) -> None:
    """Make the key by which this organisation signs, in a FOLDER of its own; public.key there is for partners."""
    from nacl.signing import SigningKey

    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    made = SigningKey.generate()
    try:
        handle = os.open(folder / _SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise click.ClickException(f"{folder} has a key already; a new one needs another folder") from there
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made.encode().hex())
    public = made.verify_key.encode().hex()
    (folder / _PUBLIC).write_text(json.dumps({"name": name, "key": public}, ensure_ascii=False), encoding="utf-8")
    click.echo(f"{folder / _PUBLIC} is for partners. They compare these signs with you by telephone: {_signs(public)}")


@exchange.command()
@click.argument("people", type=_FILE)
@click.argument("out", type=_NEW)
@click.option("--keys", type=_FOLDER, required=True, help="The folder with the own key.")
@click.option("--to", type=_FILE, required=True, help="The partner's public.key.")
@click.option("--purpose", required=True, help="What the pairs will be used for; the partner agrees to it.")
@click.option("--their-people", type=int, required=True, help="How many people the partner's list may have.")
@click.option("--threshold", type=float, help="Bits from which on a pair is told; without it, what such lists need.")
@click.option("--wide", is_flag=True, help="Miss fewer pairs; more of the partner's people are opened who are in none.")
@click.option("--days", type=int, default=30, show_default=True, help="After so many days the terms expire.")
@click.option("--processes", type=int, default=os.cpu_count() or 1, show_default=True, help="How many work at once.")
def offer(*, people: Path, out: Path, keys: Path, processes: int, **terms: Any) -> None:
    """Ask a partner about the list PEOPLE (CSV: id, name, year, place): writes the offer OUT, which goes to the partner."""
    with _said():
        own, public = _own(keys, read_list(people), processes), _party(keys / _PUBLIC)
        today, most = _today(), terms["their_people"]
        longer = max(most, len(own.records))
        made = exchanging.offer(
            own, out, name=public.name, to=_party(terms["to"]), purpose=terms["purpose"], answered=most, today=today,
            threshold=terms["threshold"] or usual_threshold(longer), expires=today + timedelta(days=terms["days"]),
            wide=terms["wide"],
        )  # fmt: skip
    click.echo(_words(made))
    click.echo(f"{out} is for {made.answers.name}; keep the list and {keys} as they are until the answer is here")


@exchange.command()
@click.argument("people", type=_FILE)
@click.argument("offered", type=_FILE)
@click.argument("out", type=_NEW)
@click.option("--keys", type=_FOLDER, required=True, help="The folder with the own key.")
@click.option("--of", type=_FILE, required=True, help="The partner's public.key.")
@click.option("--agree", is_flag=True, help="The terms were read and are agreed to.")
@click.option("--processes", type=int, default=os.cpu_count() or 1, show_default=True, help="How many work at once.")
def answer(*, people: Path, offered: Path, out: Path, keys: Path, of: Path, agree: bool, processes: int) -> None:
    """Answer the partner's offer OFFERED with the list PEOPLE: shows the terms, asks, writes the answer OUT, which goes back."""
    with _said():
        agrees = _agreeing(agree)
        partner = _party(of)
        exchanging.answer(
            _own(keys, read_list(people), processes), offered, out, of=partner.key, agrees=agrees, today=_today()
        )
    click.echo(f"{out} is for {partner.name}; keep {keys} as it is until the result is here")


@exchange.command()
@click.argument("file", type=_FILE)
@click.argument("pairs", type=_NEW)
@click.option("--keys", type=_FOLDER, required=True, help="The folder with the own key.")
@click.option("--people", type=_FILE, help="With an answer: the list of the offer.")
@click.option("--result", type=_NEW, help="With an answer: where the result for the partner is written.")
@click.option("--processes", type=int, default=os.cpu_count() or 1, show_default=True, help="How many work at once.")
def finish(*, file: Path, pairs: Path, keys: Path, people: Path | None, result: Path | None, processes: int) -> None:
    """Open FILE, the answer to an own offer or the result of an own answer: writes the own side of the PAIRS as CSV."""
    keep = functools.partial(_write, pairs)
    with _said():
        if kind_of(file) == "result":
            found = exchanging.receive(_home(keys), file, _today(), keep)
        elif people and result:
            found = exchanging.finish(_own(keys, read_list(people), processes), file, result, _today(), keep)
        else:
            raise click.UsageError("an answer is finished with --people, the list of the offer, and --result")
    click.echo(f"{len(found)} pairs, in {pairs}" + (f"; {result} is for the partner" if result else ""))


@exchange.command()
@click.argument("file", type=_FILE)
def terms(file: Path) -> None:
    """What a FILE of an exchange says its terms are, nothing checked: to talk about them before anybody answers."""
    from hamroh.kernel.exchange.parcels import terms_in

    with _said():
        click.echo(_words(terms_in(header_of(file, kind_of(file)))))


@contextmanager
def _said() -> Iterator[None]:
    """Say in one line why something is refused."""
    try:
        yield
    except Unfit as unfit:
        raise click.ClickException(str(unfit)) from unfit


def _today() -> date:
    return datetime.now(UTC).date()


def _home(keys: Path) -> Path:
    home = keys / "exchanges"
    home.mkdir(mode=0o700, exist_ok=True)
    return home


def _own(keys: Path, records: list[dict[str, Any]], processes: int) -> Own:
    from nacl.signing import SigningKey

    try:
        secret = bytes.fromhex((keys / _SECRET).read_text(encoding="ascii").strip())
        return Own(records, SigningKey(secret), _home(keys), Labour(processes, _progress()))
    except (OSError, ValueError, TypeError) as fault:
        raise Unfit(f"{keys} has no key: hamroh exchange key makes one") from fault


def _party(path: Path) -> Party:
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        return Party(str(given["name"]), str(given["key"]))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Unfit(f"{path.name} is no public.key of an organisation") from fault


def _agreeing(agreed: bool) -> Callable[[Terms], bool]:
    def agrees(terms: Terms) -> bool:
        click.echo(_words(terms))
        return agreed or click.confirm("Does your organisation agree to these terms?")

    return agrees


def _words(terms: Terms) -> str:
    return "\n".join([
        f"exchange   {terms.exchange}",
        f"offers     {terms.offers.name} ({_signs(terms.offers.key)}), {terms.offered} people at most, {terms.keys} keys",
        f"answers    {terms.answers.name} ({_signs(terms.answers.key)}), {terms.answered} people at most",
        f"purpose    {terms.purpose}",
        f"compared   {', '.join(terms.fields)}; told from {terms.threshold:g} bits on; keys {'wide' if terms.wide else 'narrow'}",
        f"expires    {terms.expires.isoformat()}",
    ])  # fmt: skip


def _signs(public: str) -> str:
    return " ".join(public[at : at + 4] for at in range(0, 24, 4))


def _write(path: Path, pairs: Sequence[Pair]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["pair", "id", "bits"])
        rows.writerows((pair.number, pair.id, pair.bits) for pair in sorted(pairs, key=lambda each: each.number))


def _progress() -> Progress:
    """A bar for each step, on a terminal."""
    bars: dict[str, Any] = {}

    def tell(what: str, done: int, whole: int) -> None:
        if what not in bars:
            bars[what] = tqdm(total=whole, desc=_STEPS[what], disable=not sys.stderr.isatty())
        bars[what].update(done - bars[what].n)
        if done == whole:
            bars[what].close()

    return tell
