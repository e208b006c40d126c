"""The door and the desk: does the time of an answer tell whether there is a record that one may not see?

A running server is asked over HTTP, in turn for records of another organisation and for records that are not there, by somebody who may
see neither. The interval is that of the difference of medians, drawn again a thousand times from the same answers (bootstrap).
"""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from hamroh.site.benches.figures import Figure

_PAIRS, _FULL_PAIRS, _RECORDS, _DRAWS = 400, 2000, 20, 1000
_WARM = 40


def figures(*, full: bool) -> Iterator[Figure]:
    """For a task (S3) and for a person's role: the time of the answer, and how far the difference may lie from none."""
    with _server() as port:
        for name, ask in _questions(port):
            yield from _compared(name, ask, _FULL_PAIRS if full else _PAIRS)


def _compared(name: str, ask: Callable[[bool], float], pairs: int) -> Iterator[Figure]:
    for _ in range(_WARM):
        ask(True), ask(False)
    chance = random.Random(pairs)
    there: list[float] = []
    absent: list[float] = []
    for _ in range(pairs):
        order = chance.choice(((True, False), (False, True)))
        for real in order:
            (there if real else absent).append(ask(real))
    middle = statistics.median(absent)
    low, high = (100 * end / middle for end in _interval(there, absent, chance))
    yield Figure(
        f"accounts.{name}_absent", round(middle, 2), "ms", None, "forbidden", round(statistics.median(there), 2)
    )
    yield Figure(
        f"accounts.{name}_interval", round(max(abs(low), abs(high)), 1), "%", "<= 20", "95 % from", round(low, 1)
    )


def _interval(there: list[float], absent: list[float], chance: random.Random) -> tuple[float, float]:
    """The 95 % interval of the difference of medians."""
    drawn = sorted(
        statistics.median(chance.choices(there, k=len(there)))
        - statistics.median(chance.choices(absent, k=len(absent)))
        for _ in range(_DRAWS)
    )
    return drawn[int(0.025 * _DRAWS)], drawn[int(0.975 * _DRAWS)]


def _questions(port: int) -> Iterator[tuple[str, Callable[[bool], float]]]:
    """Who asks, and two sorts of records of another organisation: whether it is there -> milliseconds of the answer."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from hamroh.accounts.models import Membership, Organisation, Role, Task, User

    own, other = (Organisation.objects.create(code=code, names={}, country="tj") for code in ("own", "other"))
    people = [User.objects.create_user(f"bench-{number}", display_name="Somebody") for number in range(_RECORDS + 2)]
    lawyer, administrator, *others = people
    Membership.objects.create(user=lawyer, organisation=own, role=Role.LAWYER)
    Membership.objects.create(user=administrator, organisation=own, role=Role.ADMINISTRATOR)
    roles = [Membership.objects.create(user=user, organisation=other, role=Role.LAWYER) for user in others]
    today = timezone.localdate()
    tasks = [Task.objects.create(organisation=other, assignee=user, words="x", due_date=today) for user in others]
    sorts = (
        ("task", lawyer, "day:task", "task", tasks),
        ("role", administrator, "accounts-desk:member", "member", roles),
    )
    for name, user, route, key, records in sorts:
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        cookies = "; ".join(f"{each}={morsel.value}" for each, morsel in client.cookies.items())
        places = [reverse(route, kwargs={key: record.pk}) for record in records]
        yield name, _asker(port, cookies, places, partial(_nowhere, route, key))


def _nowhere(route: str, key: str) -> str:
    from django.urls import reverse

    return reverse(route, kwargs={key: uuid.uuid4()})


def _asker(port: int, cookies: str, places: list[str], nowhere: Callable[[], str]) -> Callable[[bool], float]:
    connection, chance = http.client.HTTPConnection("127.0.0.1", port, timeout=30), random.Random(port)

    def ask(real: bool) -> float:
        place = chance.choice(places) if real else nowhere()
        before = time.perf_counter()
        connection.request("GET", place, headers={"Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 404, answer.status
        return (time.perf_counter() - before) * 1000

    return ask


@contextmanager
def _server() -> Iterator[int]:
    """The site of this bench's home, served as an installation serves it."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "hamroh.site.cli",
        "serve",
        "--port",
        str(port),
        "--home",
        os.environ["HAMROH_HOME"],
    ]
    running: Any = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        _wait(port)
        yield port
    finally:
        running.terminate()
        running.wait(20)


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server of the bench did not start")
