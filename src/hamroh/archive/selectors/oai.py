"""What the archive hands to harvesters: what is in the catalogue today, and that the rest was taken back, without any words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet

from hamroh.archive.models import Kind, Level, Unit
from hamroh.archive.selectors.facts import public_of, with_facts
from hamroh.archive.selectors.public import Shown
from hamroh.kernel.consented import Scope
from hamroh.thesaurus.models import Concept, Label, LabelKind
from hamroh.web.oai import About, Description, Named, Offered, Shelf, Wanted, Within

ROOM = "archive"
_TYPES = {Kind.ORAL_HISTORY: "Sound", Kind.PHOTOGRAPH: "StillImage", Kind.DOCUMENT: "Text"}
_BY = "by:"


def ever_public() -> "QuerySet[Unit]":
    """Units that were released once; whether they still are is asked of each."""
    return Unit.objects.filter(first_released_at__isnull=False)


def offered(wanted: Wanted) -> Sequence[Offered]:
    """One page, by the time of the last change."""
    rows = _matching(wanted).order_by("changed_at", "code")
    rows = with_facts(_labelled(rows) if wanted.described else rows)[: wanted.most]
    return [_offer(each, described=wanted.described) for each in rows]


def single(key: str) -> Offered | None:
    """One unit by its code; None for what never was public."""
    found = with_facts(_labelled(ever_public().filter(code=key))).first()
    return _offer(found, described=True) if found else None


def counted(wanted: Wanted) -> int:
    return _matching(wanted).count()


def sets() -> dict[str, Mapping[str, str]]:
    """All of the archive, and each kind that has units."""
    found: dict[str, Mapping[str, str]] = {ROOM: {"en": "Archive"}}
    for kind in ever_public().exclude(kind="").order_by().values_list("kind", flat=True).distinct():
        found[f"{ROOM}:{kind}"] = {"en": str(kind).replace("_", " ").capitalize()}
    return found


def earliest() -> dt.datetime | None:
    moment: dt.datetime | None = ever_public().aggregate(first=Min("changed_at"))["first"]
    return moment


def _matching(wanted: Wanted) -> "QuerySet[Unit]":
    rows = ever_public()
    if wanted.since:
        rows = rows.filter(changed_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(changed_at__lte=wanted.until)
    if wanted.after:
        moment, key = wanted.after
        rows = rows.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, code__gt=key))
    name = wanted.only_set
    if name in ("", ROOM):
        return rows
    if name.startswith(f"{ROOM}:"):
        return rows.filter(kind=name.removeprefix(f"{ROOM}:"))
    if name.startswith(_BY):
        return rows.filter(organisation__code=name.removeprefix(_BY))
    return rows.none()


def _labelled(rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    labels = Prefetch("labels", Label.objects.exclude(kind=LabelKind.HIDDEN))
    return rows.prefetch_related("places", Prefetch("subjects", Concept.objects.prefetch_related(labels)))


def _offer(unit: Unit, *, described: bool) -> Offered:
    one = Shown(unit, public_of(unit))
    shown = one.public.may(Scope.CATALOGUE)
    sets = (ROOM, *([f"{ROOM}:{unit.kind}"] if unit.kind else []), f"{_BY}{unit.organisation.code}")
    return Offered(
        unit.code, unit.changed_at, sets, _description(one) if shown and described else None, is_deleted=not shown
    )


def _description(one: Shown) -> Description:
    unit = one.unit
    whole = unit.part_of
    return Description(
        titles=unit.titles, kind=unit.kind or unit.level, address=f"/{{lang}}/archive/u/{unit.code}/",
        dcmi_type=_TYPES[Kind(unit.kind)] if unit.level == Level.ITEM else "Collection", abstracts=unit.abouts,
        names=[Named(names, "ive") for names in one.names], publisher=unit.organisation.names, date=unit.date_from,
        subjects=[About(_names(each), each.uri) for each in unit.subjects.all()], places=[each.names for each in unit.places.all()],
        languages=unit.languages, media_types=[each.media_type for each in unit.media.all()] if one.is_online else (),
        identifiers={"number": unit.reference}, rights=unit.details.get("rights", {}),
        part_of=Within(whole.titles, whole.code) if whole else None,
    )  # fmt: skip


def _names(concept: Any) -> dict[str, str]:
    return {each.lang: each.text for each in concept.labels.all() if each.kind == LabelKind.PREFERRED}


SHELF = Shelf(room=ROOM, offered=offered, single=single, counted=counted, sets=sets, earliest=earliest)
