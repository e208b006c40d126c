"""What has changed since the last release, and what a release changed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Change,
    ChangeKind,
    Concept,
    Label,
    LabelKind,
    Release,
    Scheme,
)
from hamroh.web.texts import Text, pick

_FATES = {
    ChangeKind.DEPRECATED: "deprecated",
    ChangeKind.REPLACED: "replaced",
    ChangeKind.REVIVED: "revived",
    ChangeKind.APPROVED: "approved",
}
#: the lists of a difference that hold concepts, in the order of the page
PARTS = ("added", "approved", "revived", "deprecated", "replaced", "moved")


def unreleased(scheme: Scheme) -> dict[str, Any]:
    """The difference between now and the last release, out of the log: what was said and taken back again is none."""
    rows = Change.objects.filter(scheme=scheme, release=None).select_related("other").order_by("pk")
    told: dict[Any, list[Change]] = defaultdict(list)
    for row in rows.iterator(chunk_size=2000):
        told[row.concept_id].append(row)
    difference: dict[str, Any] = {part: [] for part in PARTS} | {"labels": {}, "names": {}, "homes": {}}
    known = Concept.objects.in_bulk(list(told)) if len(told) < 500 else _in_parts(list(told))
    for pk, changes in told.items():
        _of_concept(difference, known[pk], changes)
    for part in PARTS:
        difference[part].sort(key=lambda line: line["key"])
    for lines in difference["labels"].values():
        lines.sort(key=lambda line: (line["key"], line["kind"], line["was"], line["now"]))
    keys = _keys(difference)
    difference["names"], difference["homes"] = _names(scheme, keys), _homes(keys)
    return difference


def is_empty(difference: dict[str, Any]) -> bool:
    return not any(difference[part] for part in (*PARTS, "labels"))


def releases(scheme: Scheme) -> list[Release]:
    """Releases of a vocabulary, the newest first."""
    return list(Release.objects.filter(scheme=scheme).defer("difference").order_by("-released_at", "-pk"))


def release_by(code: str, number: str) -> Release:
    """One release; 404 without it."""
    found = Release.objects.select_related("scheme").filter(scheme__code=code, number=number).first()
    if found is None:
        raise Http404(number)
    return found


def _in_parts(ids: list[Any]) -> dict[Any, Concept]:
    found: dict[Any, Concept] = {}
    for start in range(0, len(ids), 500):
        found |= Concept.objects.in_bulk(ids[start : start + 500])
    return found


def _of_concept(difference: dict[str, Any], concept: Concept, changes: Iterable[Change]) -> None:
    rows = list(changes)
    kinds = [row.kind for row in rows]
    fate = next((row for row in reversed(rows) if row.kind in _FATES), None)
    gone = fate is not None and fate.kind in (ChangeKind.DEPRECATED, ChangeKind.REPLACED)
    if ChangeKind.ADDED in kinds:
        if not gone:
            difference["added"].append({"key": concept.key})
        return
    if fate is not None:
        line = {"key": concept.key}
        if fate.kind == ChangeKind.REPLACED and fate.other is not None:
            line["by"] = fate.other.key
        difference[_FATES[ChangeKind(fate.kind)]].append(line)
    _add_labels(difference["labels"], concept.key, rows)
    _add_move(difference["moved"], concept.key, rows)


def _add_labels(labels: dict[str, list[dict[str, str]]], key: str, rows: Iterable[Change]) -> None:
    net: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        if row.kind in (ChangeKind.LABEL_ADDED, ChangeKind.LABEL_REMOVED):
            net[row.lang, row.detail, row.text] += 1 if row.kind == ChangeKind.LABEL_ADDED else -1
    sides: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for (lang, kind, text), number in sorted(net.items()):
        if number:
            sides[lang, kind][number > 0].append(text)
    for (lang, kind), (was, now) in sides.items():
        for place in range(max(len(was), len(now))):
            line = {"key": key, "kind": kind, "was": _at(was, place), "now": _at(now, place)}
            labels.setdefault(lang, []).append(line)


def _at(texts: list[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _add_move(moved: list[dict[str, Any]], key: str, rows: Iterable[Change]) -> None:
    net: Counter[str] = Counter()
    for row in rows:
        if row.other is None or row.detail not in BROADER_KINDS:
            continue
        if row.kind in (ChangeKind.RELATION_ADDED, ChangeKind.RELATION_REMOVED):
            net[row.other.key] += 1 if row.kind == ChangeKind.RELATION_ADDED else -1
    was, now = sorted(other for other in net if net[other] < 0), sorted(other for other in net if net[other] > 0)
    if was or now:
        moved.append({"key": key, "was": was, "now": now})


def _keys(difference: dict[str, Any]) -> list[str]:
    """Every concept that a difference names."""
    lines = [line for part in PARTS for line in difference[part]]
    lines += [line for some in difference["labels"].values() for line in some]
    keys = {line["key"] for line in lines} | {line["by"] for line in lines if "by" in line}
    return sorted(keys | {other for line in difference["moved"] for other in (*line["was"], *line["now"])})


def _names(scheme: Scheme, keys: list[str]) -> dict[str, dict[str, str]]:
    """What concepts are called at this moment, in each language; the vocabulary's own label before others."""
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(keys), 500):
        rows = Label.objects.filter(concept__key__in=keys[start : start + 500], kind=LabelKind.PREFERRED)
        for key, lang, text, home in rows.values_list("concept__key", "lang", "text", "scheme_id"):
            if home == scheme.pk or lang not in found.get(key, {}):
                found.setdefault(key, {})[lang] = text
    return found


def _homes(keys: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(keys), 500):
        found |= dict(Concept.objects.filter(key__in=keys[start : start + 500]).values_list("key", "scheme__code"))
    return found


@dataclass(frozen=True)
class Line:
    """A line of a difference as its reader sees it."""

    key: str
    home: str
    name: Text
    was: str = ""
    now: str = ""
    lang: str = ""


@dataclass(frozen=True)
class DifferencePart:
    """What changed in one way; ``lang`` is set for changed labels."""

    kind: str
    lang: str
    lines: tuple[Line, ...]


def parts(difference: dict[str, Any], lang: str) -> list[DifferencePart]:
    """A difference for its readers, in the words of the day of its release."""
    called, homes = difference["names"], difference["homes"]

    def name(key: str) -> Text:
        return pick(called.get(key) or {"": key}, lang)

    def line(one: dict[str, Any]) -> Line:
        was = ", ".join(name(key).text for key in one.get("was", ()))
        by = [one["by"]] if "by" in one else one.get("now", ())
        now = ", ".join(name(key).text for key in by)
        return Line(one["key"], homes.get(one["key"], ""), name(one["key"]), was, now)

    found = [DifferencePart(part, "", tuple(map(line, difference[part]))) for part in PARTS if difference[part]]
    for code, rows in sorted(difference["labels"].items()):
        said = (
            Line(row["key"], homes.get(row["key"], ""), name(row["key"]), row["was"], row["now"], code) for row in rows
        )
        found.append(DifferencePart("labels", code, tuple(said)))
    return found


def table(difference: dict[str, Any], lang: str) -> list[list[str]]:
    """A difference as rows: what, language, concept, name, before, now."""
    return [
        [part.kind, part.lang, line.key, line.name.text, line.was, line.now]
        for part in parts(difference, lang)
        for line in part.lines
    ]
