"""References in prose: ``{{obs:CODE}}`` stands for a figure, so that no number is typed twice."""

import re

_REFERENCE = re.compile(r"\{\{\s*obs:([\w.\-]+)\s*\}\}")
#: three digits in a row, with what may stand between thousands; a year by itself is no figure
_NUMBER = re.compile(r"(?<![\w.\-])\d{1,3}(?:[ \u00a0\u202f,.]\d{3})+(?!\d)|(?<![\w.\-])\d{3,}(?!\w)")
_YEAR = re.compile(r"(?:1[89]|20)\d{2}")


def references(text: str) -> list[str]:
    """Codes of the figures that a text refers to, in order."""
    return _REFERENCE.findall(text)


def typed_numbers(text: str) -> list[str]:
    """Numbers of three digits and more that were typed into prose instead of referred to; years are let be."""
    return [each for each in _NUMBER.findall(_REFERENCE.sub("", text)) if not _YEAR.fullmatch(each)]


def replaced(text: str, figures: dict[str, str]) -> str:
    """The text with every reference replaced by what ``figures`` says of its code; an unknown one stays as it is."""
    return _REFERENCE.sub(lambda found: figures.get(found[1], found[0]), text)
