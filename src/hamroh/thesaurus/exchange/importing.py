"""A vocabulary comes in. Nothing of a file that is refused stays behind."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from hamroh.thesaurus import actions, selectors, skos
from hamroh.thesaurus.drafts import Difference, DraftRefused
from hamroh.thesaurus.exchange import rdf, sheets
from hamroh.thesaurus.exchange.rdf import Progress
from hamroh.thesaurus.lines import with_lines
from hamroh.thesaurus.models import Layer
from hamroh.thesaurus.words import say

MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do: the scheme's code and URI, whether it is new, and the difference."""

    code: str
    uri: str
    titles: dict[str, str]
    is_new: bool
    dry_run: bool
    difference: Difference
    fates: tuple[sheets.Fate, ...] = ()


class Reason(NamedTuple):
    """Why a file is refused, for its reader: the line (None for the whole file), the fault's code, the words."""

    line: int | None
    fault: str
    text: str


def reasons(refused: DraftRefused) -> list[Reason]:
    """The reasons of a refusal in the reader's language."""
    return [Reason(problem.line, problem.fault.value, say(problem)) for problem in refused.problems]


def import_file(
    *,
    actor: Any,
    content: bytes,
    code: str = "",
    layer: str = Layer.BASE,
    extends: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Read a vocabulary (SKOS, or a sheet for people) and write it in one transaction; DraftRefused carries every reason why not.

    A scheme that exists already is updated by URI: new, changed, and no longer used where the file lacks a concept.
    """
    tell = progress or (lambda _step, _done, _total: None)
    reading = _read(content, code, extends, tell)
    tell("check", 1, 1)
    plan = selectors.import_plan(actor=actor, draft=reading.draft, code=code, layer=layer, extends=extends)
    if not dry_run:
        actions.import_scheme(actor=actor, plan=plan, progress=lambda done, total: tell("write", done, total))
    draft, difference = reading.draft, plan.difference
    fates = tuple(sheets.fates(reading.rows, difference)) if reading.rows else ()
    return Outcome(plan.code, draft.uri, draft.titles, plan.scheme is None, dry_run, difference, fates)


def _read(content: bytes, code: str, extends: str, tell: Progress) -> sheets.Rows:
    below = selectors.concepts_below(extends)
    if sheets.is_sheet(content):
        return sheets.read(content, code, below)
    statements = list(rdf.parse(content, tell))
    tell("check", 0, 1)
    reading = skos.read(statements, below)
    if reading.problems:
        raise DraftRefused(with_lines(reading.problems[:MOST_PROBLEMS], content))
    return sheets.Rows(reading.draft)
