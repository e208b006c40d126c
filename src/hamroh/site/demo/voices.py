"""The archive of the demonstration: two invented oral histories with a sound made by a machine, a set for a lesson, moments of history."""

import datetime as dt
import io
import shutil
import subprocess
import wave
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.archive import actions
from hamroh.archive.models import Unit
from hamroh.kernel.cues import Said
from hamroh.kernel.datafiles import document
from hamroh.thesaurus.models import Concept
from hamroh.vault import journal

FILE = "demo/voices.yml"
GIVEN = dt.date(2026, 1, 15)
_RATE = 8000
#: languages that the machine's voice is asked to speak, where one is installed
_SPOKEN = {"az": "az", "tg": "fa", "ru": "ru", "en": "en"}


def load_voices() -> None:
    """Through the actions of the desk; an archive that has units already is left alone."""
    told = document(FILE)
    if Unit.objects.exists():
        return
    house = Organisation.objects.get(code=told["organisation"])
    editor = User.objects.get(username=told["editor"])
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        _load(house, editor, told)


def _load(house: Organisation, editor: User, told: Mapping[str, Any]) -> None:
    units: dict[str, Unit] = {}
    for row in told["units"]:
        facts = {"level": row["level"], "kind": "", "is_invented": True, **_described(row)}
        made = actions.add_unit(actor=editor, organisation=house, facts=facts, part_of=units.get(row.get("in", "")))
        units[row["key"]] = actions.release_unit(actor=editor, unit=made)
    for row in told["histories"]:
        units[row["reference"]] = _history(house, editor, row, units[row["in"]])
    _lesson(house, editor, told["lesson"], units)
    actions.load_moments(actor=editor, organisation=house, rows=told["moments"])


def _described(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"reference": row["reference"], "titles": row["titles"], "abouts": row.get("abouts", {})}


def _history(house: Organisation, editor: User, row: Mapping[str, Any], whole: Unit) -> Unit:
    facts = {
        **_described(row), "level": "item", "kind": "oral_history", "is_invented": True, "date_from": row["date"], "languages": [row["lang"]],
    }  # fmt: skip
    item = actions.add_unit(actor=editor, organisation=house, facts=facts, part_of=whole)
    sound = io.BytesIO(_sound(row["words"][row["lang"]], row["lang"]))
    actions.add_media(actor=editor, unit=item, content=sound, name="demo.wav", machine_made=True)
    for lang, cues in row["words"].items():
        said = [Said(start * 1000, end * 1000, text, row["called"][lang]) for start, end, text in cues]
        actions.write_transcript(actor=editor, unit=item, lang=lang, said=said, is_original=lang == row["lang"])
    actions.write_segments(actor=editor, unit=item, segments=[_part(each) for each in row["parts"]])
    voice = actions.add_voice(actor=editor, unit=item, name=row["name"], pseudonyms=row["called"])
    cuts = [
        {"start": start * 1000, "end": end * 1000, "scopes": ["online", "quote", "teach"]} for start, end in row["shut"]
    ]
    actions.record_consent(
        actor=editor, voice=voice, scopes=row["scopes"], given=GIVEN, cuts=cuts, language=row["lang"]
    )
    return actions.release_unit(actor=editor, unit=item)


def _part(row: Mapping[str, Any]) -> dict[str, Any]:
    concepts = Concept.objects.filter(key__in=row.get("concepts", ()))
    return {
        "start": row["start"] * 1000,
        "titles": row["titles"],
        "synopses": row.get("synopses", {}),
        "concepts": concepts,
    }


def _lesson(house: Organisation, editor: User, told: Mapping[str, Any], units: Mapping[str, Unit]) -> None:
    made = actions.add_set(actor=editor, organisation=house, titles=told["titles"], abouts=told["abouts"])
    for row in told["lines"]:
        actions.add_line(
            actor=editor, teaching_set=made, unit=units[row["history"]], start=row["start"] * 1000, end=row["end"] * 1000,
            questions=row["questions"],
        )  # fmt: skip
    actions.move_set(actor=editor, teaching_set=made, state="released")


def _sound(cues: list[Any], lang: str) -> bytes:
    """One voice or tone for each cue, at its time: spoken where the machine has a voice, else soft tones."""
    import numpy as np

    length = max(end for _start, end, _text in cues) * _RATE
    track = np.zeros(length, np.int16)
    for number, (start, end, text) in enumerate(cues):
        piece = _spoken(text, lang) if shutil.which("espeak-ng") else None
        piece = _tone(number, end - start) if piece is None else piece[: (end - start) * _RATE]
        track[start * _RATE : start * _RATE + len(piece)] = piece
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, _RATE, 0, "NONE", "not compressed"))
        file.writeframes(track.astype("<i2").tobytes())
    return out.getvalue()


def _tone(number: int, seconds: int) -> Any:
    import numpy as np

    at = np.arange((seconds - 1) * _RATE) / _RATE
    swell = np.minimum(1, np.minimum(at, at[::-1]) * 4)
    return (2600 * swell * np.sin(2 * np.pi * (220 + 24 * number) * at)).astype(np.int16)


def _spoken(text: str, lang: str) -> Any:
    """What espeak-ng says, at our rate; None where it cannot."""
    import numpy as np

    command = [shutil.which("espeak-ng") or "espeak-ng", "-v", _SPOKEN.get(lang, "en"), "--stdout", text]
    run = subprocess.run(command, capture_output=True, check=False, timeout=20)  # noqa: S603 - our own words, no shell
    if run.returncode or not run.stdout.startswith(b"RIFF"):
        return None
    with wave.open(io.BytesIO(run.stdout)) as file:
        rate, sound = file.getframerate(), np.frombuffer(file.readframes(2**24), "<i2")
    return sound[(np.arange(int(len(sound) * _RATE / rate)) * rate / _RATE).astype(int)]
