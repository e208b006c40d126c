"""Two processes side by side: the web must live, the worker is started again when it falls."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

#: a child that falls is started again after this many seconds, doubled each time up to the last
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


@dataclass
class Child:
    """A process under supervision."""

    name: str
    command: list[str]
    restarts: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    pause: float = FIRST_PAUSE
    not_before: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env=os.environ.copy())  # noqa: S603 - our own command lines

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def supervise(children: list[Child]) -> int:
    """Run until told to stop (0) or until a child that may not restart ends (its code)."""
    told: list[int] = []

    def remember(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the signal's signature
        told.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, remember)
    for child in children:
        child.start()
    code = None
    while not told and code is None:
        time.sleep(0.2)
        code = _look_after(children)
    for child in children:
        child.stop()
    for child in children:
        child.wait()
    return code or 0


def _look_after(children: list[Child]) -> int | None:
    now = time.monotonic()
    for child in children:
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
