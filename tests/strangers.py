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
