"""A pool of processes that works in this one: what goes in and comes out is pickled as for a real one, and no process starts."""

import pickle
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Self


def _sent(each: Any) -> Any:
    return pickle.loads(pickle.dumps(each))


class Here:
    """Stands in for ProcessPoolExecutor; the long tier has the real one."""

    def __init__(
        self, _processes: int, _context: Any, begin: Callable[..., None] | None = None, given: Any = ()
    ) -> None:
        if begin:
            begin(*_sent(given))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def shutdown(self, *, wait: bool) -> None:
        pass

    def submit(self, do: Callable[..., Any], *given: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(_sent(_sent(do)(*_sent(given))))
        except Exception as error:  # noqa: BLE001 - a process hands on whatever was raised
            done.set_exception(error)
        return done
