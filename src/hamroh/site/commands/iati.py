"""``hamroh iati``: what is wrong with a file of the aid standard, by our rules or by any rule set and schema that one has."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from hamroh.kernel.iati import Known, Unruly, breaches, misbuilt, rules_of
from hamroh.kernel.iati.ours import broken
from hamroh.kernel.iati.reading import Unreadable, tree_of

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_UNREADABLE = {
    "empty": "the file is empty", "large": "the file is larger than 20 MB", "declares": "the file declares entities or a document type",
    "deep": "the file is nested too deeply or has too many parts", "broken": "the file is no whole XML",
    "root": "this is no file of activities or of organisations",
}  # fmt: skip


@click.group()
def iati() -> None:
    """Files of the International Aid Transparency Initiative."""


@iati.command()
@click.argument("file", type=_FILE)
@click.option("--rules", type=_FILE, help="A rule set of the standard (JSON) instead of ours.")
@click.option(
    "--schema",
    type=_FILE,
    help="The schema of the standard (XSD); it is asked beside our own look at how the file is built.",
)
def check(file: Path, rules: Path | None, schema: Path | None) -> None:
    """Say what is wrong with FILE; ends with 1 where something must be put right."""
    try:
        tree = tree_of(file.read_bytes())
    except Unreadable as fault:
        raise click.ClickException(_UNREADABLE[fault.code]) from None
    found = [*_built(tree), *(_schemed(tree, schema) if schema else ()), *_ruled(tree, rules)]
    for severity, place, words in found:
        click.echo(f"{severity}: {place}: {words}")
    errors = sum(severity == "error" for severity, _place, _words in found)
    click.echo(f"{errors} errors, {len(found) - errors} warnings")
    sys.exit(1 if errors else 0)


Line = tuple[str, str, str]


def _built(tree: Any) -> Iterator[Line]:
    for each in misbuilt(tree):
        yield "error", each.path, " ".join(filter(None, (each.code.replace("_", " "), each.name, each.held)))


def _schemed(tree: Any, file: Path) -> Iterator[Line]:
    from lxml import etree

    try:
        schema = etree.XMLSchema(etree.parse(str(file), etree.XMLParser(no_network=True)))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as fault:
        raise click.ClickException(f"{file.name} is no schema: {fault}") from None
    schema.validate(tree)
    for each in schema.error_log:
        yield "error", f"line {each.line}", each.message


def _ruled(tree: Any, file: Path | None) -> Iterator[Line]:
    known = Known(now=datetime.now(UTC))
    path = tree.getroottree().getpath
    if file is None:
        for told, node in broken(tree, known):
            yield told.severity, path(node), f"{told.clause} {told.says['en']}"
        return
    try:
        rules = rules_of(json.loads(file.read_bytes()))
    except (Unruly, ValueError) as fault:
        raise click.ClickException(f"{file.name} is no rule set: {fault}") from None
    for each in breaches(rules, tree, known):
        yield each.rule.severity, path(each.node), f"{each.rule.id} {each.words or each.rule.kind}".strip()
