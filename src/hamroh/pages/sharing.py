"""The picture that stands beside a link to a page where it is shared: its title on our colours, made here, with letters of all four languages."""

import json
from functools import lru_cache

_TEMPLATE = """
#let told = json(bytes(sys.inputs.told))
#set page(width: 1200pt, height: 630pt, margin: 80pt, fill: rgb("#12403c"))
#set text(font: "Libertinus Serif", fill: white, lang: told.lang)
#set par(leading: 0.5em)
#text(size: 34pt, fill: rgb("#f2c14e"))[Hamroh]
#v(1fr)
#text(size: if told.title.clusters().len() > 90 { 50pt } else { 64pt }, weight: "bold")[#told.title]
#v(1fr)
#text(size: 28pt)[#told.day]
"""
#: letters of a title that fit
_LONGEST = 160


@lru_cache(maxsize=64)
def shared_picture(title: str, day: str, lang: str) -> bytes:
    """A PNG of 1200 by 630."""
    import typst

    short = title if len(title) <= _LONGEST else f"{title[:_LONGEST].rstrip()}…"
    told = json.dumps({"title": short, "day": day, "lang": lang}, ensure_ascii=False)
    found = typst.compile(
        _TEMPLATE.encode(),
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"told": told},
        format="png",
        ppi=72,
    )
    assert isinstance(found, bytes)
    return found
