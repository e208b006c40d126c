"""Reads pages as a program: their links, what they load, and what is said in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

QUIET = {"script", "style", "template"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "use", "path"}


@dataclass(frozen=True)
class Tag:
    name: str
    at: dict[str, str]


@dataclass
class Page(HTMLParser):
    """One answer taken apart: its tags, ids, and the texts that are read or heard; ``langs`` are those of each text."""

    html: str
    tags: list[Tag] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        self.tags.append(Tag(tag, at))
        lang = at.get("lang") or (self._open[-1][1] if self._open else "")
        for name in ("aria-label", "title", "placeholder", "alt", "content"):
            if at.get(name):
                self.texts.append((lang, at[name]))
        if tag not in VOID:
            self._open.append((tag, lang))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _lang in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][0] not in QUIET and data.strip():
            self.texts.append((self._open[-1][1], " ".join(data.split())))

    def all(self, name: str) -> Iterator[Tag]:
        return (tag for tag in self.tags if tag.name == name)

    def text_of(self, name: str) -> str:
        """The text of the first element of a name."""
        inside = self.html.partition(f"<{name}")[2].partition(">")[2].partition(f"</{name}>")[0]
        return " ".join(text for _lang, text in Page(f"<p>{inside}</p>").texts)

    def form(self, first: str) -> dict[str, list[str]]:
        """What a browser would send of the form whose first field of its own is called ``first``, as it stands."""
        inside = self.html[self.html.index(f'name="{first}"') - 200 :].partition("</form>")[0]
        sent: dict[str, list[str]] = {}
        for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', inside, re.DOTALL):
            options = re.findall(r'<option value="([^"]*)"( selected)?', body)
            sent[name] = [unescape(([value for value, chosen in options if chosen] or [options[0][0]])[0])]
        for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', inside, re.DOTALL):
            sent[name] = [unescape(text).lstrip("\n")]
        for tag in Page(inside).all("input"):
            boxed = tag.at.get("type") in ("checkbox", "radio")
            if "name" in tag.at and (not boxed or "checked" in tag.at):
                sent.setdefault(tag.at["name"], []).append(tag.at.get("value", "on" if boxed else ""))
        return sent
