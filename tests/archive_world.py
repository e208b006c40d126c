"""A small archive: a fonds with a series, and an oral history whose narrator agreed to something."""

import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

from hamroh.archive import actions
from hamroh.archive.models import Unit
from hamroh.kernel.cues import Said
from sounds import silent_in, sound

TODAY = dt.date(2026, 11, 23)
__all__ = ["agree", "history", "silent_in", "sound", "tree", "unit"]
ALL = ("catalogue", "on_site", "online", "quote", "teach")


SAID = [
    Said(0, 2000, "Мо дар деҳа зиндагӣ мекардем.", "Нигора"),
    Said(2000, 4000, "Ин ҷо ман номи марди ҳамсояро гуфтам.", "Нигора"),
    Said(4000, 6000, "Баъд мактаб кушода шуд.", "Нигора"),
]
IN_RUSSIAN = [
    Said(0, 2000, "Мы жили в деревне.", "Нигора"),
    Said(2000, 4000, "Здесь я назвала имя соседа.", "Нигора"),
    Said(4000, 6000, "Потом открыли школу.", "Нигора"),
]


def unit(cast: Any, level: str = "item", part_of: Any = None, **facts: Any) -> Unit:
    told = {"level": level, "kind": "oral_history" if level == "item" else "", "titles": {"en": f"A {level}"}, **facts}
    told.setdefault("reference", f"T/{Unit.objects.count() + 1}")
    return actions.add_unit(actor=cast.zarina, organisation=cast.centre, facts=told, part_of=part_of)


def tree(cast: Any) -> SimpleNamespace:
    """A released fonds and series."""
    fonds = unit(cast, "fonds", titles={"en": "Voices of the valley", "tg": "Овозҳои водӣ"})
    series = unit(cast, "series", fonds, titles={"en": "Those who stayed"})
    for each in (fonds, series):
        actions.release_unit(actor=cast.zarina, unit=each)
    return SimpleNamespace(fonds=fonds, series=series)


def history(
    cast: Any, scopes: Any = ALL, *, part_of: Any = None, release: bool = True, **consent: Any
) -> SimpleNamespace:
    """An oral history with words in two languages and three parts; ``scopes`` is None where nobody was asked."""
    item = unit(cast, part_of=part_of, titles={"en": "The year of the school", "tg": "Соли мактаб"}, languages=["tg"])
    media = actions.add_media(actor=cast.zarina, unit=item, content=io.BytesIO(sound()), name="Зарина.wav")
    voice = actions.add_voice(
        actor=cast.zarina, unit=item, name="Муҳаббат Раҳимова", pseudonyms={"tg": "Нигора", "en": "Nigora"}
    )
    actions.write_transcript(actor=cast.zarina, unit=item, lang="tg", said=SAID)
    actions.write_transcript(actor=cast.zarina, unit=item, lang="ru", said=IN_RUSSIAN)
    actions.write_segments(
        actor=cast.zarina,
        unit=item,
        segments=[
            {"start": 0, "titles": {"en": "The village"}, "synopses": {"en": "Where they lived."}},
            {"start": 2000, "titles": {"en": "The neighbour"}},
            {"start": 4000, "titles": {"en": "The school"}, "keywords": {"en": ["school"]}},
        ],
    )
    if scopes is not None:
        actions.record_consent(
            actor=cast.zarina, voice=voice, scopes=list(scopes), given=dt.date(2026, 1, 10), **consent
        )
    if release:
        item = actions.release_unit(actor=cast.zarina, unit=item)
    return SimpleNamespace(item=Unit.objects.get(pk=item.pk), media=media, voice=voice)


def agree(cast: Any, voice: Any, *scopes: str, **facts: Any) -> Any:
    return actions.record_consent(
        actor=cast.zarina, voice=voice, scopes=scopes or ALL, given=facts.pop("given", dt.date(2026, 2, 1)), **facts
    )
