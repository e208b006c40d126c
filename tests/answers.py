"""The words of a page as they are read: without markup, and without what is hidden."""

import re
from html.parser import HTMLParser

VOID = {"br", "img", "input", "link", "meta", "use", "path", "hr"}


class _Words(HTMLParser):
    """Gathers text within the element of an id, outside anything hidden."""

    def __init__(self, within: str) -> None:
        super().__init__(convert_charrefs=True)
        self.within, self.open, self.words = within, list[tuple[bool, bool]](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        inside, hidden = self.open[-1] if self.open else (False, False)
        self.open.append((inside or given.get("id") == self.within, hidden or "hidden" in given))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        inside, hidden = self.open[-1] if self.open else (False, False)
        if inside and not hidden:
            self.words.append(data)


def shown(page: str, within: str = "a") -> str:
    """What can be read within the element of an id, in one line."""
    reader = _Words(within)
    reader.feed(page)
    return " ".join("".join(reader.words).split())


def numbers(page: str, within: str = "main") -> set[str]:
    """The numbers that can be read there; a token or a moment among the markup holds any digits by chance, and is none of them."""
    return set(re.findall(r"\d+(?:[.,]\d+)*", shown(page, within)))
