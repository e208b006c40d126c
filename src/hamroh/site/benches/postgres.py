"""A private PostgreSQL server for tests and benches: made when asked for, gone afterwards with all that was in it.

PostgreSQL refuses to run as root, so root hands it to the system's ``postgres`` user.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_USER = "hamroh"
#: Nothing here outlives its caller, so nothing waits for a disk.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=40"
#: ports that servers of tests and benches are given; the system hands out those from 32,768 by itself
_LOWEST, _PORTS = 20_000, 12_000
_LASTING = "-c max_connections=40 -c max_wal_size=4GB"


@dataclass(frozen=True)
class Server:
    """A running server on this machine's loopback."""

    port: int
    #: of the process that the others of the server are children of
    pid: int = 0

    def url(self, database: str = "postgres") -> str:
        """Address of a database there, as ``HAMROH_DATABASE`` takes it."""
        return f"postgres://{_USER}@127.0.0.1:{self.port}/{database}"

    def create(self, pattern: str = "template1") -> str:
        """Make a database, empty or a copy of one that nobody is connected to, and return its name."""
        import psycopg

        name = f"t{secrets.token_hex(6)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{pattern}"'.encode())
        return name


def programs() -> Path | None:
    """Folder of the newest PostgreSQL's programs on this machine, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if found:
        return found[-1]
    beside = shutil.which("initdb")
    return Path(beside).resolve().parent if beside else None


@contextlib.contextmanager
def server(*, durable: bool = False) -> Iterator[Server]:
    """Start a server with an empty cluster in a temporary folder; stop it and remove all of it at the end.

    A ``durable`` one waits for the disk, as an installation's does: what it takes is part of what is measured.
    """
    where = programs()
    if where is None:
        raise FileNotFoundError("PostgreSQL is not installed here; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="hamroh-pg-"))
    _own(folder)
    data, port = folder / "data", free_port()
    options = f"{_LASTING if durable else _FAST} -c listen_addresses=127.0.0.1 -p {port} -k {folder}"
    try:
        _run(where / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        _run(where / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        yield Server(port, int((data / "postmaster.pid").read_text().splitlines()[0]))
    finally:
        if (data / "postmaster.pid").exists():
            _run(where / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _own(folder: Path) -> None:
    if os.geteuid() == 0:
        keeper = pwd.getpwnam("postgres")
        os.chown(folder, keeper.pw_uid, keeper.pw_gid)


def free_port() -> int:
    """A port of this machine that nobody listens at, below those that the system hands out: nobody is given it meanwhile."""
    while True:
        port = _LOWEST + secrets.randbelow(_PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _run(*command: object) -> None:
    before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    words = [*before, *map(str, command)]
    done = subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")  # noqa: S603 - fixed command lines
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
