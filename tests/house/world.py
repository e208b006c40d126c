"""The demonstration in miniature: its own loaders over fewer of its records, one for each sort of page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hamroh.kernel import datafiles

#: the first records of each kind; parts bring their whole, services bring their party
EACH_KIND = 1
SERVICES = 4
PLACES = {"tj": 1, "az": 0, "ru": 1}
Document = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class World:
    """Codes of some entries, by what they are."""

    party: str
    service: str
    shelter: str
    group: str
    visit: str


def thinned(document: Document) -> Document:
    """The reader of data files, which gives fewer records of the demonstration's."""

    def read(name: str) -> dict[str, Any]:
        content = document(name)
        if name == "demo/parties.yml":
            services = document("demo/services.yml")["records"][:SERVICES]
            wanted = {row["party"] for row in services} | _first_of_each_kind(content["records"])
            return {"records": _with_wholes(content["records"], wanted)}
        if name == "demo/services.yml":
            return {"records": content["records"][:SERVICES]}
        if name == "demo/invented.yml":
            return content | {
                "places": {country: content["places"][country][:most] for country, most in PLACES.items()}
            }
        return content

    return read


def _first_of_each_kind(records: list[dict[str, Any]]) -> set[str]:
    kinds: dict[str, list[str]] = {}
    for row in records:
        kinds.setdefault(row["kind"], []).append(row["key"])
    return {key for keys in kinds.values() for key in keys[:EACH_KIND]}


def _with_wholes(records: list[dict[str, Any]], wanted: set[str]) -> list[dict[str, Any]]:
    wholes = {row["key"]: row.get("part_of") for row in records}
    for key in list(wanted):
        while (whole := wholes[key]) is not None and whole not in wanted:
            wanted.add(key := whole)
    return [row for row in records if row["key"] in wanted]


def load(monkeypatch: Any) -> None:
    """Knowledge, people and entries, as a first start loads them."""
    from hamroh.site.demo.documents import load_documents
    from hamroh.site.demo.invented import load_invented
    from hamroh.site.demo.people import load_people
    from hamroh.site.demo.routes import verify_routes
    from hamroh.site.preparing import load_knowledge

    load_knowledge()
    monkeypatch.setattr(datafiles, "document", thinned(datafiles.document))
    editors = load_people()
    load_documents(editors, lambda: None)
    load_invented(editors, lambda: None)
    verify_routes(editors)


def known() -> World:
    """What was loaded, as the tests name it."""
    from hamroh.directory.models import Party, Service

    listed = Service.objects.filter(state="listed", key__startswith="demo-")
    return World(
        party=Party.objects.filter(state="listed", kind="registered_ngo").earliest("pk").code,
        service=listed.get(key="demo-centre-02-doctor").code,
        shelter=listed.filter(secret_place__isnull=False).earliest("pk").code,
        group=Party.objects.filter(key__startswith="demo-group", state="listed").earliest("pk").code,
        visit=listed.filter(schedules__date__isnull=False).earliest("pk").code,
    )
