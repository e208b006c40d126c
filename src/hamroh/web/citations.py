"""Fields written down for reference managers: RIS and BibTeX, in one way for all rooms."""

import re
from collections.abc import Iterable

_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip
_BREAKS = re.compile(r"\s+")


def ris_entry(pairs: Iterable[tuple[str, str]]) -> str:
    """One record of RIS: tags with their values, the empty ones left out."""
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in pairs if value) + "ER  - \r\n\r\n"


def bibtex_entry(kind: str, key: str, pairs: Iterable[tuple[str, str]]) -> str:
    """One entry of BibTeX; values are written as they are: `tex` escapes what TeX would take for its own."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in pairs if value)
    return f"@{kind}{{{key},\n{fields}}}\n\n"


def one_line(text: str) -> str:
    """On one line: a break would begin another field."""
    return _BREAKS.sub(" ", text).strip()


def tex(text: str) -> str:
    """Signs of TeX escaped, other letters as they are."""
    return "".join(_TEX.get(sign, sign) for sign in one_line(text))


def tex_address(text: str) -> str:
    """A web address without what would end the field."""
    return re.sub(r"[\s{}\\]", "", text)
