"""Commands of one home, each in a process of its own that was forked when all code was read and the settings settled.

A process that starts from nothing reads code for two seconds before it does anything; a test that runs a dozen commands
on one home has them here for the price of one. What depends on how a process starts (settings, keys of another home,
variables that settings read) is still asked of a process that starts from nothing.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from service import surroundings

TESTS = Path(__file__).parent


class Forked:
    """``hamroh`` and scripts at a home; ends with the ``with`` block or its fixture."""

    def __init__(self, home: Path, settings: str = "hamroh.site.settings") -> None:
        self.home = home
        told = surroundings(home) | {"DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(TESTS)}
        self._folder = tempfile.TemporaryDirectory(prefix="forked-")
        self._server = subprocess.Popen(
            [sys.executable, "-m", "forked"], env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.communicate()
        self._folder.cleanup()

    def hamroh(self, *words: object, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command as from a shell; ``typed`` is what somebody types."""
        return self.start(*words, typed=typed, **environment).done()

    def script(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run Python code where Django has started."""
        return self.start(code=code).done()

    def start(self, *words: object, typed: str = "", code: str = "", **environment: str) -> "Running":
        """Start a command, or code, and leave it running."""
        self._asked += 1
        place = Path(self._folder.name) / str(self._asked)
        place.mkdir()
        (place / "in").write_text(typed, encoding="utf-8")
        asked = {"place": str(place), "words": [*map(str, words)], "code": code, "environment": environment}
        return Running(self, place, asked, self.ask(asked))

    def ask(self, asked: Mapping[str, Any]) -> int:
        """One line to the server, one number back: of the process begun, or how it ended."""
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(asked) + "\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


class Running:
    """A command that was begun."""

    def __init__(self, server: Forked, place: Path, asked: Mapping[str, Any], pid: int) -> None:
        self.server, self.place, self.asked, self.pid = server, place, asked, pid

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return bool(self.server.ask({"over": self.pid}))

    def said(self) -> str:
        """What it has printed so far."""
        out = self.place / "out"
        return out.read_text(encoding="utf-8") if out.exists() else ""

    def kill(self) -> None:
        """Kill it at once, with nothing tidied up."""
        os.kill(self.pid, signal.SIGKILL)
        self.done()

    def done(self) -> subprocess.CompletedProcess[str]:
        """Wait for its end: its code (negative where a signal ended it) and what it said."""
        code = self.server.ask({"wait": self.pid})
        out, err = ((self.place / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess(self.asked["words"] or self.asked["code"], code, out, err)


def _serve() -> None:
    """Read everything, then a line for each process to fork or to wait for, until nobody asks any more."""
    import django

    django.setup()
    _read_all_code()
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            answer = os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])
        elif "over" in asked:
            answer = os.waitid(os.P_PID, asked["over"], os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        elif (answer := os.fork()) == 0:
            _become(**asked)
            return
        print(int(answer), flush=True)


def _read_all_code() -> None:
    """What commands import when they are run."""
    from django.conf import settings
    from django.db.migrations.loader import MigrationLoader
    from django.urls import get_resolver
    from django.utils.module_loading import import_string

    import hamroh.site.backup.taking
    import hamroh.site.cli  # noqa: F401

    for check in (*settings.DOCTOR_CHECKS, *settings.DRILL_SAMPLES):
        import_string(check)
    get_resolver().url_patterns
    MigrationLoader(None)
    gc.freeze()


def _become(*, place: str, words: list[str], code: str, environment: dict[str, str]) -> None:
    """Be the process that was asked for: its own input, output and variables."""
    os.environ.update(environment)
    for number, (name, flags) in enumerate(
        (("in", os.O_RDONLY), ("out", os.O_WRONLY | os.O_CREAT), ("err", os.O_WRONLY | os.O_CREAT))
    ):
        os.dup2(os.open(Path(place) / name, flags, 0o600), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - it lives as long as the process
    if code:
        exec(code, {"__name__": "__main__"})
    else:
        from hamroh.site.cli import main

        sys.argv = ["hamroh", *words]
        sys.exit(main())


if __name__ == "__main__":
    _serve()
