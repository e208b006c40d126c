"""The web server on a socket that its parent listens on, so that one process takes over from another and nobody is turned away.

Connections that nobody has accepted yet wait in the socket, which belongs to no single process: who takes over accepts
them. Run as ``python -m hamroh.site.listening --socket N --ready N`` by ``hamroh serve``.
"""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server.mp import MPServer

from hamroh.site.manager import BACKLOG, PATIENCE

#: in the home's folder ``run``: the folder of the Python that serves, so that an upgrade sees that it took over
SERVING = "web.serving"


class OnSocket(MPServer):
    """Granian, on a socket that is there already, with as many processes as are wanted; by itself it would make a socket for each."""

    def __init__(self, descriptor: int, **told: Any) -> None:
        super().__init__("hamroh.site.wsgi:application", **told)
        self._descriptor = descriptor

    def _init_shared_socket(self) -> None:
        self._shd: Any = SocketHolder(self._descriptor, False, self.backlog)  # type: ignore[call-arg]
        self._ssp = self._sso = None


def say_ready(ready: int) -> None:
    """One word to the parent: this process may take over; it waits for a word of each."""
    os.write(ready, b"+")
    os.close(ready)


def serve(load: Callable[[int], Callable[..., Any]]) -> None:
    """Serve what ``load`` hands over until told to stop; requests that were begun are ended first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--ready", type=int, required=True)
    parser.add_argument("--processes", type=int, default=1)
    told = parser.parse_args()
    server = OnSocket(
        told.socket, interface="wsgi", workers=told.processes, blocking_threads=4, websockets=False, log_level="warning",
        backlog=BACKLOG, workers_kill_timeout=PATIENCE,
    )  # fmt: skip
    server.serve(target_loader=partial(load, told.ready), wrap_loader=False)


def _pages(ready: int) -> Callable[..., Any]:
    """Our pages; ready once the process has read what its first ones need."""
    from hamroh.site.wsgi import application

    from hamroh.site.warming import when_warm  # isort: skip - models are there once the application is

    when_warm(partial(_take_over, ready))
    return application


def _take_over(ready: int) -> None:
    from django.conf import settings

    place = settings.HOME.folder("run") / SERVING
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    beside.write_text(f"{Path(sys.prefix).resolve()}\n", encoding="utf-8")
    beside.rename(place)
    say_ready(ready)


if __name__ == "__main__":
    serve(_pages)
