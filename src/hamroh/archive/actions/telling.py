"""Transcripts and the index of a recording's parts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.archive.actions.common import ArchiveRefused, EditedMeanwhile, held_unit, touched
from hamroh.archive.models import Cue, Segment, Transcript, Unit
from hamroh.kernel.cues import Said
from hamroh.vault import journal


@transaction.atomic
def write_transcript(
    *, actor: Any, unit: Unit, lang: str, said: Iterable[Said], is_original: bool | None = None, seen: int | None = None
) -> Transcript:  # fmt: skip
    """Put cues in the place of what stood there in a language; EditedMeanwhile where another version than ``seen`` is stored."""
    stored = held_unit(actor, "archive.edit", unit)
    cues = sorted(said, key=lambda each: (each.start, each.end))
    if not cues:
        raise ArchiveRefused(_("There is nothing in it that is said at a time."))
    row = Transcript.objects.select_for_update().filter(unit=stored, lang=lang).first()
    if seen is not None and seen != (row.version if row else 0):
        raise EditedMeanwhile(_("Somebody else saved this while you were writing. Compare, then save again."))
    row = row or Transcript(unit=stored, lang=lang, version=0)
    row.version += 1
    row.is_original = is_original if is_original is not None else row.is_original or not stored.transcripts.exists()
    row.save()
    if row.is_original:
        Transcript.objects.filter(unit=stored).exclude(pk=row.pk).update(is_original=False)
    row.cues.all().delete()
    Cue.objects.bulk_create(
        [Cue(transcript=row, start=each.start, end=max(each.end, each.start + 1), speaker=each.speaker[:120], text=each.text) for each in cues],
        batch_size=500,
    )  # fmt: skip
    journal.record(actor=actor, verb="archive.write_transcript", about=stored, facts={"lang": lang, "cues": len(cues)})
    touched(stored, actor)
    return row


@transaction.atomic
def remove_transcript(*, actor: Any, unit: Unit, lang: str) -> None:
    """Take the words in one language away."""
    stored = held_unit(actor, "archive.edit", unit)
    stored.transcripts.filter(lang=lang).delete()
    journal.record(actor=actor, verb="archive.remove_transcript", about=stored, facts={"lang": lang})
    touched(stored, actor)


@transaction.atomic
def write_segments(*, actor: Any, unit: Unit, segments: Sequence[Mapping[str, Any]]) -> list[Segment]:
    """Put an index of parts in the place of the one that was there: ``start``, ``titles`` and the other columns of ``Segment``."""
    stored = held_unit(actor, "archive.edit", unit)
    stored.segments.all().delete()
    made = [_segment(stored, each) for each in sorted(segments, key=lambda each: each["start"])]
    journal.record(actor=actor, verb="archive.write_segments", about=stored, facts={"parts": len(made)})
    touched(stored, actor)
    return made


@transaction.atomic
def write_segment(*, actor: Any, unit: Unit, facts: Mapping[str, Any], segment: Segment | None = None) -> Segment:
    """Add a part of the index, or write one anew."""
    stored = held_unit(actor, "archive.edit", unit)
    if segment is None:
        made = _segment(stored, facts)
    else:
        made = segment
        for name, value in facts.items():
            if name != "concepts":
                setattr(made, name, value)
        made.save()
        made.concepts.set(facts.get("concepts", made.concepts.all()))
    journal.record(actor=actor, verb="archive.write_segments", about=stored)
    touched(stored, actor)
    return made


@transaction.atomic
def remove_segment(*, actor: Any, segment: Segment) -> None:
    """Take a part out of the index."""
    stored = held_unit(actor, "archive.edit", segment.unit)
    segment.delete()
    journal.record(actor=actor, verb="archive.write_segments", about=stored)
    touched(stored, actor)


def _segment(unit: Unit, facts: Mapping[str, Any]) -> Segment:
    made = Segment.objects.create(unit=unit, **{name: value for name, value in facts.items() if name != "concepts"})
    made.concepts.set(facts.get("concepts", ()))
    return made
