"""The docs cannot lie: commands, settings' variables, rooms and decisions stand in them."""

import re
from collections.abc import Iterator

import click
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
