"""The sealer: what the worker does for the journal by itself."""

import logging
import threading

from django.db import DatabaseError, close_old_connections

from hamroh.vault.chain import seal_all

log = logging.getLogger(__name__)


def seal_every(seconds: float, stop: threading.Event) -> None:
    """Chain the journal's waiting lines again and again until told to stop; a fault is logged and tried again.

    A thread of the worker and no queued task: a task a few seconds would fill the table of tasks.
    """
    while not stop.wait(seconds):
        try:
            for _batch in seal_all():
                pass
        except (DatabaseError, OSError):
            log.exception("the journal was not sealed this time")
        finally:
            close_old_connections()


def start_sealer(seconds: float = 3.0) -> threading.Event:
    """Start sealing beside the worker's own work; setting the returned event ends it."""
    stop = threading.Event()
    threading.Thread(target=seal_every, args=(seconds, stop), name="sealer", daemon=True).start()
    return stop
