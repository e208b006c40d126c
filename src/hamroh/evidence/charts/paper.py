"""The sheet that a chart is drawn on: elements with the colours of print, and classes by which the page colours them for light and dark."""

import hashlib
from collections.abc import Iterator
from html import escape
from typing import Any

#: wide enough for a telephone to show its letters at a size that can be read
WIDTH, SIZE, SMALL, LINE = 420, 13, 11.5, 17
#: presentation by class: what print gets, and what the stylesheet may say otherwise
_STYLES = {
    "ink": 'fill="#15181d"', "soft": 'fill="#454b54"', "grid": 'stroke="#ddd8cc"', "axis": 'stroke="#6b7076"', "halo": 'fill="#fff"',
    "on": 'fill="#fff"',
}  # fmt: skip
#: colour, ground and texture of each series in its order; the tokens of the stylesheet in print
_COLOURS = (
    ("#1f4e79", "#1f4e79", ""), ("#b9852f", "#faf1da", "M0 7L7 0M-1 1L1 -1M6 8L8 6"), ("#6f93b5", "#6f93b5", ""),
    ("#24502f", "#e9f2ea", "M0 2H7"), ("#454b54", "#fff", "M0 0L7 7M7 0L0 7"), ("#1f4e79", "#eaf0f6", "M3.5 0V7"),
)  # fmt: skip
#: from little to much
SHADES = ("#eaf0f6", "#c9d8e6", "#4d7aa6", "#163a5c")
#: how many series look different before looks repeat
_SERIES = 6
DASHES = ("", "7 3", "2 3", "10 3 2 3", "4 2", "1 4")
_NARROW, _WIDE = set("iıİlIjtfr.,:;|'’()[]-– \u00a0\u202f"), set("mwMWшщжюыфШЩЖЮЫФ@%—")


def width(text: str, size: float = SIZE) -> float:
    """About how wide a text is: no font is asked, so the guess is on the generous side."""
    return size * sum(0.34 if sign in _NARROW else 0.86 if sign in _WIDE else 0.6 for sign in text)


def folded(text: str, room: float, size: float = SIZE) -> list[str]:
    """The text in lines that fit into ``room``; a word that is longer stands alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width(longer, size) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def colours(number: int) -> tuple[str, str, str]:
    """Colour, ground and texture of a series."""
    return _COLOURS[number % _SERIES]


class Paper:
    """An SVG in the making. ``y`` is how far down it is written."""

    def __init__(self, *, title: str, alt: str, lang: str, seed: str) -> None:
        self.title, self.alt, self.lang, self.y = title, alt, lang, 0.0
        self.key = "c" + hashlib.sha256(f"{seed}|{title}|{alt}|{lang}".encode()).hexdigest()[:8]
        self._parts: list[str] = []
        self._textures: set[int] = set()

    def add(self, name: str, style: str = "", text: str = "", told: str = "", **facts: Any) -> None:
        """One element; ``told`` is what a pointer that rests on it is told."""
        looks = f' class="ch-{style}" {_STYLES[style]}' if style else ""
        rest = "".join(f' {key.replace("_", "-")}="{_plain(value)}"' for key, value in facts.items())
        inside = (f"<title>{escape(told)}</title>" if told else "") + escape(text)
        self._parts.append(f"<{name}{looks}{rest}>{inside}</{name}>" if inside else f"<{name}{looks}{rest}/>")

    def write(self, text: str, x: float, y: float, *, style: str = "ink", anchor: str = "", size: float = SIZE) -> None:
        """Words at a place."""
        facts: dict[str, Any] = {"x": x, "y": y}
        facts |= {"text_anchor": anchor} if anchor else {}
        facts |= {"font_size": size} if size != SIZE else {}
        self.add("text", style, text, **facts)

    def filled(self, number: int, *, hollow: bool = False) -> dict[str, Any]:
        """How an area of a series is filled: its colour, its texture; pale and dashed at the edge where the figure is doubtful."""
        colour, ground, texture = colours(number)
        at = number % _SERIES
        facts: dict[str, Any] = {"class": f"ch-a{at}", "fill": ground, "stroke": colour}
        if texture:
            self._textures.add(at)
            facts |= {"class": f"ch-t{at}", "fill": f"url(#{self.key}-{at})"}
        if hollow:
            facts |= {"fill_opacity": 0.4, "stroke_dasharray": "3 2"}
        return facts

    def shaded(self, shade: int | None) -> dict[str, Any]:
        """How a tile is filled: the more, the darker; empty and dashed where nothing is known."""
        if shade is None:
            return {"class": "ch-none", "fill": "#fff", "stroke": "#6b7076", "stroke_dasharray": "3 2"}
        return {"class": f"ch-q{shade}", "fill": SHADES[shade], "stroke": "#1f4e79"}

    def stroked(self, number: int) -> dict[str, Any]:
        """How a line of a series is drawn."""
        facts: dict[str, Any] = {"class": f"ch-s{number % _SERIES}", "fill": "none", "stroke": colours(number)[0]}
        dash = DASHES[number % len(DASHES)]
        return facts | ({"stroke_dasharray": dash} if dash else {})

    def done(self) -> str:
        """The whole drawing, as text."""
        box = f"0 0 {WIDTH} {_plain(self.y)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" viewBox="{box}" width="{WIDTH}" height="{_plain(self.y)}" role="img" '
            f'lang="{escape(self.lang)}" aria-labelledby="{self.key}-n {self.key}-d" font-family="Libertinus Serif, Noto Serif, serif" '
            f'font-size="{SIZE}"><title id="{self.key}-n">{escape(self.title)}</title><desc id="{self.key}-d">{escape(self.alt)}</desc>'
            f"{''.join(self._defs())}{''.join(self._parts)}</svg>"
        )

    def _defs(self) -> Iterator[str]:
        for at in sorted(self._textures):
            colour, ground, texture = _COLOURS[at]
            yield (
                f'<pattern id="{self.key}-{at}" width="7" height="7" patternUnits="userSpaceOnUse"><path class="ch-g{at}" fill="{ground}" '
                f'd="M0 0h7v7H0z"/><path class="ch-s{at}" stroke="{colour}" stroke-width="1.6" fill="none" d="{texture}"/></pattern>'
            )


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(str(value))
