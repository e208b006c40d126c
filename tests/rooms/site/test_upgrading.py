"""Whether a version that serves can live with the tables of the next one; and an upgrade of one that serves."""

import hashlib
import os
import signal
import site
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from hamroh.site import upgrading
from service import Service, surroundings
from writing import Writer, check, get_ready

ROOT = Path(__file__).resolve().parents[3]
#: what was taken away before there was a version that could serve meanwhile
BEFORE = {"cases.0011_trafficking: Delete model Whereabouts (stops reading)"}


def hurt(*steps: Any) -> list[str]:
    """What these steps stop, on a table of books that have a title and perhaps a note."""
    state = ProjectState()
    fields = [
        ("id", models.AutoField(primary_key=True)), ("title", models.CharField(max_length=80)), ("note", models.TextField(null=True)),
    ]  # fmt: skip
    state.add_model(ModelState("shelf", "Book", fields))
    made = type("Migration", (migrations.Migration,), {"operations": list(steps)})("0002_more", "shelf")
    return [each.stops for each in upgrading.hurts([made], state)]


@pytest.mark.parametrize(
    ("step", "stops"),
    [
        (migrations.RemoveField("book", "note"), ["reading"]),
        (migrations.RenameField("book", "note", "remark"), ["reading"]),
        (migrations.DeleteModel("Book"), ["reading"]),
        (migrations.RenameModel("Book", "Volume"), ["reading"]),
        (migrations.AddField("book", "year", models.IntegerField(default=0)), ["writing"]),
        (migrations.AlterField("book", "note", models.TextField()), ["writing"]),
        (migrations.AlterField("book", "title", models.CharField(max_length=40)), ["writing"]),
        (migrations.AlterField("book", "title", models.CharField(max_length=80, unique=True)), ["writing"]),
        (migrations.AddField("book", "year", models.IntegerField(null=True)), []),
        (migrations.AddField("book", "year", models.IntegerField(db_default=0)), []),
        (migrations.AlterField("book", "title", models.CharField(max_length=200)), []),
        (migrations.CreateModel("Author", [("id", models.AutoField(primary_key=True))]), []),
    ],
)
def test_it_knows_what_the_version_before_cannot_live_with(step: Any, stops: list[str]) -> None:
    assert hurt(step) == stops


def test_it_asks_what_it_likes_of_a_table_that_is_new() -> None:
    new = migrations.CreateModel("Author", [("id", models.AutoField(primary_key=True))])
    assert hurt(new, migrations.AddField("author", "name", models.TextField())) == []


def test_it_takes_nothing_away_that_the_version_before_reads() -> None:
    """A column or a table goes in the version after the one that stopped reading it."""
    loader = MigrationLoader(None)
    plan = [key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)]
    ours = [loader.graph.nodes[key] for key in dict.fromkeys(plan)]
    state = ProjectState()
    taken = [str(each) for one in ours for each in upgrading.hurts([one], state) if each.stops == "reading"]
    theirs = ("contenttypes.", "django_tasks_database.")
    assert {each for each in taken if not each.startswith(theirs)} == BEFORE


def test_it_says_what_waits(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts' AND name LIKE '0019%%'")
    assert upgrading.waiting() == (1, [])


def installed(prefix: Path, name: str) -> Path:
    """A version beside others: an environment of its own that finds our packages."""
    made = prefix / "versions" / name
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", made], check=True)
    folder = next((made / "lib").glob("python*")) / "site-packages"
    (folder / "ours.pth").write_text("\n".join([str(ROOT / "src"), *site.getsitepackages()]))
    (made / ".whole").touch()
    return made


def script(prefix: Path, home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    line = ["sh", ROOT / "deploy" / "upgrade.sh", *words, "--prefix", prefix, "--home", home, "--without-service"]
    return subprocess.run(
        [str(word) for word in line], env=surroundings(home), capture_output=True, text=True, check=False
    )


class Installed(Service):
    """The service as systemd starts it: by the Python that ``current`` names."""

    def __init__(self, home: Path, prefix: Path) -> None:
        super().__init__(home)
        self.python = prefix / "current" / "bin" / "python"

    def command(self) -> list[str]:
        return [str(self.python), *super().command()[1:]]


@pytest.mark.long
def test_it_upgrades_a_running_installation_and_goes_back(tmp_path: Path, blank_home: Callable[..., Path]) -> None:
    prefix, wheel, lock = tmp_path / "opt", tmp_path / "hamroh-9.9-py3-none-any.whl", tmp_path / "hamroh.lock"
    wheel.write_bytes(b"wheel")
    lock.write_bytes(b"lock")
    old = installed(prefix, "9.8-before")
    new = installed(prefix, f"9.9-{hashlib.sha256(b'wheellock').hexdigest()[:12]}")
    (prefix / "current").symlink_to(old)
    service = Installed(blank_home(tmp_path / "home"), prefix)
    ready = get_ready(service.home)
    service.start()
    writers = [Writer(service, ready, number) for number in range(4)]
    for writer in writers:
        writer.start()
    serving = service.home / "run" / "web.serving"
    wait_for(serving.exists)
    upgraded = script(prefix, service.home, wheel, lock, "--without-backup")
    assert (upgraded.returncode, serving.read_text().strip()) == (0, str(new)), upgraded.stderr
    (new / "bin" / "python").unlink()  # a broken version cannot follow the one that serves, and is not waited for
    back = script(prefix, service.home, "--back")
    assert (back.returncode, serving.read_text().strip()) == (0, str(old)), back.stderr
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join(60)
    os.killpg(service.process.pid, signal.SIGTERM)
    assert service.process.wait(60) == 0
    assert [why for writer in writers for why in writer.why] == []
    check(service.home, writers)


def wait_for(come: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not come():
        assert time.monotonic() < deadline
        time.sleep(0.05)
