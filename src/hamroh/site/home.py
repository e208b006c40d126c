"""The home: the one folder that holds an installation's database, files, keys and mode."""

import json
import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DEMO, PRODUCTION = "demo", "production"
#: how every key of a demonstration begins, so that production knows it wherever it was copied to
DEMO_MARK = b"DEMO"


class HomeRefused(RuntimeError):
    """The home and the asked mode do not fit together; the message says what to do."""


@dataclass(frozen=True)
class Home:
    """A folder on disk; absent parts are made when first asked for, private to its user."""

    path: Path

    @classmethod
    def from_environment(cls) -> "Home":
        # each process of a test run has a home of its own, so that none finds what another keeps there
        default = Path(".test", os.environ.get("PYTEST_XDIST_WORKER", "")) if "pytest" in sys.modules else ".demo"
        return cls(Path(os.environ.get("HAMROH_HOME", default)).resolve())

    @property
    def mode(self) -> str:
        """``demo`` or ``production``: written once by ``demo`` or ``init`` and never changed afterwards."""
        marker = self.path / "mode"
        return marker.read_text(encoding="ascii").strip() if marker.exists() else DEMO

    def settle(self, mode: str) -> None:
        """Make the folder and write its mode; a home of another mode is refused for ever."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker = self.path / "mode"
        if not marker.exists():
            marker.write_text(f"{mode}\n", encoding="ascii")
        elif self.mode != mode:
            raise HomeRefused(
                f"{self.path} is a {self.mode} home and cannot become a {mode} one; choose another --home"
            )

    def folder(self, name: str) -> Path:
        """A private folder inside the home."""
        path = self.path / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    def key(self, name: str) -> bytes:
        """A random key of 32 bytes, made on first use, readable by the owner alone (0400)."""
        path = self.folder("keys") / f"{name}.key"
        if not path.exists():
            mark = DEMO_MARK if self.mode == DEMO else b""
            _write_once(path, mark + secrets.token_bytes(32 - len(mark)))
        key = path.read_bytes()
        if self.mode == PRODUCTION and key.startswith(DEMO_MARK):
            raise HomeRefused(f"{path} is a key of a demonstration; a production home never takes one")
        return key

    @property
    def told(self) -> dict[str, Any]:
        """What ``hamroh init`` was told: ``hosts`` and ``url``; variables of the environment go before it."""
        path = self.path / "installation.json"
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}

    def tell(self, **facts: Any) -> None:
        """Write down what ``told`` answers."""
        path = self.path / "installation.json"
        path.write_text(json.dumps(self.told | facts, indent=1), encoding="utf-8")

    @property
    def database(self) -> Path:
        return self.path / "hamroh.sqlite3"


def _write_once(path: Path, content: bytes) -> None:
    """Write beside and link into place, so that two processes starting together agree on one key."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
