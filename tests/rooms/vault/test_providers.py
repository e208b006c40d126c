"""Where the master key comes from, and what happens when it does not come."""

import ast
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from hamroh.site.home import Home
from hamroh.vault import actions, keeper, keyring, providers
from hamroh.vault.errors import MasterKeyRefused, VaultSealed
from hamroh.vault.providers import Command, Credential, KeyFile, Passphrase
from sealedroom.cast import make_matter
from sealedroom.models import Matter

KEY = bytes(range(32))
WORDS = "twelve quiet donkeys cross the Zarafshon"
#: a key service as small as can be: it wraps by a key that it keeps beside itself
SERVICE = """
import sys
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
does = {"wrap": aes_key_wrap, "unwrap": aes_key_unwrap}[sys.argv[1]]
sys.stdout.buffer.write(does(bytes(32), sys.stdin.buffer.read()))
"""
KEEP = "import sys; from pathlib import Path; from hamroh.vault import keeper; keeper.serve(Path(sys.argv[1]), {sys.argv[2]: bytes.fromhex(sys.argv[3])})"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    place = Home(tmp_path / "home")
    place.settle("demo")
    monkeypatch.setattr(settings, "HOME", place)
    return place.path


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch) -> None:
    monkeypatch.setattr(providers, "COST", {"memory_cost": 64, "time_cost": 1, "parallelism": 1})


def test_it_makes_a_key_file_for_its_owner_alone(tmp_path) -> None:
    file = KeyFile(tmp_path / "master.key", demo=True)
    file.make()
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o400
    assert len(file.key()) == 32


def test_it_makes_no_second_key_over_the_first(tmp_path) -> None:
    file = KeyFile(tmp_path / "master.key", demo=True)
    file.make()
    before = file.key()
    file.make()
    assert file.key() == before


def test_it_refuses_a_key_file_that_others_may_read(tmp_path) -> None:
    file = KeyFile(tmp_path / "master.key", demo=True)
    file.make()
    file.path.chmod(0o440)
    with pytest.raises(MasterKeyRefused, match="others may read"):
        file.key()


def test_it_refuses_a_demo_key_in_production(tmp_path) -> None:
    KeyFile(tmp_path / "master.key", demo=True).make()
    with pytest.raises(MasterKeyRefused, match="demo"):
        KeyFile(tmp_path / "master.key", demo=False).key()


@pytest.mark.parametrize("content", [b"", b"short", KEY + b"x"])
def test_it_refuses_what_is_no_key(tmp_path, content) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)
    path.chmod(0o400)
    with pytest.raises(MasterKeyRefused):
        KeyFile(path, demo=True).key()


def test_it_takes_a_credential_of_systemd(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(VaultSealed):
        Credential().key()
    (tmp_path / "hamroh-master").write_bytes(KEY)
    assert Credential().unwrap(Credential().wrap(bytes(32))) == bytes(32)


def test_it_lets_a_key_service_wrap(tmp_path) -> None:
    program = tmp_path / "service.py"
    program.write_text(SERVICE, encoding="utf-8")
    service = Command((sys.executable, str(program), "wrap"), (sys.executable, str(program), "unwrap"))
    wrapped = service.wrap(KEY)
    assert wrapped != KEY
    assert service.unwrap(wrapped) == KEY


@pytest.mark.parametrize("command", [("/nowhere/at/all",), (sys.executable, "-c", "raise SystemExit(1)")])
def test_it_is_sealed_while_the_key_service_is_silent(command) -> None:
    with pytest.raises(VaultSealed):
        Command(command, command).unwrap(KEY)


def test_it_does_not_unwrap_by_another_key(tmp_path) -> None:
    wrapped = providers.Held(KEY).wrap(bytes(32))
    with pytest.raises(MasterKeyRefused):
        providers.Held(bytes(32)).unwrap(wrapped)


# -- a passphrase and its keeper -----------------------------------------------------------------------------------


@pytest.fixture
def kept(home):
    """A vault under a passphrase, and a way to start a keeper; all keepers end with the test."""
    actions.set_passphrase(actor=None, passphrase=WORDS)
    running = []

    def keep(words: str = WORDS) -> subprocess.Popen:
        ((check, key),) = actions.keep_passphrase(words).items()
        arguments = [sys.executable, "-c", KEEP, str(keeper.place()), check, key.hex()]
        running.append(subprocess.Popen(arguments))
        while keeper.ask(keeper.place(), check) is None:
            assert running[-1].poll() is None
            time.sleep(0.05)
        return running[-1]

    yield keep
    for process in running:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_it_is_sealed_until_somebody_types_the_passphrase(cast, kept, opened) -> None:
    with pytest.raises(VaultSealed), transaction.atomic():
        make_matter(cast)
    kept()
    make_matter(cast)
    keyring.forget()
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"


def test_it_refuses_a_wrong_passphrase(cast, kept) -> None:
    with pytest.raises(MasterKeyRefused):
        actions.keep_passphrase("twelve quiet donkeys cross the river")


def test_it_forgets_its_keys_when_the_keeper_ends(cast, kept, opened, monkeypatch) -> None:
    keeps = kept()
    make_matter(cast)
    opened(Matter.objects.get(), "name")
    monkeypatch.setattr(keyring, "REFRESH", 0)
    assert actions.forget_passphrase()
    assert keeps.wait(10) == 0
    with pytest.raises(VaultSealed):
        opened(Matter.objects.get(), "name")
    assert not actions.forget_passphrase()


def test_it_keeps_the_key_behind_a_socket_for_its_owner_alone(cast, kept) -> None:
    kept()
    assert stat.S_IMODE(keeper.place().stat().st_mode) == 0o600


def test_it_gives_the_key_only_for_its_id(cast, kept) -> None:
    kept()
    assert keeper.ask(keeper.place(), "0" * 16) is None


def test_it_writes_no_key_of_the_passphrase_to_disk(cast, kept, home) -> None:
    keeps = kept()
    make_matter(cast)
    said = providers.provider(json.loads((home / "keys" / "master.json").read_text()))
    assert isinstance(said, Passphrase)
    key = said.stretched(WORDS)
    files = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert not any(key in content or WORDS.encode() in content for content in files)
    assert keeps.poll() is None


@pytest.mark.skipif(not Path("/proc/self").exists() or os.getuid() == 0, reason="the superuser may look everywhere")
def test_it_lets_no_other_process_look_into_the_keeper(cast, kept) -> None:
    with pytest.raises(PermissionError):
        Path(f"/proc/{kept().pid}/mem").open("rb").close()


def test_it_stretches_a_passphrase_by_64_mib_and_three_passes() -> None:
    """Asked of a process of its own: the tests stretch lightly."""
    script = "from hamroh.vault import providers; print(providers.COST)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout) == {"memory_cost": 65536, "time_cost": 3, "parallelism": 1}


def test_it_asks_for_a_long_passphrase(home) -> None:
    with pytest.raises(MasterKeyRefused, match="20 characters"):
        actions.set_passphrase(actor=None, passphrase="short")
