"""The two logs, one line an entry: what failed and where, never with what; and what concerns security, as JSON.

A message of an error often repeats what somebody typed, and what was typed may look like a line of a log.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
#: what ends a line, moves a terminal's cursor or turns the direction of reading
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SECURITY = logging.getLogger("hamroh.security")
_FAULTS = logging.getLogger("hamroh.faults")
#: places in the code that a line of a fault names, the innermost ones
_MOST_PLACES = 12
#: facts of the request that is being answered, or functions that tell them when a line is written
_around: ContextVar[tuple[tuple[str, str | Callable[[], str]], ...]] = ContextVar("facts_of_the_request", default=())


class WithoutData(logging.Formatter):
    """Tells the kinds of errors and the lines of code that they came through; their messages stay out.

    An error of ours whose message is made of code alone says so by ``quotes_nothing``.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        number = dict(_around.get()).get("request")
        return one_line(super().formatMessage(record)) + (f" [{number}]" if number else "")

    def formatException(self, ei: _Info) -> str:  # noqa: N802 - logging's own name
        error = ei[1]
        return "\n".join(_told(error)) if error is not None else ""


class Security(logging.Formatter):
    """One JSON object a line, in ASCII: nothing that was typed can end the line or colour a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"at": at, "event": record.getMessage(), **record.__dict__.get("facts", {})}, default=str)


class Fault(logging.Formatter):
    """One JSON object a line for what failed: kinds of errors and places in the code, never a message or a value."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"at": at, "fault": record.getMessage(), **record.__dict__.get("facts", {})})


def not_to_a_terminal(_record: logging.LogRecord) -> bool:
    """A filter: who types a command reads its answer; what she did stands in the journal."""
    return not sys.stderr.isatty()


def security(event: str, **facts: Any) -> None:
    """Write one line of the security log: an event of our own words, ids and keyed hashes, never a person's data.

    What is known of the request comes with it: its number, and whence it came (``about_request``).
    """
    around = {name: told() if callable(told) else told for name, told in _around.get()}
    said = {name: fact for name, fact in facts.items() if fact not in (None, "")}
    _SECURITY.info(event, extra={"facts": {**around, **said}})


def fault(what: str, error: BaseException, **facts: str | int) -> None:
    """Write one line of what failed: in a page or a task, by which error, where; with the number of the request."""
    causes = list(_causes(error))
    places = [place for each in causes for place in _places(each)][-_MOST_PLACES:]
    told = {"kinds": [_kind(each) for each in causes], "places": places, **facts}
    _FAULTS.error(what, extra={"facts": ({"request": number} if (number := request_number()) else {}) | told})


def request_number() -> str:
    """The number of the request that is being answered, as the lines of both logs bear it; empty outside of one."""
    number = dict(_around.get()).get("request", "")
    return number if isinstance(number, str) else ""


def trace(error: BaseException) -> str:
    """A fault as lines of kinds and places, without a message: for what is kept of it."""
    return "\n".join(_told(error))


@contextmanager
def about_request(**facts: str | Callable[[], str]) -> Iterator[None]:
    """Facts that every line carries which is written within the block; a function is asked only when one is."""
    token = _around.set((*_around.get(), *facts.items()))
    try:
        yield
    finally:
        _around.reset(token)


def one_line(text: str) -> str:
    """The text with everything escaped that is not seen, so that a line of a log stays one."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _told(error: BaseException) -> list[str]:
    """One error after the one that it came from, the first cause first."""
    lines = []
    for each in _causes(error):
        said = f"{_kind(each)}: {each}" if getattr(each, "quotes_nothing", False) else _kind(each)
        lines += [*(f"  {place}" for place in _places(each)), one_line(said)]
    return lines


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _causes(cause)
    yield error


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(error: BaseException) -> list[str]:
    return [f"{each.filename}:{each.lineno} in {each.name}" for each in traceback.extract_tb(error.__traceback__)]
