"""Filled forms over HTTP, as apps in the field send them: sealed, journalled, by digest access.

An installation is served by the command that serves every other one. Where PostgreSQL is installed it runs there as the unprivileged role,
with guarded rows and a disk that is waited for, and SQLite stands beside it; else SQLite stands alone. Four devices send at once, each on a
connection of its own, each form once and now and then twice. The senders take their part of the same processors: what service, database
and senders spent on a form is told beside the rate, since a machine that does other things as well changes it little.
"""

import contextlib
import hashlib
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hamroh.site.benches import postgres
from hamroh.site.benches.beginning import begin
from hamroh.site.benches.figures import Figure, percentile

_COUNT, _FULL_COUNT, _DEVICES, _TWICE = 1500, 10_000, 4, 20
_RATE = 150
_ON_POSTGRES = True
_ROLE = "hamroh_app"
_FORM, _ADDRESS, _LIST = "bench", "/openrosa/submission", "/openrosa/formList"
_QUESTIONS = 30
#: whose processor time a form takes; SQLite is the service's own
_SPENDERS = ("service", "database", "senders")


def figures(*, full: bool) -> Iterator[Figure]:
    """1,500 forms, with ``full`` 10,000."""
    count = _FULL_COUNT if full else _COUNT
    lite = _measured("", count)
    if not _ON_POSTGRES or postgres.programs() is None:
        yield from _told(lite, "SQLite", None)
        return
    with postgres.server(durable=True) as server:
        strong = _measured(server.url(server.create()), count, server.pid)
    yield from _told(strong, "SQLite", lite)


def _told(found: dict[str, float], peer: str, beside: dict[str, float] | None) -> Iterator[Figure]:
    def there(name: str) -> dict[str, Any]:
        return {"peer": peer, "peer_value": beside[name]} if beside else {}

    yield Figure("field.submissions.rate", found["rate"], "/s", f">= {_RATE}", **there("rate"))
    yield Figure("field.submissions.p95", found["p95"], "ms", **there("p95"))
    yield Figure("field.submissions.lost", found["lost"], "forms", "<= 0", **there("lost"))
    yield Figure("field.submissions.twice", found["twice"], "forms", "<= 0", **there("twice"))
    yield Figure("field.submissions.service", found["service"], "ms", **there("service"))
    yield Figure("field.submissions.database", found["database"], "ms", **there("database"))
    yield Figure("field.submissions.senders", found["senders"], "ms", **there("senders"))
    yield Figure("field.submissions.memory", found["memory"], "MB", "<= 512", **there("memory"))


def _measured(url: str, count: int, database: int = 0) -> dict[str, float]:
    """Set an installation up on a database, serve it, send to it, and count what is there afterwards."""
    with tempfile.TemporaryDirectory(prefix="hamroh-bench-") as home:
        own = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
        begin(home)
        settled = own | {"HAMROH_HOME": home} | ({"HAMROH_DATABASE": url} if url else {})
        devices = json.loads(_asked("filled", settled))
        with _served(settled | ({"HAMROH_DATABASE": _as_role(url)} if url else {})) as (port, process):
            _sent(port, devices, 40)  # what is made once is made before it is measured
            before = _spent(process.pid), _spent(database), time.process_time()
            taken, seconds = _sent(port, devices, count)
            after = _spent(process.pid), _spent(database), time.process_time()
            memory = _memory(process)
        kept = int(_asked("counted", settled)) - 40
    return {
        "rate": round(count / seconds, 1), "p95": round(percentile(taken, 0.95) * 1000, 1), "lost": max(count - kept, 0),
        "twice": max(kept - count, 0), "memory": memory,
        **{name: round((late - early) * 1000 / count, 2) for name, early, late in zip(_SPENDERS, before, after, strict=True)},
    }  # fmt: skip


def _as_role(url: str) -> str:
    return re.sub(r"//[^@]+@", f"//{_ROLE}@", url)


# -- the installation


def _asked(what: str, settled: dict[str, str]) -> str:
    """What a process of the installation says: a database is chosen when a process starts."""
    command = [sys.executable, "-m", "hamroh.site.benches.field", what]
    done = subprocess.run(command, env=settled, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    return done.stdout.splitlines()[-1]


def main() -> None:
    """Fill the database of this process and say its devices, or count what came in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamroh.site.settings")
    import django

    django.setup()
    print(json.dumps(_filled()) if sys.argv[1] == "filled" else _counted())


def _filled() -> list[tuple[str, str]]:
    from django.core.management import call_command
    from django.db import connection

    from hamroh.accounts import rowsecurity

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    devices = _office()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE ROLE {_ROLE} LOGIN")
            rowsecurity.grant_to(_ROLE)
    return devices


def _office() -> list[tuple[str, str]]:
    from hamroh.accounts.models import Membership, Organisation, Role, User
    from hamroh.fieldwork.actions import equipping, forming

    organisation = Organisation.objects.create(code="bench", names={}, country="tj")
    roles = {"planner": Role.SUPERVISOR, "monitor": Role.MONITOR}
    people = {name: User.objects.create_user(f"bench-{name}", display_name=name) for name in roles}
    for name, role in roles.items():
        Membership.objects.create(user=people[name], organisation=organisation, role=role)
    brought = forming.Brought(_form(), [])
    version = forming.bring(actor=people["planner"], organisation=organisation, brought=brought)
    forming.move(actor=people["planner"], version=version, after="open")
    made = (
        equipping.make_device(actor=people["planner"], organisation=organisation, holder=people["monitor"])
        for _each in range(_DEVICES)
    )
    return [(each.device.code, each.password) for each in made]


def _counted() -> int:
    from hamroh.fieldwork.models import Submission

    return Submission.objects.count()


@contextlib.contextmanager
def _served(settled: dict[str, str]) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The web of an installation, as ``hamroh serve`` starts it; gone afterwards."""
    port = postgres.free_port()
    command = [sys.executable, "-m", "hamroh.site.cli", "serve", "--port", str(port), "--home", settled["HAMROH_HOME"]]
    process = subprocess.Popen(command, env=settled, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return
        time.sleep(0.1)
    raise TimeoutError("the service did not start")


def _spent(root: int) -> float:
    """Seconds of a processor that a process and all beneath it have taken."""
    ticks = 0
    for pid in _tree(root):
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])  # utime, stime
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(process: "subprocess.Popen[bytes]") -> float:
    """The most that the largest process of the service ever held, in megabytes."""
    most = 0
    for pid in _tree(process.pid):
        with contextlib.suppress(OSError):
            held = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
            most = max(most, int(held[1]) if held else 0)
    return round(most / 1024, 1)


def _tree(root: int) -> Iterator[int]:
    """A process and all beneath it; nothing for 0."""
    waiting = [root] if root else []
    while waiting:
        pid = waiting.pop()
        yield pid
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += [int(each) for each in (task / "children").read_text().split()]


# -- what is sent


def _form() -> bytes:
    """A form of thirty questions, a group that comes again, and a picture."""
    names = [f"q{number}" for number in range(_QUESTIONS)]
    inside = "".join(f"<{name}/>" for name in names)
    binds = "".join(f'<bind nodeset="/data/{name}" type="string"/>' for name in names)
    asked = "".join(f'<input ref="/data/{name}"><label>Question {name}</label></input>' for name in names)
    return f"""<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Bench</h:title><model><instance><data id="{_FORM}" version="1">{inside}
<pupil><age/><words/></pupil><meta><instanceID/></meta></data></instance>{binds}<bind nodeset="/data/pupil/age" type="int"/>
<bind nodeset="/data/pupil/words" type="string"/></model></h:head><h:body>{asked}<group ref="/data/pupil"><label>Pupil</label>
<repeat nodeset="/data/pupil"><input ref="/data/pupil/age"><label>Age</label></input><input ref="/data/pupil/words"><label>Words</label>
</input></repeat></group></h:body></h:html>""".encode()


def _instance() -> bytes:
    answers = "".join(f"<q{number}>Посухи {number}</q{number}>" for number in range(_QUESTIONS))
    pupils = "<pupil><age>14</age><words>Ман дар пахта будам</words></pupil>" * 3
    meta = f"<meta><instanceID>uuid:{uuid.uuid4()}</instanceID></meta>"
    return f'<?xml version="1.0"?><data id="{_FORM}" version="1">{answers}{pupils}{meta}</data>'.encode()


def _sent(port: int, devices: Sequence[tuple[str, str]], count: int) -> tuple[list[float], float]:
    """Send so many forms from all devices at once; how long each took, and all together."""
    forms = [_instance() for _each in range(count)]
    shares = [forms[at :: len(devices)] for at in range(len(devices))]
    taken: list[float] = []
    threads = [
        threading.Thread(target=_send, args=(port, device, share, taken))
        for device, share in zip(devices, shares, strict=True)
    ]
    before = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, time.perf_counter() - before


def _send(port: int, device: tuple[str, str], forms: Sequence[bytes], taken: list[float]) -> None:
    sender = _Sender(port, *device)
    for number, xml in enumerate(forms, start=1):
        before = time.perf_counter()
        sender.send(xml)
        taken.append(time.perf_counter() - before)
        if number % _TWICE == 0:
            sender.send(xml)  # its answer was lost on the way


class _Sender:
    """One device on one connection; a nonce is used until it is stale."""

    def __init__(self, port: int, name: str, password: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.name, self.own = name, self._digest(f"{name}:Hamroh:{password}")
        self.nonce, self.count = "", 0
        self.asked = self._digest(f"POST:{_ADDRESS}")

    def send(self, xml: bytes) -> None:
        status = self._post(xml)
        if status == 401:
            status = self._post(xml)
        if status != 201:
            raise RuntimeError(f"a form was not taken: {status}")

    def _post(self, xml: bytes) -> int:
        line = "----hamrohbench"
        head = f'--{line}\r\nContent-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\nContent-Type: text/xml\r\n\r\n'
        headers = {"Content-Type": f"multipart/form-data; boundary={line}", "X-OpenRosa-Version": "1.0"}
        self.line.request(
            "POST", _ADDRESS, head.encode() + xml + f"\r\n--{line}--\r\n".encode(), headers | self._credentials()
        )
        answer = self.line.getresponse()
        answer.read()
        if answer.status == 401:
            found = re.search(r'nonce="([^"]+)"', answer.headers["WWW-Authenticate"])
            self.nonce, self.count = found[1] if found else "", 0
        return answer.status

    def _credentials(self) -> dict[str, str]:
        if not self.nonce:
            return {}
        self.count += 1
        number = f"{self.count:08x}"
        response = self._digest(f"{self.own}:{self.nonce}:{number}:c0:auth:{self.asked}")
        return {
            "Authorization": f'Digest username="{self.name}", realm="Hamroh", nonce="{self.nonce}", uri="{_ADDRESS}", algorithm=MD5, '
            f'qop=auth, nc={number}, cnonce="c0", response="{response}"'
        }  # fmt: skip

    def _digest(self, words: str) -> str:
        return hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()


if __name__ == "__main__":
    main()
