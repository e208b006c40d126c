"""Every text is there in every language."""

import functools
import re
from pathlib import Path

import pytest

from hamroh.site import messages

PAIRS = [(room, lang) for room in messages.rooms() for lang in messages.LANGUAGES]
texts_of, known = functools.cache(messages.texts_of), functools.cache(messages.known)


@pytest.fixture
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither code nor catalogues change while all of them are looked at."""
    monkeypatch.setattr(messages, "texts_of", texts_of)
    monkeypatch.setattr(messages, "known", known)


@pytest.mark.parametrize(("room", "lang"), PAIRS)
def test_it_says_every_text_in_every_language(read_once, room, lang):
    assert [str(fault) for fault in messages.faults(room, lang)] == []


@pytest.mark.parametrize(("room", "lang"), PAIRS)
def test_it_finds_every_catalogue_as_the_tool_writes_it(read_once, room, lang):
    assert messages.catalogue_path(room, lang).read_text(encoding="utf-8") == messages.render(room, lang)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_it_says_one_text_alike_in_every_room(read_once, lang):
    said: dict[tuple[str, str | None], set[str]] = {}
    for room in messages.rooms():
        for message in messages.known(room, lang):
            if message.id:
                said.setdefault((messages.key(message), message.context), set()).add(str(message.string))
    assert {key: texts for key, texts in said.items() if len(texts) > 1} == {}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with one code file and one template, in a package of its own."""
    monkeypatch.setattr(messages, "PACKAGE", tmp_path)
    templates = tmp_path / "hall" / "templates" / "hall"
    templates.mkdir(parents=True)
    (tmp_path / "hall" / "views.py").write_text(
        'from django.utils.translation import gettext as _, ngettext\n_("Open %(name)s")\nngettext("%(n)s day", "%(n)s days", n)\n'
    )
    (templates / "page.html").write_text(
        '{% load i18n %}\n  {% if a %}\n{% translate "Come in" %}{% endif %}\n'
        "    {% blocktranslate count n=n trimmed %}\n one chair\n {% plural %} {{ n }} chairs {% endblocktranslate %}"
    )
    return tmp_path / "hall"


def _translate(room: Path, **pairs: str) -> None:
    path = messages.catalogue_path("hall", "ru")
    text = path.read_text(encoding="utf-8")
    for msgid, msgstr in pairs.items():
        old = f'msgid "{msgid}"\nmsgstr ""'
        assert old in text
        text = text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    path.write_text(text, encoding="utf-8")


def test_it_finds_texts_in_code_and_templates(room):
    found = {message.id for message in messages.texts_of("hall") if message.id}
    assert found == {
        "Open %(name)s",
        "Come in",
        ("%(n)s day", "%(n)s days"),
        ("one chair", "%(n)s chairs"),
    }


def test_it_keeps_a_translation_and_drops_what_is_no_longer_said(room):
    messages.update("hall", "ru")
    _translate(room, **{"Come in": "Войдите", "Open %(name)s": "Открыть %(name)s"})
    (room / "views.py").unlink()
    messages.update("hall", "ru")
    text = messages.catalogue_path("hall", "ru").read_text(encoding="utf-8")
    assert ("Войдите" in text, "Открыть" in text) == (True, False)


def test_it_names_a_text_that_nobody_translated(room):
    messages.update("hall", "ru")
    assert {fault.reason for fault in messages.faults("hall", "ru")} == {"not translated"}


def test_it_names_a_lost_placeholder(room):
    messages.update("hall", "ru")
    _translate(room, **{"Open %(name)s": "Открыть имя"})
    assert "placeholders differ" in {fault.reason for fault in messages.faults("hall", "ru")}


def test_it_names_a_text_that_the_catalogue_does_not_know(room):
    assert {fault.reason for fault in messages.faults("hall", "ru")} == {"not in the catalogue"}


def test_it_compiles_what_is_newer_than_its_compiled_form(room):
    messages.update("hall", "ru")
    assert (messages.compile_stale(), messages.compile_stale()) == (1, 0)


def test_it_hands_no_bare_text_to_a_component() -> None:
    """``{% button "Search" %}`` is English for everybody: a component is given ``_("Search")``."""
    bare = re.compile(r"""{%\s*(?:button|notice|field|tag|details)\s+["'][A-Z]""")
    found = [str(path) for path in messages.PACKAGE.rglob("*.html") if bare.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_it_collects_texts_under_every_name_that_a_file_gives_to_gettext() -> None:
    """A text said by a name that the collector does not know is never translated, and no other test would miss it."""
    renamed = re.compile(r"\bn?p?gettext(?:_lazy|_noop)? as (\w+)")
    files = messages.PACKAGE.rglob("*.py")
    names = {name for path in files for name in renamed.findall(path.read_text(encoding="utf-8"))}
    assert names
    assert names <= set(messages.KEYWORDS)
