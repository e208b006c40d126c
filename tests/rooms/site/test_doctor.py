"""The doctor names what is wrong in a real production home, and production does not start with it."""

import datetime as dt
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forked import Forked
from hamroh.site.benches.postgres import free_port
from hamroh.site.doctor import examine, installation, records


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HAMROH_", "DJANGO_"))}
    return kept | {"HAMROH_HOME": str(home)} | more


def hamroh(home: Path, *arguments: object, **more: str) -> Any:
    command = [sys.executable, "-m", "hamroh.site.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment(home, **more), capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: Any) -> tuple[Path, Any]:
    """A production home as ``init`` makes it without a question, and what it said."""
    folder = tmp_path_factory.mktemp("production")
    told = ("--host", "example.org", "--backup-to", folder / "b", "--identity", folder / "key", "--no-questions")
    return folder / "home", hamroh(folder, "init", folder / "home", *told)


@pytest.fixture(scope="module")
def forked(made: tuple[Path, Any]) -> Iterator[Forked]:
    """Commands at a copy of it."""
    with Forked(Path(shutil.copytree(made[0], made[0].with_name("copy")))) as commands:
        commands.script("")  # it makes folders of its home while it starts, and would make them between our own
        yield commands


@pytest.fixture
def home(made: tuple[Path, Any], forked: Forked) -> Path:
    """The copy, fresh: a test may spoil it."""
    shutil.rmtree(forked.home)
    return Path(shutil.copytree(made[0], forked.home))


def findings(done: Any) -> dict[str, str]:
    """What the doctor told as JSON."""
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert done.returncode == (0 if told["may_start"] else 1)
    return {each["id"]: each["level"] for each in told["findings"]}


def test_it_makes_a_home_that_may_start(made: tuple[Path, Any]) -> None:
    home, done = made
    assert done.returncode == 0, done.stderr
    assert "0 stop production" in done.stdout
    assert "is ready" in done.stderr
    assert findings(hamroh(home, "doctor", "--json", "--home", home)) == {}


def test_it_keeps_the_home_to_its_user(made: tuple[Path, Any]) -> None:
    assert made[0].stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o777 for path in (made[0] / "keys").glob("*.key")} == {0o400}


def test_it_answers_the_hosts_it_was_told(made: tuple[Path, Any]) -> None:
    assert json.loads((made[0] / "installation.json").read_text())["hosts"] == ["example.org"]


def spoil_permissions(home: Path) -> None:
    (home / "keys" / "journal.key").chmod(0o444)


def spoil_home(home: Path) -> None:
    home.chmod(0o755)


def spoil_key(home: Path) -> None:
    path = home / "keys" / "journal.key"
    path.chmod(0o600)
    path.write_bytes(b"\0" * 32)
    path.chmod(0o400)


def spoil_journal(home: Path) -> None:
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        database.execute("DELETE FROM vault_journalbatch")
        database.execute("DELETE FROM vault_journalline")


def spoil_heads(home: Path) -> None:
    (home / "anchors" / "journal.heads").unlink()


def spoil_migrations(home: Path) -> None:
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'directory'")


def spoil_clock(home: Path) -> None:
    later = time.time() + 3600
    os.utime(home / "prepared.json", (later, later))


def aged(**days: int) -> Callable[[Path], None]:
    def age(home: Path) -> None:
        known = json.loads((home / "backups.json").read_text())
        for name, count in days.items():
            known[name]["at"] = (dt.datetime.now(dt.UTC) - dt.timedelta(days=count, hours=1)).isoformat()
        (home / "backups.json").write_text(json.dumps(known))

    return age


def never(name: str) -> Callable[[Path], None]:
    def forget(home: Path) -> None:
        known = json.loads((home / "backups.json").read_text())
        del known[name]
        (home / "backups.json").write_text(json.dumps(known))

    return forget


def backed_up(days: int) -> Callable[[Path], None]:
    """A backup of so many days ago lies where the last one went."""

    def leave(home: Path) -> None:
        known = json.loads((home / "backups.json").read_text())
        folder = home / "elsewhere"
        folder.mkdir(mode=0o700)
        taken = dt.datetime.now(dt.UTC) - dt.timedelta(days=days, hours=1)
        (folder / "hamroh-old.json").write_text(json.dumps({"id": "hamroh-old", "taken_at": taken.isoformat()}))
        known["backup"]["to"] = str(folder)
        (home / "backups.json").write_text(json.dumps(known))

    return leave


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (spoil_permissions, {"permissions": "failing"}),
        (spoil_home, {"permissions": "failing"}),
        (spoil_key, {"keys.default": "failing"}),
        (spoil_journal, {"journal.cut": "failing"}),
        (spoil_heads, {"journal.heads": "failing"}),
        (spoil_migrations, {"migrations": "failing"}),
        (spoil_clock, {"clock": "failing"}),
        (never("backup"), {"backup.missing": "failing"}),
        (never("drill"), {"drill.missing": "failing"}),
        (aged(backup=3), {"backup.age": "risky"}),
        (aged(backup=8), {"backup.age": "failing"}),
        (aged(drill=29), {}),
        (aged(drill=31), {"drill.age": "failing"}),
        (backed_up(35), {}),
        (backed_up(36), {"backup.old_copies": "risky"}),
    ],
    ids=lambda value: getattr(value, "__qualname__", None),
)
def test_it_finds(home: Path, forked: Forked, spoil: Callable[[Path], None], found: dict[str, str]) -> None:
    spoil(home)
    assert findings(forked.hamroh("doctor", "--json")) == found


@pytest.mark.parametrize("name", ["HAMROH_MASTER_PASSPHRASE", "PGPASSWORD"])
def test_it_finds_a_secret_in_the_environment(home: Path, forked: Forked, name: str) -> None:
    assert findings(forked.hamroh("doctor", "--json", **{name: "x"})) == {"environment": "failing"}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"HAMROH_HOSTS": "*"}, {"hosts": "failing"}),
        ({"HAMROH_HOSTS": "127.0.0.1"}, {"hosts": "risky"}),
        ({"HAMROH_URL": "http://example.org"}, {"url": "risky"}),
    ],
)
def test_it_finds_in_what_settings_are_told(
    made: tuple[Path, Any], more: dict[str, str], found: dict[str, str]
) -> None:
    assert findings(hamroh(made[0], "doctor", "--json", **more)) == found


def test_it_knows_a_demonstration_s_key_wherever_it_was_copied_to(home: Path, tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    assert hamroh(demo, "manage", "check").returncode == 0
    target = home / "keys" / "cookies.key"
    target.unlink()
    shutil.copy(demo / "keys" / "cookies.key", target)
    for command in ("doctor", "serve"):
        done = hamroh(home, command, "--home", home)
        assert (done.returncode, "key of a demonstration" in done.stdout + done.stderr) == (1, True)


def test_it_serves_nothing_while_something_stops_production(home: Path) -> None:
    never("drill")(home)
    done = hamroh(home, "serve", "--home", home)
    assert (done.returncode, "drill.missing" in done.stderr) == (1, True)


@pytest.mark.parametrize(("spoil", "starts"), [(aged(drill=31), True), (never("drill"), False)])
def test_it_passes_over_an_age_by_name_and_nothing_else(
    home: Path, spoil: Callable[[Path], None], *, starts: bool
) -> None:
    spoil(home)
    port = free_port()
    words = [
        "serve",
        "--port",
        str(port),
        "--home",
        str(home),
        "--in-spite-of",
        "drill.age",
        "--in-spite-of",
        "drill.missing",
    ]
    command = [sys.executable, "-m", "hamroh.site.cli", *words]
    running = subprocess.Popen(command, env=environment(home), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        assert answers(port, running) is starts
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(60)
    assert passed_over(home) == ([("site.finding", "drill.age")] if starts else [])


def passed_over(home: Path) -> list[tuple[str, str]]:
    """What the journal of a home says was passed over."""
    with sqlite3.connect(home / "hamroh.sqlite3") as database:
        asked = "SELECT record_kind, record_id FROM vault_journalline WHERE verb = 'site.pass_over'"
        return database.execute(asked).fetchall()


def test_it_says_in_the_security_log_what_is_passed_over(home: Path, forked: Forked) -> None:
    aged(drill=31)(home)
    done = forked.hamroh("doctor", "--in-spite-of", "drill.age", "--in-spite-of", "backup.age")
    told = [json.loads(line) for line in done.stderr.splitlines() if line.startswith('{"at"')]
    assert [(each["event"], each["record"]) for each in told] == [("site.pass_over", "site.finding drill.age")]


def answers(port: int, running: Any) -> bool:
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"X-Forwarded-Proto": "https"})
    deadline = time.monotonic() + 120
    while running.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(asked, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            time.sleep(0.1)
    return False


def test_it_finds_debug(settings: Any) -> None:
    settings.DEBUG = True
    assert [each.id for each in installation.debug()] == ["debug"]


def test_it_says_that_a_demonstration_is_one(settings: Any) -> None:
    assert [each.id for each in installation.mode()] == ["mode"]


def test_it_finds_a_database_that_a_power_failure_breaks(db: None) -> None:
    """The tests' own SQLite does not wait for the disk; the tests' own PostgreSQL is run by a superuser."""
    from django.db import connection

    wanted = {"database.durable"} if connection.vendor == "sqlite" else {"database.role", "database.owner"}
    assert {each.id for each in records.database()} == wanted


@pytest.mark.postgres
def test_it_finds_a_superuser(made: tuple[Path, Any], postgres: Any) -> None:
    url = postgres.url(postgres.create())
    told, with_secret = (
        findings(hamroh(made[0], "doctor", "--json", HAMROH_DATABASE=each))
        for each in (url, url.replace("hamroh@", "hamroh:secret@"))
    )
    assert (told["database.role"], with_secret["environment"]) == ("failing", "failing")


def test_it_counts_a_check_that_broke_as_failing(settings: Any) -> None:
    settings.DOCTOR_CHECKS = ("hamroh.site.nowhere",)
    assert [(each.id, each.level) for each in examine()] == [("doctor.check", "failing")]
