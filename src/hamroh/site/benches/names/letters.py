"""How a name is spelled by each convention of the region's offices and hands, by tables of the bench's own.

They are written apart from the name engine on purpose: an engine that is measured by its own tables measures nothing. A cell of a table
has the usual letter first, then others in use; ``firm`` conventions have one each.
"""

import functools
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

#: one convention's letters: what stands in the source -> what may be written for it, the usual one first
Table = dict[str, tuple[str, ...]]
#: spellings of one name by one convention, the usual one first
_SPELLINGS = 8
_OFTEN_USUAL = 0.55


@dataclass(frozen=True, slots=True)
class Root:
    """A name as its people spell it, and in Persian letters where it has such a spelling ("" otherwise)."""

    own: str
    persian: str = ""

    @property
    def key(self) -> str:
        """One for all peoples that have the name."""
        return self.persian or self.own

    def __add__(self, tail: "Root") -> "Root":
        return Root(self.own + tail.own, self.persian + tail.persian if self.persian and tail.persian else "")


def _table(cells: str) -> Table:
    pairs = (cell.partition("=") for cell in cells.split())
    return {source: tuple(target.split("|")) for source, _sign, target in pairs}


#: vowels and consonants that every Cyrillic alphabet here has in common, in the way of English-language offices
_CYRILLIC = _table(
    "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch "
    "ъ= ы=y ь= э=e ю=yu я=ya"
)
_TG_RU = _table("ҳ=х ҷ=дж қ=к ғ=г ӯ=у ӣ=и ъ=|ъ")
_TG_BGN = _CYRILLIC | _table("ғ=gh қ=q ҳ=h ҷ=j ӯ=u ӣ=i ъ='")
_TG_UZ = _CYRILLIC | _table("ғ=g' қ=q ҳ=h ҷ=j ӯ=o' ӣ=i ж=j х=x ъ='|")
_TG_EN = _CYRILLIC | _table(
    "а=a е=e|ye ё=yo|io|e ж=zh|j и=i|e|ee о=o|a у=u|oo|ou ӯ=u|o|oo ӣ=i|y|ee х=kh|h|x ҳ=h|kh| ҷ=j|dj|dzh қ=q|k ғ=gh|g й=y|i "
    "ф=f|ph|f ц=ts|s ш=sh|s ч=ch ю=yu|u|iu я=ya|ia в=v|w|v ъ=|'"
)
_RU_EN = _CYRILLIC | _table(
    "дж=dzh|j|dj е=e|ye ё=yo|e х=kh|h й=y|i|j ю=yu|iu|u я=ya|ia|a ж=zh|j ц=ts|c щ=shch|sch ы=y|i"
)
_UZ_CYR = _table(
    "o'=ў g'=ғ sh=ш ch=ч yo=ё ya=я yu=ю ye=е a=а b=б d=д e=е f=ф g=г h=ҳ i=и j=ж k=к l=л m=м n=н o=о p=п q=қ r=р s=с t=т u=у v=в "
    "x=х y=й z=з '=ъ"
)
_UZ_RU = _UZ_CYR | _table("o'=у|ю g'=г h=х j=дж|ж q=к o=а|о|о '=")
_UZ_EN = _table("o'=o|u g'=g|gh x=kh|x|h q=q|k j=j|dj '= sh=sh ch=ch yu=yu|u ya=ya|ia o=o|a i=i|e")
_UZ_OWN = _table("o'=o'|oʻ|o‘|o g'=g'|gʻ|g‘|g '='|ʼ|")
_AZ_ASC = _table("ə=e|a ş=s|sh ç=c|ch ğ=g ı=i ö=o ü=u x=x|kh c=c")
_AZ_CYR = _table(
    "a=а b=б c=ҹ ç=ч d=д e=е ə=ә f=ф g=ҝ ğ=ғ h=һ x=х ı=ы i=и j=ж k=к q=г l=л m=м n=н o=о ö=ө p=п r=р s=с ş=ш t=т u=у ü=ү v=в y=ј "
    "z=з"
)
_AZ_RU = _table(
    "ya=я|йа yu=ю iy=ий|и ey=ей əy=ей|ай a=а b=б c=дж ç=ч d=д e=э|е ə=а|э|е f=ф g=г ğ=г h=г|х x=х ı=ы|и i=и j=ж k=к q=г|к l=л m=м n=н "
    "o=о ö=о|е|ё p=п r=р s=с ş=ш t=т u=у ü=ю|у v=в y=й z=з"
)
_AZ_EN = _table("ə=a|e ş=sh ç=ch c=j|dj ğ=gh|g x=kh|h q=g|q|gh|k ı=i|y ö=o|eo ü=u|yu|ue j=zh y=y|i")
_KY_RU = _table("ө=о|е ү=у|ю ң=н ж=ж|дж")
_KY_EN = _CYRILLIC | _table("ө=o ү=u ң=n ж=j|zh й=y|i ы=y|i х=kh|h")
_DA_EN = _TG_EN | _table("о=a ӯ=o|u и=i|e ё=ya у=u|o э=e|i қ=q х=kh")
_TG_FA = _table(
    "а= е=ی ё=یا и= й=ی о=ا у= ӯ=و ӣ=ی э=ای ю=یو я=یا б=ب в=و г=گ ғ=غ д=د ж=ژ з=ز к=ک қ=ق л=ل м=م н=ن п=پ р=ر с=س т=ت ф=ف х=خ ҳ=ه "
    "ц=س ч=چ ҷ=ج ш=ش ъ=ع"
)
_AZ_FA = _table(
    "a=ا b=ب c=ج ç=چ d=د e=ئ ə= f=ف g=گ ğ=غ h=ح x=خ ı=ی i=ی j=ژ k=ک q=ق l=ل m=م n=ن o=و ö=و p=پ r=ر s=س ş=ش t=ت u=و ü=و v=و y=ی z=ز "
)
_UZ_FA = _table(
    "o'=و g'=غ sh=ش ch=چ a= b=ب d=د e=ی f=ف g=گ h=ه i=ی j=ج k=ک l=ل m=م n=ن o=ا p=پ q=ق r=ر s=س t=ت u=و v=و x=خ y=ی z=ز '=ع"
)
#: short vowels are not written in Persian letters but at the beginning
_ALEF, _SHORT = "ا", "аиуӯэəeiıu"
_SAME: Table = {}

#: people -> convention -> the tables that lead from its own spelling there, one after the other
WAYS: Mapping[str, Mapping[str, tuple[Table, ...]]] = {
    "tg": {
        "tg": (_SAME,),
        "ru": (_TG_RU,),
        "bgn": (_TG_BGN,),
        "en": (_TG_EN,),
        "ruen": (_TG_RU, _RU_EN),
        "uz": (_TG_UZ, _UZ_OWN),
        "fa": (_TG_FA,),
    },
    "uz": {
        "uz": (_UZ_OWN,),
        "uzcyr": (_UZ_CYR,),
        "ru": (_UZ_RU,),
        "en": (_UZ_EN,),
        "ruen": (_UZ_RU, _RU_EN),
        "fa": (_UZ_FA,),
    },
    "az": {
        "az": (_SAME,),
        "asc": (_AZ_ASC,),
        "azcyr": (_AZ_CYR,),
        "ru": (_AZ_RU,),
        "en": (_AZ_EN,),
        "ruen": (_AZ_RU, _RU_EN),
        "fa": (_AZ_FA,),
    },
    "ky": {"ky": (_SAME,), "ru": (_KY_RU,), "en": (_KY_EN,)},
    "da": {"fa": (_TG_FA,), "en": (_DA_EN,), "ru": (_TG_RU,)},
    "ru": {"ru": (_SAME,), "bgn": (_CYRILLIC,), "en": (_RU_EN,)},
}


@functools.lru_cache(maxsize=1 << 17)
def spellings(root: Root, people: str, convention: str) -> tuple[str, ...]:
    """Small-letter spellings of a name by a convention, the usual one first; always the same ones."""
    if convention == "fa" and root.persian:
        return (root.persian,)
    chance = random.Random(f"{people} {convention} {root.own}")
    ways = WAYS[people][convention]
    own = _ALEF + root.own if convention == "fa" and root.own[0] in _SHORT else root.own
    usual = functools.reduce(lambda text, table: _by(table, text, None), ways, own)
    others = [
        functools.reduce(lambda text, table: _by(table, text, chance), ways, own) for _number in range(_SPELLINGS)
    ]
    return tuple(dict.fromkeys((usual, *others)))


def spelled(root: Root, people: str, convention: str, chance: random.Random) -> str:
    """A name as some hand spells it by a convention: mostly in the usual way."""
    known = spellings(root, people, convention)
    if len(known) == 1 or chance.random() < _OFTEN_USUAL:
        return known[0]
    return known[int(chance.random() * len(known))]


def _by(table: Table, text: str, chance: random.Random | None) -> str:
    if not table:
        return text

    def letter(found: re.Match[str]) -> str:
        choices = table[found.group()]
        return choices[0 if chance is None or len(choices) == 1 else int(chance.random() * len(choices))]

    return _pattern(tuple(table)).sub(letter, text)


@functools.cache
def _pattern(sources: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, sources), key=len, reverse=True)))
