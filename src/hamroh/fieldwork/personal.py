"""Questions that ask who somebody is or where she can be found. Plain Python, no Django."""

import re
from collections.abc import Mapping
from typing import Any

#: what of a name or a label asks for a person, by what it asks for
_ASKS = {
    "name": (
        r"\b(full_?name|first_?name|last_?name|surname|family_?name|patronymic|resp\w*_name|child\w*_name|name_of_\w+|fio)\b",
        r"\b(full name|first name|last name|surname|your name|child.s name|name of the (child|respondent|woman|man))\b",
        r"(фамили|отчеств|имя (реб|респ|жен|учен|ваш)|ваше имя|ф\.?\s?и\.?\s?о\b|насаб|ному насаб|номи (шумо|кӯдак|пурра))",
        r"(soyad|adınız|uşağın adı|ata adı)",
    ),
    "phone": (
        r"\b(phone|mobile|telephone|tel|cell|whatsapp)(_?(no|num|number))?\b",
        r"(телефон|сотов|рақами телефон|telefon)",
    ),
    "address": (
        r"\b(home_?)?address\b",
        r"(домашн\w* адрес|адрес (прож|дом|реб|сем)|суроға|нишонӣ|ev ünvanı|ünvan)",
    ),
    "document": (r"\b(passport|id_?card|national_?id|birth_?certificate)\b", r"(паспорт|шиноснома|şəxsiyyət vəsiqə|pasport)"),
    "school": (r"\bschool(_?(name|no|num|number))\b", r"(номер школы|школа №|рақами мактаб|məktəbin (adı|nömrəsi))"),
    "birth": (r"\b(dob|date_?of_?birth|birth_?date)\b", r"(дата рождения|санаи таваллуд|doğum tarixi)"),
}  # fmt: skip
_FOUND = {what: re.compile("|".join(words), re.IGNORECASE) for what, words in _ASKS.items()}
_TYPED = ("text", "integer", "barcode", "date", "decimal")
_TRACKS = ("geopoint", "geotrace", "geoshape")


def asked_for(question: Mapping[str, Any]) -> str:
    """What of a person it asks for: ``name``, ``phone``, ``address``, ``document``, ``school``, ``birth``, ``place``, ``face``; empty for nothing."""
    kind = question["kind"]
    if kind in _TRACKS:
        return "place"
    if kind in ("image", "video"):
        return "face"
    if kind == "audio":
        return "voice"
    if kind not in _TYPED:
        return ""
    words = " ".join((question["name"], *question["labels"].values()))
    return next((what for what, sought in _FOUND.items() if sought.search(words)), "")


def is_personal(question: Mapping[str, Any]) -> bool:
    """Whether it asks for a name, a telephone, an address, a document, a day of birth, a school or an exact place."""
    return asked_for(question) not in ("", "face", "voice")
