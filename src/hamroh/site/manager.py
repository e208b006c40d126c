"""What the service manager hands over to us, and what it is told: systemd's protocol, which is a variable and a socket each."""

import os
import socket

#: connections that wait while one process takes over from another
BACKLOG = 1024
#: seconds in which a request that was begun is ended before its process stops
PATIENCE = 60
#: the first descriptor that is handed over (``sd_listen_fds``)
_FIRST = 3


def listen(port: int) -> socket.socket:
    """The socket that was handed over (``hamroh-web.socket``), else one of our own on the loopback."""
    if os.environ.get("LISTEN_PID") == str(os.getpid()) and os.environ.get("LISTEN_FDS") == "1":
        return socket.socket(fileno=_FIRST)
    return socket.create_server(("127.0.0.1", port), backlog=BACKLOG)


def tell(word: str) -> None:
    """Say how far we are (``sd_notify``); nothing where nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.sendto(word.encode(), f"\0{address[1:]}" if address.startswith("@") else address)


def handed_on() -> dict[str, str]:
    """The environment without what is said to this process alone."""
    return {name: value for name, value in os.environ.items() if name not in ("LISTEN_FDS", "LISTEN_PID")}
