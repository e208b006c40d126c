"""What somebody without a right is answered, to be held beside what is answered where there is nothing at all."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client


@contextmanager
def undone() -> Iterator[None]:
    """What happens within leaves nothing, so that one route does not change what the next one meets."""
    begun = transaction.savepoint()
    yield
    transaction.savepoint_rollback(begun)


def answered(client: Client, method: str, where: str) -> tuple[int, str]:
    """Status and words, without the address that was asked and what is new in every answer."""
    with undone():
        answer = getattr(client, method)(where)
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    text = re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return answer.status_code, text.replace(where, "")


class Stranger:
    """One person without a right, at the desk; what she is answered where there is nothing is asked once for each way.

    ``each``: it is asked at every address anew. One stranger of a room does so, the one who comes furthest; that all others are
    answered with one and the same page shows that none is told more at some address.
    """

    def __init__(self, client: Client, *, each: bool = False) -> None:
        self.client, self.each = client, each
        self._nothing: dict[tuple[str, int | str], tuple[int, str]] = {}

    def learns(self, method: str, where: str, nowhere: str) -> bool:
        """Is she told by the answer that there is something?"""
        found = answered(self.client, method, where)
        if found[0] not in (404, 405):
            return True
        key = (method, nowhere if self.each else found[0])
        if key not in self._nothing:
            self._nothing[key] = answered(self.client, method, nowhere)
        return found != self._nothing[key]
