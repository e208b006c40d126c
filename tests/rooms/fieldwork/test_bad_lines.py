"""Forms that come shuffled, doubled, cut off and in pieces while the server is killed: each is there once, each file whole."""

import contextlib
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from field_world import filled, multipart, new_instance, picture
from service import Service, surroundings

READY = """
import django
django.setup()
from hamroh.site.benches.field import _office
from hamroh.accounts.models import Organisation, User
from hamroh.fieldwork.actions import equipping, forming
from field_world import small_form
_office()
house, planner = Organisation.objects.get(code="bench"), User.objects.get(username="bench-planner")
version = forming.bring(actor=planner, organisation=house, brought=forming.Brought(small_form(), []))
forming.move(actor=planner, version=version, after="open")
made = equipping.make_device(actor=planner, organisation=house, holder=User.objects.get(username="bench-monitor"))
print(made.token)
"""
COUNTED = """
import django, hashlib, json
django.setup()
from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.fieldwork.models import Attachment, Submission
from hamroh.vault import files, journal
from hamroh.vault.models import SealedFile
reader = User.objects.get(username="bench-planner")
whole = 0
with journal.openings("test"):
    for slot in Attachment.objects.select_related("submission"):
        file = SealedFile.objects.get(pk=slot.file_id)
        decision = policy.require(reader, "submission.read", slot.submission)
        content = b"".join(files.read(file, decision=decision, purpose="test"))
        whole += content[:2] == b"\\xff\\xd8" and content[-2:] == b"\\xff\\xd9"
rows = Submission.objects
print(json.dumps({"rows": rows.count(), "names": rows.values("instance_id").distinct().count(), "clashes": rows.filter(clashes=True).count(),
                  "lacking": rows.filter(is_whole=False).count(), "files": Attachment.objects.count(), "whole": whole}))
"""
HANDS = 3


@pytest.fixture
def service(tmp_path: Path, blank_home: Callable[..., Path]) -> Iterator[Service]:
    made = Service(blank_home(tmp_path / "home"))
    yield made
    with contextlib.suppress(ProcessLookupError):
        made.kill()


def asked(service: Service, words: str) -> str:
    tests = Path(__file__).parents[2]
    environment = surroundings(service.home) | {"PYTHONPATH": os.pathsep.join([str(tests)])}
    done = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()[-1]


class Line:
    """A device on a bad line: every form is sent until it is said to be there, and now and then once more."""

    def __init__(self, service: Service, token: str, chance: random.Random) -> None:
        self.service, self.address, self.chance = service, f"/openrosa/t/{token}/submission", chance

    def deliver(self, xml: bytes, files: dict[str, bytes]) -> None:
        pieces = [{}, files] if files and self.chance.random() < 0.5 else [files]
        for piece in pieces * self.chance.choice((1, 1, 2)):
            body, kind = multipart(xml, piece)
            if self.chance.random() < 0.2:
                self.cut(body, kind)
            while self.post(body, kind) != 201:
                threading.Event().wait(0.1)

    def post(self, body: bytes, kind: str) -> int:
        line = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=30)
        try:
            line.request("POST", self.address, body, {"Content-Type": kind})
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()

    def cut(self, body: bytes, kind: str) -> None:
        """Say how long it is, send a part of it, and hang up."""
        head = f"POST {self.address} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.service.port), 10) as line:
            line.sendall(head.encode() + body[: self.chance.randrange(len(body))])


@pytest.mark.parametrize(
    ("count", "kills"),
    [pytest.param(40, 2, id="few"), pytest.param(10_000, 25, id="ten-thousand", marks=pytest.mark.long)],
)
def test_it_loses_nothing_and_keeps_nothing_twice(service: Service, count: int, kills: int) -> None:
    token, chance = asked(service, READY), random.Random(20261123)
    forms: list[tuple[bytes, dict[str, bytes]]] = []
    for number in range(count):
        photo = {f"{number}.jpg": picture(size=60)} if number % 4 == 0 else {}
        words = f"<words>{number}</words>" + "".join(f"<photo>{name}</photo>" for name in photo)
        forms.append((filled(words, instance=new_instance()), photo))
    waiting = forms * 2
    chance.shuffle(waiting)
    service.start()
    hands = _hands(service, token, waiting)
    for left in (len(waiting) * (kills - each) // (kills + 1) for each in range(kills)):
        while len(waiting) > left and any(hand.is_alive() for hand in hands):
            threading.Event().wait(0.02)
        service.kill()
        service.start()
    for hand in hands:
        hand.join()
    told = json.loads(asked(service, COUNTED))
    pictures = len([files for _xml, files in forms if files])
    assert told == {"rows": count, "names": count, "clashes": 0, "lacking": 0, "files": pictures, "whole": pictures}


def _hands(service: Service, token: str, waiting: list[tuple[bytes, dict[str, bytes]]]) -> list[threading.Thread]:
    """Three devices that take from one heap until nothing is left."""

    def work(number: int) -> None:
        line = Line(service, token, random.Random(number))
        while True:
            try:
                form = waiting.pop()
            except IndexError:
                return
            line.deliver(*form)

    hands = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(HANDS)]
    for hand in hands:
        hand.start()
    return hands
