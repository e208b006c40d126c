"""The shared cast: the people and organisations that every test knows."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import counts  # noqa: F401 - settles how many examples are tried
from tables import empty_at_once, settle

PASSWORD = "a long walk to the river"
#: folders whose few tests take long, the longest first
LONG_FIRST = ("rooms/site", "journeys", "house", "rooms/vault", "rooms/accounts")


def pytest_xdist_make_scheduler(config: Any, log: Any) -> Any:
    """Files are spread so that a lost process leaves nobody waiting."""
    from scheduling import Steady

    return Steady(config, log)


def pytest_configure() -> None:
    """Texts are read from compiled catalogues, which no clone carries."""
    from hamroh.site.messages import compile_stale

    compile_stale()
    _stretch_lightly()
    _look_for_static_files_once()
    empty_at_once()


def _stretch_lightly() -> None:
    """Passphrases are stretched by a hundredth of the memory here; a test asks what they cost in a process of its own."""
    from hamroh.vault import providers

    providers.COST.update(memory_cost=640, time_cost=1)


def _look_for_static_files_once() -> None:
    """Every new test client builds its own chain of middleware, and WhiteNoise lists all static files anew for each."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add(self: Any) -> None:
        if self.static_prefix not in found:
            look(self)
            found[self.static_prefix] = dict(self.files)
        self.files.update(found[self.static_prefix])

    WhiteNoiseMiddleware.add_files_from_finders = add


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no worker is left alone with it while the others have nothing to do."""
    here = Path(__file__).parent
    folders = {item.path: item.path.relative_to(here).as_posix() for item in items}
    ranks = {path: [not name.startswith(folder) for folder in LONG_FIRST] for path, name in folders.items()}
    items.sort(key=lambda item: ranks[item.path])


#: how it sounds when the browser, or the time it was given, failed, or a page was not there yet: of what the journey tests that says nothing
BROWSER_FAILED = (
    "Protocol error", "Target crashed", "has been closed", "Timeout ", "context was destroyed", "interrupted by another navigation",
    "of null (reading 'scroll",
)  # fmt: skip


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name the journeys in which not the product but the browser failed: the gate runs them once more."""
    for report in terminalreporter.getreports("failed") + terminalreporter.getreports("error"):
        crash = getattr(report.longrepr, "reprcrash", None)
        said = crash.message if crash else ""
        if said.startswith("playwright._impl._errors.") and any(mark in said for mark in BROWSER_FAILED):
            terminalreporter.write_line(f"the browser failed in '{report.nodeid}'")


@dataclass(frozen=True)
class Cast:
    """Zarina edits for the migrant support centre, Aygün for the gender centre, Temur administers; Rustam is nobody."""

    centre: Any
    gender_centre: Any
    zarina: Any
    aygun: Any
    temur: Any
    rustam: Any
    password: str = PASSWORD


def _person(username: str, name: str, language: str) -> Any:
    from hamroh.accounts.models import User

    return User.objects.create_user(username, PASSWORD, display_name=name, language=language)


@pytest.fixture
def cast(db: None) -> Cast:
    from hamroh.accounts.models import Membership, Organisation, Role

    centre = Organisation.objects.create(code="centre", names={"en": "Migrant support centre"}, country="tj")
    gender = Organisation.objects.create(code="gender-centre", names={"en": "Gender centre"}, country="az")
    cast = Cast(
        centre=centre,
        gender_centre=gender,
        zarina=_person("zarina", "Zarina Karimova", "tg"),
        aygun=_person("aygun", "Aygün Həsənova", "az"),
        temur=_person("temur", "Temur Nazarov", "ru"),
        rustam=_person("rustam", "Rustam Saidov", "tg"),
    )
    Membership.objects.create(user=cast.zarina, organisation=centre, role=Role.EDITOR)
    Membership.objects.create(user=cast.aygun, organisation=gender, role=Role.EDITOR)
    Membership.objects.create(user=cast.temur, organisation=centre, role=Role.ADMINISTRATOR)
    return cast


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, shared: Path) -> Iterator[None]:
    """Tables are migrated once for a run."""
    from django.db import connection

    usual = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        settle(connection, shared)
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(usual, verbosity=0)


@pytest.fixture(scope="session")
def blank_home(shared: Path) -> Callable[..., Path]:
    """``blank_home(folder)`` makes a home with an empty database and static files."""
    from homes import copied, pattern

    return lambda home: copied(pattern(shared), home)


@pytest.fixture
def fresh_keys() -> Iterator[None]:
    """No test meets keys of the one before."""
    from hamroh.vault import keyring

    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture(scope="session", autouse=True)
def keys_stay() -> Iterator[None]:
    """A process asks every few seconds whether keys changed elsewhere: on a slow machine that would fall among queries that are counted."""
    from hamroh.vault import keyring

    usual, keyring.REFRESH = keyring.REFRESH, 3600.0
    yield
    keyring.REFRESH = usual


@pytest.fixture(autouse=True)
def no_language() -> Iterator[None]:
    """A request leaves its language behind in the process: no test hears that of the one before."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A running server; ``postgres.create()`` makes an empty database, ``postgres.url(name)`` is its address."""
    from hamroh.site.benches.postgres import server

    with server() as running:
        yield running


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 KB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = [shutil.which("mount") or "mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs root, who may mount a small disk")
    yield folder
    subprocess.run([shutil.which("umount") or "umount", str(folder)], check=True)
