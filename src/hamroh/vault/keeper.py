"""The keeper: one small process that holds the master key of a typed passphrase, in memory only, as an agent holds SSH keys.

It answers on a socket of mode 0600 in the home's ``run/`` and only to processes of its own user. When it ends, the vault is
sealed: the other processes ask it anew every few seconds.
"""

import contextlib
import ctypes
import os
import signal
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

_WAIT = 20.0
_END, _ENDS = b"seal", b"sealed"


def place() -> Path:
    """The socket's path; a home too deep for a socket's name is reached by a shorter way in the same folder."""
    return Path(settings.HOME.folder("run")) / "unsealed.sock"


def ask(path: Path, check: str) -> bytes | None:
    """The key with this id from the keeper; None where nobody keeps it."""
    with contextlib.suppress(OSError), _folder(path) as name, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_WAIT)
        line.connect(name)
        if _user_of(line) != os.getuid():
            return None
        line.sendall(check.encode())
        answer = line.recv(64)
        return answer if len(answer) == 32 else None
    return None


def end(path: Path) -> bool:
    """Tell the keeper to end; False where there was none."""
    with contextlib.suppress(OSError), _folder(path) as name, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_WAIT)
        line.connect(name)
        line.sendall(_END)
        return line.recv(8) == _ENDS
    return False


def serve(path: Path, keys: dict[str, bytes], ready: Callable[[], object] = lambda: None) -> None:
    """Keep the keys and hand them to processes of this user, until told to stop; a keeper that was there before ends.

    ``ready`` is called when it can be asked.
    """
    forget_on_crash()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    end(path)
    with listening(path) as line:
        ready()
        while (ends := _answered(line, keys)) is None:
            pass
    with ends, contextlib.suppress(OSError):
        ends.sendall(_ENDS)  # said when the socket is gone, so that the next keeper's is never taken for this one's


@contextlib.contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """A socket of mode 0600 that is gone afterwards."""
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        with _folder(path) as name:
            line = socket.socket(socket.AF_UNIX)
            line.bind(name)
    finally:
        os.umask(before)
    try:
        line.listen(8)
        yield line
    finally:
        line.close()
        path.unlink(missing_ok=True)


def _answered(line: socket.socket, keys: dict[str, bytes]) -> socket.socket | None:
    """Answer the next caller; who tells the keeper to end is given back, to be answered last."""
    caller, _ = line.accept()
    with contextlib.ExitStack() as closing, contextlib.suppress(OSError):
        closing.enter_context(caller)
        caller.settimeout(_WAIT)
        if _user_of(caller) != os.getuid():
            return None
        asked = caller.recv(64)
        if asked == _END:
            closing.pop_all()
            return caller
        caller.sendall(keys.get(asked.decode("ascii", "replace"), b"?"))
    return None


def _user_of(line: socket.socket) -> int:
    """The user at the other end, told by the system and not by the other end."""
    said = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return int(struct.unpack("3i", said)[1])


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[str]:
    """A name for the socket that fits its 107 bytes, however deep the home lies."""
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}/{path.name}"
    finally:
        os.close(descriptor)


def forget_on_crash() -> None:
    """No core file of this process and no other process may look into it (PR_SET_DUMPABLE off); its memory is not swapped."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(4, 0, 0, 0, 0)
    libc.mlockall(3)
