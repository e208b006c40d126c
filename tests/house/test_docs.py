"""The docs cannot lie: commands, settings' variables, rooms and decisions stand in them."""

import ast
import importlib.util
import io
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po
from floors import ROOT

from hamroh.site.cli import main

DOCS = ROOT / "docs"
LINK = re.compile(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)")


def commands(group: click.Group, path: str = "hamroh") -> Iterator[str]:
    """Every command of the line, with its groups: ``hamroh import thesaurus``."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def undocumented(group: click.Group, text: str) -> list[str]:
    return [command for command in commands(group) if f"`{command}" not in text]


def reference() -> str:
    return (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")


def test_it_documents_every_command() -> None:
    assert undocumented(main, reference()) == []


def test_it_names_a_planted_undocumented_command() -> None:
    @click.group()
    def planted() -> None: ...

    planted.add_command(click.Command("vanish"))
    assert undocumented(planted, reference()) == ["hamroh vanish"]


def test_it_documents_every_option() -> None:
    text = reference()
    missing = [
        f"{name} {option}"
        for name, command in _walk(main)
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option not in text
    ]
    assert missing == []


def _walk(group: click.Group) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _walk(command)
        else:
            yield name, command


def test_it_documents_every_variable_of_the_environment() -> None:
    used = {
        name
        for path in [*(ROOT / "src").rglob("*.py"), ROOT / "hamroh"]
        for name in re.findall(r"HAMROH_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    text = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    assert sorted(name for name in used if f"`{name}`" not in text) == []


def test_it_maps_every_room() -> None:
    text = (DOCS / "map.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in (ROOT / "src" / "hamroh").glob("*/__init__.py")}
    assert sorted(room for room in rooms if f"`{room}/`" not in text) == []


def test_it_has_no_dead_link_between_pages() -> None:
    dead = []
    for page in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if not target.startswith(("http", "mailto:")) and not (page.parent / target).exists():
                dead.append(f"{page.name}: {target}")
    assert dead == []


def test_it_keeps_decisions_to_one_page() -> None:
    pages = (DOCS / "decisions").glob("0*.md")
    assert [page.name for page in pages if len(page.read_text(encoding="utf-8").split()) > 600] == []


TUTORIALS = sorted((DOCS / "tutorials").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def missing_names(text: str, made_there: str) -> list[str]:
    """What the code of a tutorial takes from Hamroh and is not there; but for the room that the tutorial makes."""
    taken = [
        (node.module or "", alias.name)
        for block in BLOCK.findall(text)
        for node in ast.walk(ast.parse(block))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hamroh.")
        for alias in node.names
    ]
    return [
        f"{module}.{name}"
        for module, name in taken
        if not module.startswith(made_there) and not _is_there(module, name)
    ]


def _is_there(module: str, name: str) -> bool:
    found = importlib.import_module(module)
    return hasattr(found, name) or importlib.util.find_spec(f"{module}.{name}") is not None


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_it_teaches_with_code_that_fits(page: Path) -> None:
    assert missing_names(page.read_text(encoding="utf-8"), "hamroh.errands") == []


def test_it_names_planted_code_that_does_not_fit() -> None:
    planted = "```python\nfrom hamroh.accounts.policy import Verb, wish\n```\n"
    assert missing_names(planted, "hamroh.errands") == ["hamroh.accounts.policy.wish"]


#: tutorials whose words in bold are on the screen as they stand there
WALKS = ("run-a-centre", "open-a-case", "publish-a-profile", "run-a-campaign", "add-a-law-pack")
BOLD = re.compile(r"(?<!\*)\*\*([^*\n]+)\*\*(?!\*)")
#: letters of certainty, and the word that says what bold is
NO_LABELS = {"bold", "A", "B", "C"}


def labels() -> set[str]:
    """Every text of the program, in English."""
    catalogues = (ROOT / "src").rglob("locale/az/LC_MESSAGES/django.po")
    return {
        text
        for path in catalogues
        for message in read_po(io.BytesIO(path.read_bytes()))
        for text in (message.id if isinstance(message.id, tuple | list) else (message.id,))
    }


def not_said(text: str) -> list[str]:
    """What a tutorial calls a label and no page says."""
    return sorted(set(BOLD.findall(text)) - labels() - NO_LABELS)


@pytest.mark.parametrize("walk", WALKS)
def test_it_names_buttons_as_they_stand_on_the_screen(walk: str) -> None:
    text = (DOCS / "tutorials" / f"{walk}.md").read_text(encoding="utf-8")
    assert BOLD.findall(text)
    assert not_said(text) == []


def test_it_names_a_planted_button_that_is_not_there() -> None:
    assert not_said("Press **Open the case**, then **Send her name to everybody**.") == ["Send her name to everybody"]


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_it_is_led_to_from_the_first_page(page: Path) -> None:
    assert f"(tutorials/{page.name})" in (DOCS / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("walk", ["add-a-language", "add-a-law-pack"])
def test_it_teaches_with_code_that_runs(walk: str) -> None:
    text = (DOCS / "tutorials" / f"{walk}.md").read_text(encoding="utf-8")
    for block in BLOCK.findall(text):
        exec(compile(block, walk, "exec"), {})  # the docs' own
