"""One web process takes over from another while people write: nobody is turned away, nothing that was acknowledged is lost."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hamroh.site import manager
from hamroh.site.benches.postgres import free_port
from hamroh.site.commands import serving
from hamroh.site.supervisor import Web
from service import Service
from writing import Writer, check, get_ready

#: a web of one page that keeps what it is sent, in the place of ours, which takes seconds to read
TINY = """
import os, sys
from hamroh.site import listening

def load(ready):
    if os.path.exists({broken!r}):
        sys.exit(3)
    def page(environ, start):
        said = environ["wsgi.input"].read().decode()
        with open({kept!r}, "a") as kept:
            kept.write(said + "\\n")
        start("200 OK", [("Content-Type", "text/plain"), ("X-Process", str(os.getpid()))])
        return [str(os.getppid()).encode()]
    listening.say_ready(ready)
    return page

listening.serve(load)
"""
PARENT = """
import socket, sys
from hamroh.site.manager import listen
from hamroh.site.supervisor import Web, supervise
sys.exit(supervise([Web("web", [sys.executable, {tiny!r}], socket=listen({port}).detach(), processors={processors})]))
"""


class Tiny:
    """The supervisor with its web of one page."""

    def __init__(self, folder: Path, processors: int = 1) -> None:
        self.port, self.kept, self.broken = free_port(), folder / "kept", folder / "broken"
        tiny = folder / "tiny.py"
        tiny.write_text(TINY.format(kept=str(self.kept), broken=str(self.broken)))
        self.told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.told.bind(str(folder / "told"))
        self.told.settimeout(30)
        code = PARENT.format(tiny=str(tiny), port=self.port, processors=processors)
        env = os.environ | {"NOTIFY_SOCKET": str(folder / "told")}
        self.process = subprocess.Popen([sys.executable, "-c", code], env=env, stderr=subprocess.PIPE, text=True)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        while self.told.recv(100) != b"READY=1":
            pass

    def follow(self) -> None:
        self.process.send_signal(signal.SIGUSR2)
        self.wait_until_ready()

    def post(self, words: str) -> tuple[int, str]:
        answer = self.ask(words)
        return answer.status, answer.read().decode()

    def ask(self, words: str) -> http.client.HTTPResponse:
        way = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        way.request("POST", "/", words, {"Connection": "close"})
        return way.getresponse()

    def end(self) -> None:
        self.process.terminate()
        self.process.communicate()
        self.told.close()


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Tiny]:
    made = Tiny(tmp_path)
    yield made
    made.end()


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[Tiny]:
    made = Tiny(tmp_path, processors=2)
    yield made
    made.end()


def test_it_serves_by_several_processes_on_one_socket(twins: Tiny) -> None:
    answered: set[str] = set()
    deadline = time.monotonic() + 60
    while len(answered) < 2 and time.monotonic() < deadline:
        askers = [threading.Thread(target=lambda: answered.add(twins.ask("x").headers["X-Process"])) for _ in range(8)]
        for each in askers:
            each.start()
        for each in askers:
            each.join()
    assert len(answered) == 2


def test_it_takes_over_once_each_of_its_processes_is_ready() -> None:
    web = Web("web", [], processors=2)
    web._hears, tells = os.pipe()
    os.set_blocking(web._hears, False)
    os.write(tells, b"+")
    assert not web._is_ready()
    os.write(tells, b"+")
    os.close(tells)
    assert web._is_ready()


def test_it_starts_one_process_for_each_processor_on_postgresql_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HAMROH_DATABASE", raising=False)
    alone = serving._by_itself()
    monkeypatch.setenv("HAMROH_DATABASE", "postgres://127.0.0.1/x")
    assert (alone, serving._by_itself()) == (1, min(4, len(os.sched_getaffinity(0))))


def test_it_ends_every_process_when_it_is_told_to(tmp_path: Path) -> None:
    made = Tiny(tmp_path, processors=2)
    who = int(made.ask("x").headers["X-Process"])
    made.end()
    with pytest.raises(ProcessLookupError):
        os.kill(who, 0)


@pytest.mark.parametrize("several", ["tiny", "twins"])
def test_it_turns_nobody_away_while_one_process_follows_another(several: str, request: pytest.FixtureRequest) -> None:
    tiny = request.getfixturevalue(several)
    answers, over = [], threading.Event()

    def write(number: int) -> None:
        sent = 0
        while not over.is_set():
            answers.append((f"{number}-{sent}", *tiny.post(f"{number}-{sent}")))
            sent += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for each in writers:
        each.start()
    tiny.follow()
    seen = len(answers)
    while len({who for *_, who in answers}) < 2 or len(answers) < seen + 20:
        time.sleep(0.01)
    over.set()
    for each in writers:
        each.join()
    assert {status for _, status, _ in answers} == {200}
    assert sorted(tiny.kept.read_text().split()) == sorted(sent for sent, *_ in answers)


def test_it_keeps_the_old_process_where_the_new_one_fails(tiny: Tiny) -> None:
    before = tiny.post("before")
    tiny.broken.touch()
    tiny.follow()
    assert tiny.post("after") == before


def test_it_listens_on_the_socket_that_the_service_manager_gave(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as given:
        monkeypatch.setattr(manager, "_FIRST", os.dup(given.fileno()))
        monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
        monkeypatch.setenv("LISTEN_FDS", "1")
        with manager.listen(free_port()) as heard:
            assert heard.getsockname() == given.getsockname()


def test_it_takes_no_socket_that_was_meant_for_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LISTEN_PID", "1")
    monkeypatch.setenv("LISTEN_FDS", "1")
    port = free_port()
    with manager.listen(port) as heard:
        assert heard.getsockname()[1] == port


@pytest.mark.long
def test_it_loses_no_form_over_five_handovers(tmp_path: Path, blank_home: Callable[..., Path]) -> None:
    service = Service(blank_home(tmp_path / "home"))
    ready = get_ready(service.home)
    writers = [Writer(service, ready, number) for number in range(4)]
    service.start()
    for writer in writers:
        writer.start()
    for _ in range(5):
        hand_over(service)
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join(60)
    os.killpg(service.process.pid, signal.SIGTERM)
    assert service.process.wait(60) == 0
    assert [why for writer in writers for why in writer.why] == []
    check(service.home, writers)


def hand_over(service: Service) -> None:
    """Until the new process says that it serves."""
    serving = service.home / "run" / "web.serving"
    before = serving.stat().st_ino if serving.exists() else 0
    service.process.send_signal(signal.SIGUSR2)
    deadline = time.monotonic() + 60
    while not serving.exists() or serving.stat().st_ino == before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(1)  # what the old process had begun
