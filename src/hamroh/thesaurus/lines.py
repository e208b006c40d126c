"""Where in a file something is said: found by its text, since triples carry no line."""

import re
from collections.abc import Iterable
from dataclasses import replace

from hamroh.thesaurus.drafts import Fault, Problem
from hamroh.thesaurus.skos import local_name

_DETAILED = {Fault.TWO_PREFERRED, Fault.UNKNOWN_CONCEPT, Fault.LABEL_TOO_LONG, Fault.TWO_KINDS}
_NEARBY = 400  # lines after a subject in which its details are looked for


def with_lines(problems: Iterable[Problem], content: bytes) -> list[Problem]:
    """Problems with the line of the file that each is about, as near as its text tells, in the order of the file."""
    lines = content.decode(errors="replace").splitlines()
    placed = [replace(problem, line=problem.line or _line(problem, lines)) for problem in problems]
    return sorted(placed, key=lambda problem: problem.line or 0)


def _line(problem: Problem, lines: list[str]) -> int | None:
    subject = _first(lines, _subject(problem.subject), 0, len(lines)) if problem.subject else None
    if subject is None:
        return None
    found = _first(lines, _detail(problem), subject, subject + _NEARBY) if problem.fault in _DETAILED else None
    return (subject if found is None else found) + 1


def _detail(problem: Problem) -> re.Pattern[str]:
    quoted = re.findall("“(.*?)”", problem.detail)
    if quoted:
        return re.compile(f'[">]{re.escape(quoted[-1])}["<]')
    is_uri = problem.fault is Fault.UNKNOWN_CONCEPT
    return re.compile(rf"{re.escape(local_name(problem.detail))}(?![\w-])" if is_uri else re.escape(problem.detail))


def _subject(uri: str) -> re.Pattern[str]:
    """A line that opens with a name for the URI: in full, with a prefix, as an XML attribute or as the @id of JSON-LD."""
    full, short = re.escape(uri), re.escape(local_name(uri))
    return re.compile(
        rf'^\s*(<{full}>|[\w.-]*:{short})(\s|$)|(about|ID)="(\S*[/#;])?{short}"|"(@id|uri)"\s*:\s*"{full}"'
    )


def _first(lines: list[str], wanted: re.Pattern[str], start: int, end: int) -> int | None:
    return next((number for number in range(start, min(end, len(lines))) if wanted.search(lines[number])), None)
