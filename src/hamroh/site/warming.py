"""A process reads into memory what its first pages would otherwise wait for: the index, the vocabularies, the finder."""

import gc
import logging
import threading
from collections.abc import Callable

from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from hamroh.directory.selectors import finder_pool
from hamroh.search import selectors as search
from hamroh.thesaurus import selectors as thesaurus

_over = threading.Event()


def warm() -> None:
    """Everything that a process keeps in memory, the help finder first."""
    finder_pool.pool(timezone.localdate())
    search.warm()
    thesaurus.warm()
    gc.collect()
    gc.freeze()  # what lives for a day need not be walked again by every collection, in the middle of a page


def warm_beside() -> None:
    """The same in a thread of its own, while pages are served already."""
    threading.Thread(target=_warm_quietly, name="warming", daemon=True).start()


def _warm_quietly() -> None:
    """Nobody waits for it: what cannot be read now is read by who asks."""
    try:
        warm()
    except DatabaseError:
        logging.getLogger(__name__).warning("could not read the indexes ahead", exc_info=True)
    finally:
        connection.close()
        _over.set()


def when_warm(act: Callable[[], None]) -> None:
    """Call it once what was begun by ``warm_beside`` is over, as it went."""

    def wait() -> None:
        _over.wait()
        act()

    threading.Thread(target=wait, name="when warm", daemon=True).start()
