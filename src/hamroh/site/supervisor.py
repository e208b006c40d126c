"""What runs side by side: the web must live, the worker is started again when it falls.

The web can be followed by another process of the same command, of a newer version perhaps: the old one goes once the new
one is ready, and stays where the new one fails.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import FrameType

from hamroh.site import manager

#: a child that falls is started again after this many seconds, doubled each time up to the last
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
#: asks the web to be followed
FOLLOW = signal.SIGUSR2

Process = subprocess.Popen[bytes]


@dataclass
class Child:
    """A process under supervision."""

    name: str
    command: list[str]
    restarts: bool = False
    process: "Process | None" = None
    pause: float = FIRST_PAUSE
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.process = self._begun()

    def _begun(self) -> Process:
        return subprocess.Popen(self.command, env=os.environ.copy())  # noqa: S603 - our own command lines

    def processes(self) -> list[Process]:
        return [self.process] if self.process else []

    def stop(self) -> None:
        for process in self.processes():
            process.terminate()

    def wait(self) -> None:
        for process in self.processes():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

    def look_after(self) -> None:
        """What has to be seen to now and then."""


@dataclass
class Web(Child):
    """A child that says when it is ready, on a socket of ours, and that can be followed by another.

    It may be several processes that accept from the one socket: it is ready once each of them is, and goes when one of them falls.
    """

    socket: int = -1
    processors: int = 1
    coming: "Process | None" = None
    leaving: list[Process] = field(default_factory=list)
    _hears: int = -1
    _heard: int = 0

    def _begun(self) -> Process:
        if self._hears >= 0:
            os.close(self._hears)
        self._hears, tells = os.pipe()
        self._heard = 0
        os.set_blocking(self._hears, False)
        command = [
            *self.command,
            "--socket",
            str(self.socket),
            "--ready",
            str(tells),
            "--processes",
            str(self.processors),
        ]
        process = subprocess.Popen(command, env=manager.handed_on(), pass_fds=(self.socket, tells))  # noqa: S603 - as above
        os.close(tells)
        return process

    def processes(self) -> list[Process]:
        return [*super().processes(), *([self.coming] if self.coming else []), *self.leaving]

    def wait(self) -> None:
        for process in self.processes():
            try:
                process.wait(manager.PATIENCE + 5)
            except subprocess.TimeoutExpired:
                process.kill()

    def follow(self) -> None:
        """Begin another beside the one that serves; the last that was asked for counts."""
        if self.coming:
            self.coming.terminate()
            self.leaving.append(self.coming)
        manager.tell("RELOADING=1")
        self.coming = self._begun()

    def look_after(self) -> None:
        self.leaving = [each for each in self.leaving if each.poll() is None]
        if self._is_ready():
            self._take_over()
        elif self.coming and (code := self.coming.poll()) is not None:
            print(f"hamroh: what was to follow the {self.name} ended with {code}; the old one goes on", file=sys.stderr)
            self.coming = None
            manager.tell("READY=1")

    def _take_over(self) -> None:
        if self.coming and self.process:
            self.process.terminate()
            self.leaving.append(self.process)
            self.process, self.coming = self.coming, None
        manager.tell("READY=1")

    def _is_ready(self) -> bool:
        """Once: the pipe is closed when each of its processes has said so, or when the last of them ended."""
        if self._hears < 0:
            return False
        try:
            said = os.read(self._hears, self.processors)
        except BlockingIOError:
            return False
        self._heard += len(said)
        if said and self._heard < self.processors:
            return False
        os.close(self._hears)
        self._hears = -1
        return bool(said)


def supervise(children: list[Child]) -> int:
    """Run until told to stop (0) or until a child that may not restart ends (its code)."""
    told: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal's signature
        told.append(number)

    for number in (signal.SIGINT, signal.SIGTERM, FOLLOW):
        signal.signal(number, remember)
    for child in children:
        child.start()
    code = None
    while code is None and not _is_to_stop(told, children):
        time.sleep(0.2)
        code = _look_after(children)
    for child in children:
        child.stop()
    for child in children:
        child.wait()
    return code or 0


def _is_to_stop(told: list[int], children: Iterable[Child]) -> bool:
    """Whether it was told to; a call to be followed is answered here."""
    asked = [number for number in told if number == FOLLOW]
    for _ in asked:
        told.remove(FOLLOW)
    for child in children if asked else ():
        if isinstance(child, Web):
            child.follow()
    return bool(told)


def _look_after(children: list[Child]) -> int | None:
    now = time.monotonic()
    for child in children:
        child.look_after()
        if child.process is None and now >= child.not_before:
            child.start()
        elif child.process is not None and (code := child.process.poll()) is not None:
            if not child.restarts:
                return code
            _schedule(child, code, now)
    return None


def _schedule(child: Child, code: int, now: float) -> None:
    print(f"hamroh: the {child.name} ended with {code}; starting it again in {child.pause:.0f} s", file=sys.stderr)
    child.process = None
    child.not_before = now + child.pause
    child.pause = min(child.pause * 2, LONGEST_PAUSE)
