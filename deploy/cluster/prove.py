"""Kill the leader again and again while forms come in, cut one off, and count what became of every form that was acknowledged.

    .venv/bin/python deploy/cluster/prove.py --kills 10       (as root, on a cluster that ``up`` made)

Devices send filled forms through the web, as apps in the field do: the same bytes until the answer is that it was taken. So a form that
was acknowledged must be there once, whatever happened meanwhile.
"""

import contextlib
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol

import click

from hamroh.site.benches.field import _instance as instance
from hamroh.site.benches.field import _office as office
from hamroh.site.benches.field import _Sender as Sender
from hamroh.site.benches.figures import Figure

HERE = Path(__file__).resolve().parent
#: where ``up`` writes down which folder the cluster has
MARK = Path("/run/hamroh-cluster")
_WEBS, _WORKERS, _SENDERS = (8001, 8002, 8003), 2, 16
_FRONT = 8000
#: seconds after which nobody waits for a leader any more
_ENOUGH = 120


# -- a device that sends until it is told


class Line(Protocol):
    """What sends one form and raises where it was not taken."""

    def send(self, xml: bytes) -> None: ...


@dataclass(frozen=True)
class Answer:
    """An acknowledged form: its name, when the try began that was answered, when the answer came, and how many tries it took."""

    name: str
    began: float
    came: float
    tries: int


class Retrying:
    """A device that sends the same bytes until they were taken, on a new line after each fault."""

    def __init__(self, connect: Callable[[], Line], pause: float = 0.5) -> None:
        self.connect, self.pause = connect, pause
        self.line: Line | None = None

    def send(self, xml: bytes) -> Answer:
        for tries in range(1, 10_000):
            began = time.time()
            with contextlib.suppress(OSError, HTTPException, RuntimeError):
                self.line = self.line or self.connect()
                self.line.send(xml)
                return Answer(name_of(xml), began, time.time(), tries)
            self.line = None
            time.sleep(self.pause)
        raise TimeoutError("nobody took it")


def name_of(xml: bytes) -> str:
    """The name that a form gives itself."""
    return re.findall(r"<instanceID>([^<]+)<", xml.decode())[0]  # type: ignore[no-any-return]


# -- what is made of the answers


def again_after(answers: Sequence[Answer], moment: float) -> float | None:
    """Seconds until a form was acknowledged that was sent after a moment; None where none was."""
    came = [each.came for each in answers if each.began > moment]
    return min(came) - moment if came else None


def lost(answers: Sequence[Answer], kept: dict[str, int]) -> int:
    """Forms that were acknowledged and are not there."""
    return sum(each.name not in kept for each in answers)


def doubled(kept: dict[str, int]) -> int:
    """Forms that are there more than once."""
    return sum(number - 1 for number in kept.values())


# -- processes inside the network of the web


def _inside(*command: str) -> list[str]:
    return ["ip", "netns", "exec", "hamroh-web", *command]


def _settled(home: str, user: str) -> dict[str, str]:
    """The surroundings of a process of Hamroh: the web borrows sessions of the pool, everything else goes to the leader itself."""
    at = MARK.read_text().strip()
    direct = f"postgres://{user}@leader.hamroh.internal:5000/hamroh?sslmode=verify-full&sslrootcert={at}/ca.crt"
    pooled = "postgres://hamroh_app@127.0.0.1:6432/hamroh?pooled=1"
    own = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    told = {"HAMROH_HOME": home, "PGPASSFILE": f"{at}/pgpass", "DJANGO_SETTINGS_MODULE": "hamroh.site.settings"}
    return own | told | {"HAMROH_DATABASE": pooled if user == "web" else direct}


def _part(name: str, home: str, user: str, *words: str) -> str:
    """The last line that a part of this file says, run as a process of the installation."""
    command = _inside(sys.executable, str(Path(__file__).resolve()), name, *words)
    done = subprocess.run(command, env=_settled(home, user), check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    return done.stdout.splitlines()[-1]


class _Kept:
    """A process that is started again when it falls, as systemd does."""

    def __init__(self, home: str, user: str, log: Path, *words: str) -> None:
        self.command = _inside(sys.executable, "-m", "hamroh.site.cli", *words, "--home", home)
        self.settled, self.log, self.falls, self.ends = _settled(home, user), log, 0, False
        self.process = self._start()
        threading.Thread(target=self._keep, daemon=True).start()

    def _start(self) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(self.command, env=self.settled, stdout=log, stderr=log)  # noqa: S603 - our own command

    def _keep(self) -> None:
        while not self.ends:
            self.process.wait()
            if not self.ends:
                self.falls += 1
                time.sleep(1)
                self.process = self._start()

    def end(self) -> None:
        self.ends = True
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)


@contextlib.contextmanager
def _installation(home: str) -> Iterator[list[_Kept]]:
    """Three web processes and two workers on the cluster."""
    logs = Path(home) / "logs"
    logs.mkdir()
    kept = [_Kept(home, "web", logs / f"web-{port}.log", "serve", "--port", str(port)) for port in _WEBS]
    kept += [_Kept(home, "hamroh_app", logs / f"worker-{each}.log", "worker") for each in range(_WORKERS)]
    try:
        yield kept
    finally:
        for each in kept:
            each.end()


class _Load:
    """Forms that come in at a steady rate; those that could not be sent in time follow as fast as they are taken."""

    def __init__(self, home: str, devices: str, rate: int) -> None:
        self.answers: list[Answer] = []
        command = _inside(sys.executable, str(Path(__file__).resolve()), "send", devices, str(rate))
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            command, env=_settled(home, "web"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.answers.append(Answer(*json.loads(line)))

    def again_after(self, moment: float) -> float:
        """Wait for the first form that is acknowledged again."""
        while time.time() < moment + _ENOUGH:
            if (found := again_after(list(self.answers), moment)) is not None:
                return round(found, 1)
            time.sleep(0.1)
        raise TimeoutError("nothing was written again")

    def end(self) -> None:
        """No new forms; those on their way are sent until they are taken."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(_ENOUGH)
        self.reader.join(10)


@contextlib.contextmanager
def _loaded(home: str, devices: str, rate: int) -> Iterator[_Load]:
    load = _Load(home, devices, rate)
    try:
        yield load
    finally:
        load.process.kill()


# -- the trial


def _script(name: str, *words: str) -> str:
    return subprocess.run([HERE / name, *words], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()  # noqa: S603 - our own scripts


def _whole() -> float:
    """Wait until three nodes run and one has every write; how long that took."""
    before = time.time()
    while subprocess.run([HERE / "status", "--whole"], check=False).returncode:  # noqa: S603 - our own script
        if time.time() > before + 2 * _ENOUGH:
            raise TimeoutError("the cluster did not become whole again")
        time.sleep(0.5)
    return round(time.time() - before, 1)


def _told(*words: object) -> None:
    print("prove:", *words, file=sys.stderr, flush=True)


def _kills(load: _Load, times: int) -> list[float]:
    """Kill the leader so often, by turns all of its node and its PostgreSQL alone."""
    found = []
    for number in range(times):
        _whole()
        time.sleep(random.uniform(3, 8))  # noqa: S311 - any moment of the lease
        alone = number % 2 == 1
        node = _script("kill-leader", *(["--postgres"] if alone else []))
        found.append(load.again_after(time.time()))
        what = "its PostgreSQL alone" if alone else "all of its node"
        _told(
            f"kill {number + 1}, n{node}, {what}: written again after {found[-1]} s; {len(load.answers)} acknowledged"
        )
        if not alone:
            subprocess.run([HERE / "start", node], check=False)  # noqa: S603 - our own script; somebody may have started it
    return found


@dataclass(frozen=True)
class _Cut:
    """What a leader did that was cut off: writes acknowledged after the cut, those missing afterwards, and others' time to write again."""

    accepted: int
    tried: int
    missing: int
    again: float


def _cut(load: _Load) -> _Cut:
    """Pull the leader's cable, write to it from within its own node, and put the cable back."""
    _whole()
    node = _script("cut")
    moment = time.time()
    tries: dict[int, subprocess.Popen[bytes]] = {}
    while time.time() < moment + 45:
        tries[len(tries)] = _write_at(node, len(tries))
        time.sleep(0.5)
    again = load.again_after(moment)
    _script("heal", node)
    accepted = {number for number, each in tries.items() if each.wait(60) == 0}
    _whole()
    there = {int(each) for each in _ask_leader("SELECT number FROM cut_off").split()}
    _told(
        f"cut off, n{node}: {len(accepted)} of {len(tries)} writes acknowledged there; elsewhere written again after {again} s"
    )
    return _Cut(len(accepted), len(tries), len(accepted - there), again)


def _psql(node: str, sql: str) -> list[str]:
    at = MARK.read_text().strip()
    words = ["psql", "-qAt", "-v", "ON_ERROR_STOP=1", "-h", f"{at}/n{node}", "-d", "postgres", "-c", sql]
    return ["ip", "netns", "exec", f"hamroh-n{node}", "runuser", "-u", "postgres", "--", *words]


def _write_at(node: str, number: int) -> "subprocess.Popen[bytes]":
    command = _psql(node, f"INSERT INTO cut_off VALUES ({int(number)})")  # noqa: S608 - a number
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")  # noqa: S603 - our own command


def _ask_leader(sql: str) -> str:
    """What the node that leads now answers."""
    for node in "123":
        command = _psql(node, f"SELECT 1 WHERE NOT pg_is_in_recovery(); {sql}")
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")  # noqa: S603 - our own command
        if done.returncode == 0 and done.stdout.startswith("1\n"):
            return done.stdout.partition("\n")[2]
    raise RuntimeError("nobody leads")


def prove(home: str, kills: int, rate: int) -> Iterator[Figure]:
    """All of it, on a cluster that is up and holds no installation yet."""
    devices = _part("fill", home, "hamroh_owner")
    make_table("CREATE TABLE IF NOT EXISTS cut_off (number int)")
    with contextlib.ExitStack() as stack:
        kept = stack.enter_context(_installation(home))
        load = stack.enter_context(_loaded(home, devices, rate))
        load.again_after(time.time())
        started, before = time.time(), len(load.answers)
        time.sleep(20)
        steady = (len(load.answers) - before) / (time.time() - started)
        _told(f"{steady:.1f} acknowledged a second before the first kill")
        seen = int(_part("peek", home, "web"))
        again = _kills(load, kills)
        cut = _cut(load)
        _whole()
        load.end()
        falls = sum(each.falls for each in kept)
    held = json.loads(_part("count", home, "hamroh_owner"))
    answers = load.answers
    _told("times to write again:", again)
    yield Figure("cluster.rate", round(steady, 1), "/s", f">= {rate * 0.95:.1f}")
    yield Figure("cluster.kills", len(again), "kills")
    yield Figure("cluster.acknowledged", len(answers), "forms")
    yield Figure("cluster.retried", sum(each.tries > 1 for each in answers), "forms")
    yield Figure("cluster.again.worst", max(again), "s", "<= 30")
    yield Figure("cluster.again.median", round(statistics.median(again), 1), "s")
    yield Figure("cluster.lost", lost(answers, held), "forms", "<= 0")
    yield Figure("cluster.doubled", doubled(held), "forms", "<= 0")
    yield Figure("cluster.cut.tried", cut.tried, "writes")
    yield Figure("cluster.cut.accepted", cut.accepted, "writes", "<= 0")
    yield Figure("cluster.cut.missing", cut.missing, "writes", "<= 0")
    yield Figure("cluster.cut.again", cut.again, "s", "<= 30")
    yield Figure("cluster.rows.seen", seen, "rows", "<= 0")
    yield Figure("cluster.processes.restarted", falls, "times")
    yield Figure("cluster.journal.faults", float(_part("journal", home, "hamroh_owner")), "faults", "<= 0")


def make_table(sql: str) -> None:
    """Let the leader make what the trial needs beside Hamroh's own tables."""
    _ask_leader(sql)


# -- parts that run as processes of the installation


def _django() -> None:
    import django

    django.setup()


def _fill() -> str:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return json.dumps(office())


def _count() -> str:
    from hamroh.fieldwork.models import Submission

    return json.dumps(Counter(Submission.objects.values_list("instance_id", flat=True)))


def _peek() -> str:
    """Rows that two hundred sessions of the pool see which were opened for nobody, while others are opened for somebody."""
    import psycopg

    seen = 0
    for _each in range(200):
        with psycopg.connect("host=127.0.0.1 port=6432 dbname=hamroh user=hamroh_app") as line:
            seen += line.execute("SELECT count(*) FROM fieldwork_submission").fetchone()[0]  # type: ignore[index]
    return str(seen)


def _journal() -> str:
    """How many faults the journal has."""
    command = [sys.executable, "-m", "hamroh.site.cli", "verify-journal", "--home", os.environ["HAMROH_HOME"]]
    return str(int(subprocess.run(command, check=False, stdout=sys.stderr).returncode != 0))  # noqa: S603 - our own command


def _send(devices: str, rate: str) -> None:
    """Send until nobody listens at the other end of the standard input; each answer is a line."""
    known: list[Any] = json.loads(devices)
    tickets, ends = _Tickets(int(rate)), threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ends.set()), daemon=True).start()
    threads = [
        threading.Thread(target=_from, args=(known[at % len(known)], tickets, ends), daemon=True)
        for at in range(_SENDERS)
    ]
    for each in threads:
        each.start()
    ends.wait()
    for each in threads:
        each.join(_ENOUGH / 2)
    sys.stdout.flush()
    os._exit(0)  # who is never answered is not waited for


class _Tickets:
    """Turns at a steady rate; who comes late is let through at once."""

    def __init__(self, rate: int) -> None:
        self.every, self.lock, self.next = 1 / rate, threading.Lock(), time.time()

    def take(self) -> None:
        with self.lock:
            turn, self.next = self.next, self.next + self.every
        time.sleep(max(0.0, turn - time.time()))


def _from(device: tuple[str, str], tickets: _Tickets, ends: threading.Event) -> None:
    line = Retrying(lambda: _line(device))
    while not ends.is_set():
        tickets.take()
        got = line.send(instance())
        sys.stdout.write(json.dumps([got.name, got.began, got.came, got.tries]) + "\n")
        sys.stdout.flush()


def _line(device: tuple[str, str]) -> Sender:
    sender = Sender(_FRONT, *device)
    sender.line.timeout = 15
    return sender


_PARTS: dict[str, Callable[[], str]] = {"fill": _fill, "count": _count, "peek": _peek, "journal": _journal}


@click.command()
@click.option("--kills", default=10, show_default=True)
@click.option("--rate", default=50, show_default=True, help="Forms a second.")
@click.option("--json", "as_json", is_flag=True)
def main(*, kills: int, rate: int, as_json: bool) -> None:
    """Prove that no acknowledged write is lost or doubled, on the cluster that is up."""
    if not MARK.exists():
        raise click.ClickException("no cluster is up here; deploy/cluster/up makes one")
    with tempfile.TemporaryDirectory(prefix="hamroh-prove-") as home:
        found = list(prove(home, kills, rate))
    if as_json:
        click.echo(json.dumps({"bench": "cluster", "figures": [each.as_json() for each in found]}))
    for each in () if as_json else found:
        holds = {None: "", True: "holds", False: "FAILS"}[each.holds]
        click.echo(f"{each.id:28} {each.value:>10} {each.unit:8} {each.bar or '':10} {holds}")
    sys.exit(any(each.holds is False for each in found))


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        _send(*sys.argv[2:4])
    elif sys.argv[1:2] and sys.argv[1] in _PARTS:
        _django()
        print(_PARTS[sys.argv[1]]())
    else:
        main()
