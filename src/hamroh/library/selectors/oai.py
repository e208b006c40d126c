"""What the library hands to harvesters: its own public records, and those that were public and are no more."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Min, Prefetch, Q, QuerySet
from django.utils.translation import override

from hamroh.accounts.models import Organisation
from hamroh.directory.models import Party
from hamroh.library.models import Attachment, ContributorRole, Record, RecordKind, Subject
from hamroh.thesaurus.models import ConceptAncestor, Label, LabelKind
from hamroh.web.oai import About, Description, Named, Offered, Shelf, Wanted, Within
from hamroh.web.texts import LANGUAGES

ROOM = "library"
_OF, _ABOUT = "by:", "about:"
#: roles as MARC's relator codes have them
_RELATORS = {
    ContributorRole.AUTHOR: "aut", ContributorRole.EDITOR: "edt", ContributorRole.TRANSLATOR: "trl", ContributorRole.ILLUSTRATOR: "ill",
    ContributorRole.TEACHER: "tch", ContributorRole.ISSUER: "isb",
}  # fmt: skip
_COLLECTIONS = frozenset({RecordKind.SERIES})
_NUMBERS = ("isbn", "issn", "doi")
_DAYS = ("adopted", "signed", "in_force", "repealed")
_SPEAKABLE = re.compile(r"[\w\-.!~*'()]+", re.ASCII)


def ever_public() -> QuerySet[Record]:
    """Our own records that are public or once were: others' are harvested where they are at home."""
    return Record.objects.own().filter(published_at__isnull=False)


def offered(wanted: Wanted) -> Sequence[Offered]:
    """One page of records, by the time of their last change."""
    rows = _matching(wanted).order_by("changed_at", "code").select_related("part_of__part_of", "organisation")
    rows = (_described(rows) if wanted.described else rows).prefetch_related(_own_subjects())[: wanted.most]
    return _offers(list(rows), described=wanted.described)


def single(key: str) -> Offered | None:
    """A record by its code; None for what was never public."""
    rows = ever_public().filter(code=key).select_related("part_of__part_of", "organisation")
    return next(iter(_offers(list(_described(rows).prefetch_related(_own_subjects())), described=True)), None)


def counted(wanted: Wanted) -> int:
    return _matching(wanted).count()


def sets() -> dict[str, Mapping[str, str]]:
    """All of the library, each kind, each organisation and each widest concept that has records."""
    found: dict[str, Mapping[str, str]] = {ROOM: {"en": "Library"}}
    rows = ever_public()
    for kind in rows.order_by().values_list("kind", flat=True).distinct():
        found[f"{ROOM}:{kind}"] = _in_english(RecordKind(kind).label)
    for code, names in Organisation.objects.filter(pk__in=rows.values("organisation")).values_list("code", "names"):
        found[f"{_OF}{code}"] = names
    tops = _tops(Subject.objects.filter(record__in=rows).values("concept"))
    keys = {key for each in tops.values() for key in each}
    return found | {f"{_ABOUT}{key}": texts for key, texts in _called(keys).items()}


def earliest() -> dt.datetime | None:
    moment: dt.datetime | None = ever_public().aggregate(first=Min("changed_at"))["first"]
    return moment


def _matching(wanted: Wanted) -> QuerySet[Record]:
    rows = ever_public()
    if wanted.since:
        rows = rows.filter(changed_at__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(changed_at__lte=wanted.until)
    if wanted.after:
        moment, key = wanted.after
        rows = rows.filter(Q(changed_at__gt=moment) | Q(changed_at=moment, code__gt=key))
    return _in_set(rows, wanted.only_set)


def _in_set(rows: QuerySet[Record], name: str) -> QuerySet[Record]:
    if name in ("", ROOM):
        return rows
    if name.startswith(f"{ROOM}:"):
        return rows.filter(kind=name.removeprefix(f"{ROOM}:"))
    if name.startswith(_OF):
        return rows.filter(organisation__code=name.removeprefix(_OF))
    if name.startswith(_ABOUT):
        below = ConceptAncestor.objects.filter(ancestor__key=name.removeprefix(_ABOUT), ancestor__is_top=True)
        about = Subject.objects.filter(concept__in=below.values("concept"))
        return rows.filter(pk__in=about.values("record"))
    return rows.none()


def _own_subjects() -> Prefetch[str, QuerySet[Subject], str]:
    """What a record is about."""
    return Prefetch("subjects", Subject.objects.select_related("concept"))


def _described(rows: QuerySet[Record]) -> QuerySet[Record]:
    files = Prefetch("attachments", Attachment.objects.filter(is_open=True).order_by("position"), to_attr="open_files")
    return rows.select_related("act").prefetch_related("contributions", "units", files)


def _offers(records: list[Any], *, described: bool) -> list[Offered]:
    """Records with their sets; what a page needs besides is read once for all of it."""
    concepts = {each.concept_id for record in records for each in record.subjects.all()}
    tops, told = _tops(concepts), _Told(records, concepts) if described else None
    return [_offer(record, tops, told) for record in records]


def _offer(record: Any, tops: Mapping[Any, set[str]], told: "_Told | None") -> Offered:
    about = {key for each in record.subjects.all() for key in tops[each.concept_id]}
    sets = (
        ROOM,
        f"{ROOM}:{record.kind}",
        f"{_OF}{record.organisation.code}",
        *sorted(f"{_ABOUT}{key}" for key in about),
    )
    shown = _is_shown(record)
    return Offered(
        record.code, record.changed_at, sets, told.of(record) if shown and told else None, is_deleted=not shown
    )


def _is_shown(record: Record | None) -> bool:
    """Public with all that it lies in, as `RecordQuerySet.public` has it, without asking again."""
    return record is None or (record.is_public and _is_shown(record.part_of))


class _Told:
    """Descriptions of a page of records; names of concepts and publishers are read once."""

    def __init__(self, records: list[Any], concepts: Iterable[Any]) -> None:
        self.labels = _labels(concepts)
        self.publishers = _publishers({each.publisher_id for each in records if each.publisher_id})

    def of(self, record: Any) -> Description:
        details, act = record.details, getattr(record, "act", None)
        return Description(
            titles=record.titles, kind=record.kind, address=address_of(record), abstracts=record.abstracts,
            dcmi_type="Collection" if record.kind in _COLLECTIONS else "Text",
            names=[Named(one.names, _RELATORS.get(one.role, "ctb"), one.is_body) for one in record.contributions.all()],
            subjects=[About(self.labels.get(each.concept_id, {}), each.concept.uri) for each in record.subjects.all()],
            places=[unit.names for unit in record.units.all()],
            publisher=self.publishers.get(record.publisher_id) or {"": record.publisher_text}, place=record.place, date=record.date,
            dates={name: getattr(act, name) for name in _DAYS} if act else {}, languages=record.languages,
            media_types=list(dict.fromkeys(each.media_type for each in record.open_files)), edition=details.get("edition", ""),
            identifiers=_numbers(details) | ({"number": act.number} if act and act.number else {}),
            urls=[each for each in (details.get("url"), act.official_url if act else "") if each],
            part_of=_within(record), rights=record.rights, licence=record.licence,
        )  # fmt: skip


def address_of(record: Record) -> str:
    return f"/{{lang}}/library/{record.code}/"


def _within(record: Record) -> Within | None:
    """What it lies in, with the volume and the number of an issue."""
    whole = record.part_of
    if whole is None:
        return None
    told = {**whole.details, **record.details}
    return Within(
        whole.titles, whole.code, address_of(whole), told.get("volume", ""), told.get("number", ""), told.get("pages", ""), told.get("issn", "")
    )  # fmt: skip


def _numbers(details: Mapping[str, str]) -> dict[str, str]:
    return {name: details[name] for name in _NUMBERS if details.get(name)}


def _labels(concepts: Iterable[Any]) -> dict[Any, dict[str, str]]:
    """What concepts are called in each language, as their own scheme says."""
    found: dict[Any, dict[str, str]] = defaultdict(dict)
    rows = Label.objects.filter(concept__in=list(concepts), kind=LabelKind.PREFERRED).order_by("lang", "text")
    for pk, lang, text in rows.values_list("concept_id", "lang", "text"):
        found[pk].setdefault(lang, text)
    return found


def _publishers(ids: set[Any]) -> dict[Any, Mapping[str, str]]:
    """Names of publishers that the directory shows to everybody."""
    today = dt.datetime.now(tz=dt.UTC).date()
    return dict(Party.objects.public(today).filter(pk__in=ids).values_list("pk", "names")) if ids else {}


def _tops(concepts: Any) -> dict[Any, set[str]]:
    """The widest concepts above each, by their keys, as far as a set can be called so."""
    found: dict[Any, set[str]] = defaultdict(set)
    rows = ConceptAncestor.objects.filter(concept__in=concepts, ancestor__is_top=True)
    for pk, key in rows.values_list("concept_id", "ancestor__key"):
        if _SPEAKABLE.fullmatch(key):
            found[pk].add(key)
    return found


def _called(keys: set[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {key: {} for key in keys}
    rows = Label.objects.filter(
        concept__key__in=keys, concept__is_top=True, kind=LabelKind.PREFERRED, lang__in=LANGUAGES
    )
    for key, lang, text in rows.order_by("text").values_list("concept__key", "lang", "text"):
        found[key].setdefault(lang, text)
    return found


def _in_english(label: Any) -> dict[str, str]:
    with override("en"):
        return {"en": str(label)}


SHELF = Shelf(ROOM, offered, single, counted, sets, earliest)
