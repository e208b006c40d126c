"""A running installation for tests: ``hamroh serve`` on a home of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from hamroh.site.benches.postgres import free_port


def hamroh(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "hamroh.site.cli", *words, "--home", str(home)]


#: what tests of a browser set in their own process, which no installation has
_OURS = ("HAMROH_", "DJANGO_ALLOW_ASYNC_UNSAFE")


def surroundings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return kept | {"HAMROH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hamroh.site.settings"}


class Service:
    """``hamroh serve`` in a session of its own, so that a kill takes every process of it and nothing else."""

    def __init__(self, home: Path) -> None:
        self.home, self.log = home, home.with_name(f"{home.name}.log")
        self.port = free_port()

    def command(self) -> list[str]:
        return hamroh(self.home, "serve", "--port", str(self.port))

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=surroundings(self.home),
                start_new_session=True, stdout=subprocess.DEVNULL, stderr=log,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
