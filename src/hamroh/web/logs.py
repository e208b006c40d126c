"""Lines of the log: what failed and where, never with what. A message of an error often repeats what somebody typed."""

import logging
import traceback
from types import TracebackType

_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutData(logging.Formatter):
    """Tells the kinds of errors and the lines of code that they came through; their messages stay out.

    An error of ours whose message is made of code alone says so by ``quotes_nothing``.
    """

    def formatException(self, ei: _Info) -> str:  # noqa: N802 - logging's own name
        error = ei[1]
        return "\n".join(_told(error)) if error is not None else ""


def _told(error: BaseException) -> list[str]:
    """One error after the one that it came from, the first cause first."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    said = f"{kind}: {error}" if getattr(error, "quotes_nothing", False) else kind
    return [*(_told(cause) if cause else ()), *places, said]
