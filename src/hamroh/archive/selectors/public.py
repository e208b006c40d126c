"""What everybody reads in the archive: each thing passes ``public_of`` before a word of it leaves."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from hamroh.archive.models import Cue, Kind, Level, Media, Moment, Segment, SetLine, TeachingSet, Transcript, Unit
from hamroh.archive.selectors.facts import RELEASED, above, is_described, names_of, public_of, spans_of, with_facts
from hamroh.directory.models import AdminUnit
from hamroh.kernel.consented import Public, Scope, Span
from hamroh.thesaurus.models import Concept


@dataclass(frozen=True)
class Shown:
    """A unit with what of it is public today."""

    unit: Unit
    public: Public

    @property
    def names(self) -> list[dict[str, str]]:
        return names_of(self.unit, self.public)

    @property
    def is_online(self) -> bool:
        return self.public.may(Scope.ONLINE)

    @property
    def above(self) -> list[Unit]:
        return above(self.unit)

    @property
    def sound(self) -> Media | None:
        """Its recording, where it may be listened to here."""
        sounds = (each for each in self.unit.media.all() if not each.is_picture and each.public_name)
        return next(sounds, None) if self.is_online else None

    @property
    def pictures(self) -> list[Media]:
        return [each for each in self.unit.media.all() if each.is_picture and each.sizes] if self.is_online else []

    @property
    def duration(self) -> int:
        return max((each.duration for each in self.unit.media.all()), default=0)


@dataclass(frozen=True)
class Told:
    """The words of a recording in one language that may be read, and its parts."""

    lang: str = ""
    is_original: bool = False
    cues: Sequence[Cue] = ()
    langs: Sequence[str] = ()
    segments: Sequence[tuple[Segment, Span]] = field(default_factory=tuple)
    #: the parts in which nothing is heard or read, as some are shut
    shut: Sequence[Span] = ()


def shown(rows: "QuerySet[Unit]", today: dt.date | None = None) -> list[Shown]:
    """Those of these units that may be in the catalogue today."""
    found = [Shown(each, public_of(each, today)) for each in with_facts(rows.filter(state=RELEASED))]
    return [each for each in found if each.public.may(Scope.CATALOGUE)]


def shown_unit(code: str, today: dt.date | None = None) -> Shown | None:
    """One unit, None where nothing of it is public."""
    return next(iter(shown(_labelled(Unit.objects.filter(code=code)), today)), None)


def _labelled(rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    return rows.select_related("creator").prefetch_related(
        "places", Prefetch("subjects", Concept.objects.select_related("scheme"))
    )


def parts_of(unit: Unit) -> list[Shown]:
    """What lies in a unit, in order."""
    return shown(Unit.objects.filter(part_of=unit).order_by("position", "reference"))


def with_parts(unit: Unit) -> tuple[Shown | None, list[Shown]]:
    """A unit and all that lies in it at whatever level, in order, as far as it is public; a constant number of queries."""
    within = Q(part_of=unit) | Q(part_of__part_of=unit) | Q(part_of__part_of__part_of=unit)
    rows = shown(_labelled(Unit.objects.filter(Q(pk=unit.pk) | within)).order_by("position", "reference"))
    return next((each for each in rows if each.unit.pk == unit.pk), None), [
        each for each in rows if each.unit.pk != unit.pk
    ]


def released_units() -> "QuerySet[Unit]":
    """Units that were released, the last changed first; whether one is public is still to be asked."""
    return _labelled(Unit.objects.filter(state=RELEASED)).order_by("-changed_at", "code")


def tops() -> list[Shown]:
    """What lies in nothing else."""
    return shown(Unit.objects.filter(part_of=None).order_by("organisation", "position", "reference"))


def newest(most: int = 8) -> list[Shown]:
    """The items that were released last."""
    rows = Unit.objects.filter(level=Level.ITEM).order_by("-first_released_at", "code")
    found: list[Shown] = []
    for start in range(0, 10 * most, 4 * most):
        some = rows.filter(state=RELEASED)[start : start + 4 * most]
        batch = with_facts(Unit.objects.filter(pk__in=[each.pk for each in some]))
        by_code = {each.pk: Shown(each, public_of(each)) for each in batch}
        found += [by_code[each.pk] for each in some if by_code[each.pk].public.may(Scope.CATALOGUE)]
        if len(found) >= most or not some:
            break
    return found[:most]


def told(one: Shown, lang: str) -> Told:
    """What may be read of what is told, in a language or in the original: a cue that touches a shut part stays away."""
    segments = _segments(one)
    shut = one.public.shut.get(Scope.ONLINE, ())
    if not one.is_online:
        return Told(segments=segments, shut=shut)
    transcripts = list(Transcript.objects.filter(unit=one.unit).order_by("-is_original", "lang"))
    wanted = next((each for each in transcripts if each.lang == lang), transcripts[0] if transcripts else None)
    if wanted is None:
        return Told(segments=segments, shut=shut)
    cues = [each for each in wanted.cues.all() if one.public.shows(Scope.ONLINE, Span(each.start, each.end))]
    return Told(wanted.lang, wanted.is_original, cues, [each.lang for each in transcripts], segments, shut)


def _segments(one: Shown) -> list[tuple[Segment, Span]]:
    rows = Segment.objects.filter(unit=one.unit).select_related("place").prefetch_related("concepts__scheme")
    return [(each, span) for each, span in spans_of(one.unit, rows) if is_described(one.public, span)]


def media_of(pk: Any) -> tuple[Shown, Media] | None:
    """A recording or picture that may leave at this moment, with what it belongs to."""
    row = Media.objects.filter(pk=pk).select_related("unit").first()
    one = shown_unit(row.unit.code) if row else None
    if one is None or not one.is_online:
        return None
    media = next((each for each in one.unit.media.all() if each.pk == pk), None)
    return (one, media) if media else None


# -- for lessons ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Taught:
    """A line of a teaching set, with the words that may be quoted in a lesson."""

    line: SetLine
    one: Shown
    cues: Sequence[Cue] = ()

    @property
    def span(self) -> Span | None:
        return span_of(self.line)


def span_of(line: SetLine) -> Span | None:
    return Span(line.start, line.end) if line.start is not None and line.end is not None else None


def teaching_sets() -> "QuerySet[TeachingSet]":
    return TeachingSet.objects.filter(state=RELEASED).order_by("-changed_at", "code")


def taught(teaching_set: TeachingSet, lang: str) -> list[Taught]:
    """The lines of a set that may be taught with today. Words are quoted only where quoting is allowed, too."""
    lines = list(teaching_set.lines.all())
    units = {each.unit.pk: each for each in shown(Unit.objects.filter(pk__in=[line.unit_id for line in lines]))}
    cues = _quoted([units[line.unit_id] for line in lines if line.unit_id in units], lang)
    return [
        Taught(line, one, [cue for cue in cues.get(one.unit.pk, ()) if _is_quoted(one, line, cue)])
        for line in lines if (one := units.get(line.unit_id)) and _may_teach(one, span_of(line))
    ]  # fmt: skip


def _may_teach(one: Shown, span: Span | None) -> bool:
    return one.public.may(Scope.TEACH) and (span is None or one.public.shows(Scope.TEACH, span))


def _is_quoted(one: Shown, line: SetLine, cue: Cue) -> bool:
    span, its = span_of(line), Span(cue.start, cue.end)
    needed = (Scope.TEACH, Scope.QUOTE, Scope.ONLINE)
    return (span is not None and span.touches(its)) and all(one.public.shows(scope, its) for scope in needed)


def _quoted(units: Iterable[Shown], lang: str) -> dict[Any, list[Cue]]:
    """Cues by item, in a language where there is a transcript in it, else in the original."""
    rows = Transcript.objects.filter(unit__in=[each.unit.pk for each in units]).prefetch_related("cues")
    best: dict[Any, Transcript] = {}
    for each in rows.order_by("unit", "-is_original", "lang"):
        if each.unit_id not in best or each.lang == lang:
            best[each.unit_id] = each
    return {unit: list(each.cues.all()) for unit, each in best.items()}


def moments() -> "QuerySet[Moment]":
    """What happened, from the oldest on."""
    return Moment.objects.select_related("unit").order_by("date", "key")


def places_above(units: Iterable[AdminUnit]) -> list[str]:
    """Keys of places and of everything they lie in."""
    return sorted({row.ancestor.key for unit in units for row in unit.ancestry.all()})


def kinds() -> dict[str, Any]:
    return dict(Kind.choices)
