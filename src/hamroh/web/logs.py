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
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    said = f"{kind}: {error}" if getattr(error, "quotes_nothing", False) else kind
    return [*(_told(cause) if cause else ()), *places, one_line(said)]
