"""What an XForm asks: its questions in order, its languages, the files that it wants beside it. Plain Python, no Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from hamroh.fieldwork import personal
from hamroh.fieldwork.trees import FORM, attribute, bare, child, tree_of

#: languages of Hamroh, by what stands in brackets behind a language's name
CODED = re.compile(r"\(([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?\)\s*$")
#: a text whose language nobody said
UNSAID = "und"
_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")
_ITEXT = re.compile(r"jr:itext\(\s*['\"](.+?)['\"]\s*\)")
_FILE = re.compile(r"jr://(?:file(?:-csv)?|images|audio|video)/([^\s'\")]+)")
_PULLED = re.compile(r"pulldata\(\s*['\"]([^'\"]+)['\"]")
_TYPES = {
    "int": "integer", "integer": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "datetime",
    "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape", "barcode": "barcode",
}  # fmt: skip
_CONTROLS = {
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "trigger": "acknowledge",
    "range": "range",
}
#: kinds whose answer is the name of a file
FILES = ("image", "audio", "video", "file")


class NotAForm(ValueError):
    """It is XML, and no XForm; ``code`` says what lacks: ``model``, ``instance``, ``form_id``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Described:
    """A form as Hamroh reads it."""

    form_id: str
    version: str
    title: str
    root: str
    languages: list[str] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    is_encrypted: bool = False
    #: lists that a filled form of it adds to or changes
    entity_lists: list[str] = field(default_factory=list)


def describe(xml: bytes) -> Described:
    """Read an XForm. Raises trees.Unreadable and NotAForm."""
    return _Reader(tree_of(xml, FORM)).described()


def code_of(language: str) -> str:
    """The code of a form's language: ``Tajik (tg)`` is ``tg``; empty where it does not say."""
    found = CODED.search(language)
    if found:
        return found[1].lower()
    return language.lower() if re.fullmatch(r"[A-Za-z]{2,3}", language) else ""


class _Reader:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.model = next((each for each in root.iter() if bare(each.tag) == "model"), None)
        if self.model is None:
            raise NotAForm("model")
        self.body = next((each for each in root.iter() if bare(each.tag) == "body"), None)
        self.primary = self._primary()
        self.texts = self._texts()
        self.lists = {attribute(each, "id"): each for each in self._instances() if attribute(each, "id")}
        self.binds = {attribute(each, "nodeset"): each for each in self.model if bare(each.tag) == "bind"}
        self.controls = self._controls()

    def described(self) -> Described:
        form_id = attribute(self.primary, "id")
        if not form_id:
            raise NotAForm("form_id")
        title = next((each for each in self.root.iter() if bare(each.tag) == "title"), None)
        return Described(
            form_id=form_id, version=attribute(self.primary, "version"), root=bare(self.primary.tag),
            title=(_words(title) if title is not None else "") or form_id,
            languages=[language for language in self.texts if language], questions=list(self._questions()),
            media=self._media(), is_encrypted=self._is_encrypted(),
            entity_lists=sorted({attribute(each, "dataset") for each in self.primary.iter() if bare(each.tag) == "entity"}),
        )  # fmt: skip

    def _instances(self) -> list[Element]:
        assert self.model is not None
        return [each for each in self.model if bare(each.tag) == "instance"]

    def _primary(self) -> Element:
        for each in self._instances():
            if len(each) and not attribute(each, "id"):
                return each[0]
        first = next((each for each in self._instances() if len(each)), None)
        if first is None:
            raise NotAForm("instance")
        return first[0]

    def _is_encrypted(self) -> bool:
        assert self.model is not None
        found = child(self.model, "submission")
        return found is not None and bool(attribute(found, "base64RsaPublicKey"))

    # -- words

    def _texts(self) -> dict[str, dict[str, str]]:
        assert self.model is not None
        itext = child(self.model, "itext")
        found: dict[str, dict[str, str]] = {}
        for translation in [] if itext is None else itext:
            texts = found.setdefault(attribute(translation, "lang"), {})
            for text in translation:
                plain = [each for each in text if bare(each.tag) == "value" and not attribute(each, "form")]
                if plain:
                    texts[attribute(text, "id")] = _words(plain[0])
        return found

    def _labels(self, element: Element | None) -> dict[str, str]:
        """The texts of a label or hint per language."""
        if element is None:
            return {}
        asked = _ITEXT.search(attribute(element, "ref"))
        return self._said(asked[1]) if asked else _plain(_words(element))

    def _said(self, text_id: str) -> dict[str, str]:
        said = {}
        for language, texts in self.texts.items():
            if texts.get(text_id, "-").strip() not in ("", "-"):
                said[code_of(language) or UNSAID] = texts[text_id]
        return said

    # -- what is asked

    def _controls(self) -> dict[str, Element]:
        found: dict[str, Element] = {}
        for each in [] if self.body is None else self.body.iter():
            path = attribute(each, "nodeset") if bare(each.tag) == "repeat" else attribute(each, "ref")
            if path.startswith("/") and bare(each.tag) not in ("label", "hint", "value", "output", "itemset"):
                kept = found.get(path)
                if kept is None or bare(each.tag) != "group":
                    found[path] = each
        return found

    def _questions(self) -> Iterator[dict[str, Any]]:
        seen: set[str] = set()
        repeats = {path for path, each in self.controls.items() if bare(each.tag) == "repeat"}
        groups = self._group_labels()
        yield from self._below(self.primary, f"/{bare(self.primary.tag)}", None, (seen, repeats, groups))

    def _below(
        self, element: Element, path: str, repeat: str | None, told: tuple[Any, ...]
    ) -> Iterator[dict[str, Any]]:
        seen, repeats, _groups = told
        for each in element:
            name = bare(each.tag)
            here = f"{path}/{name}"
            if here in seen or name == "meta":
                continue
            seen.add(here)
            yield self._question(each, here, repeat, told)
            yield from self._below(each, here, here if here in repeats else repeat, told)

    def _question(self, element: Element, path: str, repeat: str | None, told: tuple[Any, ...]) -> dict[str, Any]:
        _seen, repeats, groups = told
        bind, control = self.binds.get(path), self.controls.get(path)
        kind = "repeat" if path in repeats else self._kind(element, bind, control)
        label = (
            groups.get(path)
            if kind in ("repeat", "group")
            else self._labels(child(control, "label") if control is not None else None)
        )
        found = {
            "path": path, "name": bare(element.tag), "kind": kind, "labels": label or {},
            "hints": self._labels(child(control, "hint")) if control is not None else {},
            "choices": self._choices(control) if kind in ("select_one", "select_multiple", "rank") else None,
            "repeat": repeat, "relevant": bool(_of(bind, "relevant")), "when": _of(bind, "relevant"),
            "required": _of(bind, "required") not in ("", "false()"), "constraint": _of(bind, "constraint"),
            "calculation": _of(bind, "calculate"), "saves": _of(bind, "saveto"),
        }  # fmt: skip
        return found | {"personal": personal.is_personal(found)}

    def _kind(self, element: Element, bind: Element | None, control: Element | None) -> str:
        if control is None:
            if len(element):
                return "group"
            return "calculate" if _of(bind, "calculate") else "meta" if _of(bind, "preload") else "hidden"
        tag = bare(control.tag)
        if tag == "upload":
            media = attribute(control, "mediatype").partition("/")[0]
            return media if media in FILES else "file"
        if tag == "group":
            return "group"
        if tag == "input" and _of(bind, "readonly") == "true()" and not _of(bind, "calculate"):
            return "note"
        return _CONTROLS.get(tag) or _TYPES.get(_of(bind, "type"), "text")

    def _group_labels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for each in [] if self.body is None else self.body.iter():
            if bare(each.tag) == "group":
                inner = child(each, "repeat")
                path = attribute(each, "ref") or (attribute(inner, "nodeset") if inner is not None else "")
                found[path] = self._labels(child(each, "label"))
        return found

    # -- lists and files

    def _choices(self, control: Element | None) -> list[dict[str, Any]] | None:
        if control is None:
            return None
        asked = child(control, "itemset")
        if asked is not None:
            return self._listed(asked)
        items = [each for each in control if bare(each.tag) == "item"]
        return [{"name": _text(child(each, "value")), "labels": self._labels(child(each, "label"))} for each in items]

    def _listed(self, itemset: Element) -> list[dict[str, Any]] | None:
        named = _INSTANCE.search(attribute(itemset, "nodeset"))
        held = self.lists.get(named[1]) if named else None
        if held is None or not len(held):
            return None
        value = child(itemset, "value")
        key = attribute(value, "ref") if value is not None else "name"
        return [{"name": _text(child(item, key)), "labels": self._item_labels(item)} for item in held[0]]

    def _item_labels(self, item: Element) -> dict[str, str]:
        text_id = _text(child(item, "itextId"))
        return self._said(text_id) if text_id else _plain(_text(child(item, "label")))

    def _media(self) -> list[str]:
        """Names of files that the form asks for, each once, in order."""
        found: dict[str, None] = {}
        for each in self.root.iter():
            for words in (each.text or "", *each.attrib.values()):
                for name in (*_FILE.findall(words), *(f"{pulled}.csv" for pulled in _PULLED.findall(words))):
                    found[name] = None
        found.pop("last-saved", None)
        return list(found)


def _of(bind: Element | None, name: str) -> str:
    return "" if bind is None else attribute(bind, name)


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()


def _plain(words: str) -> dict[str, str]:
    return {UNSAID: words} if words else {}


def _words(element: Element) -> str:
    """The words of a label; what a question's answer stands for is shown as an ellipsis in brackets."""
    parts = [element.text or ""]
    for each in element:
        parts += ["[…]" if bare(each.tag) == "output" else _words(each), each.tail or ""]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def public_key(xml: bytes) -> str:
    """The public key to which filled forms are sealed, as the form carries it; empty where there is none."""
    for each in tree_of(xml, FORM).iter():
        if bare(each.tag) == "submission":
            return attribute(each, "base64RsaPublicKey")
    return ""
