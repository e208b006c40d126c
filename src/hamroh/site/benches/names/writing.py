"""How a person is written down: by a convention, with endings, a patronymic or none, in some order of words, with a slip.

Two records of one person differ as they do in life: another office, another script, another ending, a married name, a birth year guessed.
"""

import random
from collections.abc import Mapping
from typing import Any

from hamroh.site.benches.names.homes import home_written
from hamroh.site.benches.names.letters import Root, spelled
from hamroh.site.benches.names.people import SURNAME_ENDINGS, Draw, Person

#: an ending's forms: for a man and a woman after a consonant, then after a vowel; ``|`` stands between forms in use
Forms = tuple[str, str, str, str]
#: who writes: the convention and the draws
Hand = tuple[str, random.Random]
_CYRILLIC_OV: Forms = ("ов", "ова", "ев", "ева")
_CYRILLIC_OVICH: Forms = ("ович", "овна", "евич", "евна")
_LATIN_OV: Forms = ("ov", "ova", "yev", "yeva")


def _alike(form: str) -> Forms:
    return (form, form, form, form)


#: kind of ending -> convention -> forms
ENDINGS: Mapping[str, Mapping[str, Forms]] = {
    "ov": {
        **dict.fromkeys(("tg", "ru", "uzcyr", "ky"), _CYRILLIC_OV),
        "azcyr": ("ов", "ова", "јев", "јева"),
        **dict.fromkeys(("bgn", "uz", "az", "asc"), _LATIN_OV),
        "en": ("ov|ov|ov|off|ow", "ova|ova|ova|owa", "ev|yev|iev", "eva|yeva|ieva"),
        "ruen": ("ov|ov|off", "ova", "ev|iev|yev", "eva|ieva|yeva"),
        "fa": ("وف|اف|اوف", "وفا|اوا|ووا", "یف|ییف", "یوا|ییوا"),
    },
    "zoda": {
        "tg": _alike("зода"), "ru": _alike("зода|заде"), "uzcyr": _alike("зода"), "azcyr": _alike("задә"), "bgn": _alike("zoda"),
        "uz": _alike("zoda"), "az": _alike("zadə"), "asc": _alike("zade|zada"), "en": _alike("zoda|zade|zada"),
        "ruen": _alike("zoda|zade"), "fa": _alike("\u200cزاده|زاده"),
    },
    "i": {
        "tg": _alike("ӣ"), "ru": _alike("и|ий"), "uzcyr": _alike("ий"), "bgn": _alike("i"), "uz": _alike("iy"), "en": _alike("i|y|ee"),
        "ruen": _alike("i|iy"), "fa": _alike("ی"),
    },
    "iyon": {
        "tg": _alike("иён"), "ru": _alike("иён|иян"), "bgn": _alike("iyon"), "uz": _alike("iyon"), "en": _alike("iyon|iyan|ian"),
        "ruen": _alike("iyon|iyan"), "fa": _alike("یان"),
    },
    "li": {
        "az": _alike("li"), "asc": _alike("li"), "azcyr": _alike("ли"), "ru": _alike("ли|лы"), "en": _alike("li|ly"), "ruen": _alike("li|ly"),
        "fa": _alike("لی"),
    },
    "ovich": {
        **dict.fromkeys(("tg", "ru", "uzcyr", "ky"), _CYRILLIC_OVICH),
        "azcyr": ("ович", "овна", "јевич", "јевна"),
        "bgn": ("ovich", "ovna", "yevich", "yevna"),
        "uz": ("ovich", "ovna", "yevich", "yevna"),
        "az": ("oviç", "ovna", "yeviç", "yevna"),
        "asc": ("ovic|ovich", "ovna", "yevic|yevich", "yevna"),
        "en": ("ovich|ovitch|avich", "ovna|avna", "evich|ievich", "evna|ievna"),
        "ruen": ("ovich|ovitch", "ovna", "evich", "evna"),
        "fa": ("وویچ|ویچ", "وونا|ونا", "یویچ", "یونا"),
    },
}  # fmt: skip
#: words beside a father's name: son and daughter
KIN: Mapping[str, tuple[str, str]] = {
    "tg": ("ӯғлӣ|ӯғли", "қизӣ|духтари"), "ru": ("оглы|оглу|угли", "кызы|гызы|кизи"), "az": ("oğlu", "qızı"), "asc": ("oglu|ogly", "qizi|kizi"),
    "azcyr": ("оғлу", "гызы"), "uz": ("o'g'li|ogli|oʻgʻli", "qizi"), "uzcyr": ("ўғли", "қизи"),
    "bgn": ("oghli|ogli", "qizi"), "en": ("oghlu|oglu|ogly|ugli", "qizi|kizi|gizi|kyzy"), "ruen": ("ogly|ugli", "kyzy|kizi"), "fa": ("اوغلو", "قیزی"),
}  # fmt: skip
KYRGYZ_KIN: Mapping[str, tuple[str, str]] = {
    "ky": ("уулу", "кызы"),
    "ru": ("уулу", "кызы"),
    "en": ("uulu|uluu", "kyzy|kizi"),
}
PATRONYMICS = {
    "tg": Draw(("ovich", "zoda", ""), (62, 8, 30)),
    "uz": Draw(("ovich", "kin", ""), (50, 42, 8)),
    "az": Draw(("kin", "ovich", ""), (68, 22, 10)),
    "ky": Draw(("ovich", "uulu"), (82, 18)),
    "da": Draw(("",), (1,)),
    "ru": Draw(("ovich",), (1,)),
}
#: conventions of a people by how often its people are written so: at home, in Russia, in passports, by hand
CONVENTIONS = {
    "tg": Draw(("tg", "ru", "bgn", "en", "ruen", "uz", "fa"), (30, 27, 10, 14, 6, 5, 8)),
    "uz": Draw(("uz", "uzcyr", "ru", "en", "ruen", "fa"), (34, 14, 28, 14, 6, 4)),
    "az": Draw(("az", "asc", "azcyr", "ru", "en", "ruen", "fa"), (26, 12, 8, 26, 14, 5, 9)),
    "ky": Draw(("ky", "ru", "en"), (35, 40, 25)),
    "da": Draw(("fa", "en", "ru"), (45, 40, 15)),
    "ru": Draw(("ru", "bgn", "en"), (70, 15, 15)),
}
_OTHER_ENDING, _PATRONYMIC, _MANS_ENDING, _SPLIT = 0.3, 0.52, 0.12, 0.02
_ORDERS = {True: Draw(("SGP", "GPS", "GSP", "PGS"), (56, 32, 10, 2)), False: Draw(("SG", "GS"), (50, 50))}
_TYPO, _UPPER, _LOWER = 0.1, 0.12, 0.05
_ENDING_DRAWS = {people: Draw(tuple(kinds), tuple(kinds.values())) for people, kinds in SURNAME_ENDINGS.items()}
_YEAR = Draw((0, 1, -1, 2, -2, 3, -3, None), (50, 8.5, 8.5, 4, 4, 2.5, 2.5, 20))
_PLACE = 0.8
_VOWELS = frozenset("аеёиоуыэюяӣӯөүәaeiouəıöüاویӣ")


def written(person: Person, convention: str, chance: random.Random, *, married: bool = False) -> str:
    """The whole name by a convention; ``married`` takes the husband's surname where there is one."""
    surname = person.married if married and person.married else person.surname
    words = {
        "S": _surname(person, surname, convention, chance),
        "G": _given(person, convention, chance),
        "P": _patronymic(person, convention, chance) if chance.random() < _PATRONYMIC else "",
    }
    order = _ORDERS[bool(words["P"])](chance)
    return _slipped(_capitals(" ".join(words[each] for each in order), convention, chance), chance)


def record(person: Person, convention: str, chance: random.Random, *, married: bool = False) -> dict[str, Any]:
    """A record of the person: name, birth year as somebody stated it or None, home as somebody wrote it or None."""
    off = _YEAR(chance)
    # Homes have draws of their own: the names stay the same when the table of places grows.
    apart = random.Random(int(chance.random() * 2**53))
    return {
        "name": written(person, convention, chance, married=married),
        "year": None if off is None else person.year + off,
        "place": home_written(person.home, convention, apart) if apart.random() < _PLACE else None,
    }


def _given(person: Person, convention: str, chance: random.Random) -> str:
    return _maybe_split(spelled(person.given, person.people, convention, chance), chance)


def _surname(person: Person, root: Root, convention: str, chance: random.Random) -> str:
    ending = _ENDING_DRAWS[person.people](chance) if chance.random() < _OTHER_ENDING else person.ending
    mans = person.sex == "m" or chance.random() < _MANS_ENDING
    return _ended(root, ending, person, (convention, chance), is_man=mans)


def _patronymic(person: Person, convention: str, chance: random.Random) -> str:
    ending = PATRONYMICS[person.people](chance)
    return _ended(person.father, ending, person, (convention, chance), is_man=person.sex == "m")


def _ended(root: Root, ending: str, person: Person, hand: Hand, *, is_man: bool) -> str:
    convention, chance = hand
    stem = spelled(root, person.people, convention, chance)
    if ending in {"kin", "uulu"}:
        words = KYRGYZ_KIN if ending == "uulu" else KIN
        return f"{stem} {_one(words[convention][0 if is_man else 1], chance)}"
    forms = ENDINGS.get(ending, {}).get(convention)
    if forms is None:
        return stem
    stem = stem.removesuffix("ь").removesuffix("'") if stem[-1] == "ь" else stem
    soft = stem[-1] in _VOWELS or root.own[-1] == "ь"
    if stem[-1] == "ӣ":
        stem = stem[:-1] + "и"
    if ending in {"i", "iyon"} and stem[-1] in "иiyی":
        stem = stem[:-1]
    return stem + _one(forms[(0 if is_man else 1) + (2 if soft else 0)], chance)


def _one(forms: str, chance: random.Random) -> str:
    known = forms.split("|")
    return known[0] if len(known) == 1 else known[int(chance.random() * len(known))]


def _maybe_split(name: str, chance: random.Random) -> str:
    """Compounds are written in two words at times."""
    if len(name) > 7 and chance.random() < _SPLIT:
        return f"{name[:-3]} {name[-3:]}" if name[-4] not in _VOWELS else name
    return name


def _capitals(name: str, convention: str, chance: random.Random) -> str:
    style = chance.random()
    if style < _LOWER:
        return name
    words = name.replace("i", "İ") if convention == "az" and style < _LOWER + _UPPER else name
    if style < _LOWER + _UPPER:
        return words.upper()
    return " ".join(_capital(word, convention) for word in name.split())


def _capital(word: str, convention: str) -> str:
    first = "İ" if word[0] == "i" and convention == "az" else word[0].upper()
    return first + word[1:]


def _slipped(name: str, chance: random.Random) -> str:
    """With one letter left out, doubled, exchanged with the next or mistyped, in one name of ten."""
    if chance.random() >= _TYPO:
        return name
    at = 1 + int(chance.random() * (len(name) - 2))
    if " " in name[at - 1 : at + 2]:
        return name
    a, b = name[at], name[at + 1]
    kind = int(chance.random() * 4)
    new = ("", a + a, None, name[int(chance.random() * len(name))].strip() or a)[kind]
    return f"{name[:at]}{b}{a}{name[at + 2 :]}" if new is None else f"{name[:at]}{new}{name[at + 1 :]}"
