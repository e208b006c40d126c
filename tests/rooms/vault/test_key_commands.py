"""``hamroh rotate-keys``, ``unseal``, ``seal``, ``recovery``: run as people run them."""

import re

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from forked import Forked
from hamroh.site.commands import keys
from hamroh.site.home import Home
from hamroh.vault import members, shut
from hamroh.vault.errors import VaultSealed
from sealedroom.cast import make_matter

WORDS = "twelve quiet donkeys cross the Zarafshon"
PREPARE = """
import datetime as dt
from hamroh.accounts.models import Organisation
from sealedroom.models import Matter
org = Organisation.objects.create(code="centre", names={}, country="tj")
Matter.objects.create(organisation=org, name="Gulnora", opened_week=dt.date(2026, 1, 5))
"""
LOOK = """
from hamroh.vault import sealing
from sealedroom.models import Matter
print(sealing.open_column(Matter.objects.get(), sealing.sealed_fields(Matter)["name"]))
"""


def test_it_seals_and_unseals_a_whole_installation(tmp_path, blank_home) -> None:
    with Forked(blank_home(tmp_path), "sealedroom.settings") as home:
        assert home.script(PREPARE).returncode == 0
        changed = home.hamroh("rotate-keys", "--master", "--passphrase", typed=f"{WORDS}\n{WORDS}\n")
        assert "keys are wrapped" in changed.stdout, changed.stderr
        assert list((tmp_path / "keys").glob("master*.key")) == []
        assert "run hamroh unseal" in home.script(LOOK).stderr
        assert home.hamroh("unseal", typed="wrong words that are long\n").returncode == 1
        try:
            opened = home.hamroh("unseal", typed=f"{WORDS}\n")
            assert opened.returncode == 0, opened.stderr
            assert home.script(LOOK).stdout == "Gulnora\n"
            assert home.hamroh("rotate-keys", "--organisation", "centre").returncode == 0
            assert home.script(LOOK).stdout == "Gulnora\n"
        finally:
            assert "is sealed" in home.hamroh("seal").stdout
        assert "run hamroh unseal" in home.script(LOOK).stderr


def test_it_leaves_one_keeper_however_often_it_is_unsealed(tmp_path, blank_home) -> None:
    with Forked(blank_home(tmp_path), "sealedroom.settings") as home:
        assert home.script(PREPARE).returncode == 0
        assert home.hamroh("rotate-keys", "--master", "--passphrase", typed=f"{WORDS}\n{WORDS}\n").returncode == 0
        first = home.start("unseal", "--foreground", typed=f"{WORDS}\n")
        while "the vault is open" not in first.said():
            assert not first.over
        assert home.hamroh("unseal", typed=f"{WORDS}\n").returncode == 0
        assert first.done().returncode == 0
        assert home.script(LOOK).stdout == "Gulnora\n"
        assert "is sealed" in home.hamroh("seal").stdout
        assert "sealed already" in home.hamroh("seal").stdout


def test_it_says_when_the_keeper_could_not_start(tmp_path, blank_home) -> None:
    with Forked(blank_home(tmp_path), "sealedroom.settings") as home:
        assert home.script(PREPARE).returncode == 0
        assert home.hamroh("rotate-keys", "--master", "--passphrase", typed=f"{WORDS}\n{WORDS}\n").returncode == 0
        (tmp_path / "run" / "unsealed.sock").mkdir(parents=True)
        refused = home.hamroh("unseal", typed=f"{WORDS}\n")
        assert refused.returncode == 1
        assert "did not start" in refused.stderr


@pytest.fixture
def home(tmp_path, monkeypatch):
    place = Home(tmp_path)
    place.settle("demo")
    monkeypatch.setattr(settings, "HOME", place)
    return tmp_path


def test_it_rotates_an_organisation(home, cast) -> None:
    make_matter(cast)
    said = CliRunner().invoke(keys.rotate_keys, ["--organisation", "centre"])
    assert said.output.startswith("1 rows are sealed"), said.output
    said = CliRunner().invoke(keys.rotate_keys, ["--organisation", "centre", "--finish"])
    assert said.exit_code == 1
    assert "wait" in said.output


def test_it_names_organisations_it_knows(home, cast) -> None:
    said = CliRunner().invoke(keys.rotate_keys, ["--organisation", "nobody"])
    assert said.exit_code == 1
    assert "centre, gender-centre" in said.output


def test_it_recovers_by_two_papers(home, cast) -> None:
    printed = CliRunner().invoke(keys.recovery, ["make", "centre"]).output
    papers = re.findall(r"^(?:[a-z]+ ){20,}[a-z]+$", printed, re.MULTILINE)
    assert len(papers) == 3
    said = CliRunner().invoke(keys.recovery, ["drill", "centre"], input=f"{papers[2]}\n{papers[0]}\n")
    assert "can recover" in said.output
    said = CliRunner().invoke(keys.recovery, ["drill", "centre"], input=f"{papers[0]}\n{papers[0]}\n")
    assert said.exit_code == 1


def test_it_answers_503_while_it_is_sealed() -> None:
    areas = shut.SealedAreas(lambda _request: HttpResponse())
    request = RequestFactory().get("/desk/")
    answer = areas.process_exception(request, VaultSealed("sealed"))
    assert answer.status_code == 503
    assert "Ганҷина баста аст" in answer.content.decode()
    assert areas.process_exception(request, ValueError()) is None


def test_it_readmits_only_whose_key_was_compared(home, cast) -> None:
    printed = CliRunner().invoke(keys.recovery, ["make", "centre"]).output
    papers = "\n".join(re.findall(r"^(?:[a-z]+ ){20,}[a-z]+$", printed, re.MULTILINE)[:2]) + "\n"
    said = CliRunner().invoke(keys.recovery, ["readmit", "centre", "zarina"], input=f"y\n{papers}")
    assert "no key of her own" in said.output
    members.create(cast.zarina.pk, bytes(32), name="passkey-1")
    said = CliRunner().invoke(keys.recovery, ["readmit", "centre", "zarina"], input="n\n")
    assert said.exit_code == 1
    said = CliRunner().invoke(keys.recovery, ["readmit", "centre", "zarina"], input=f"y\n{papers}")
    assert members.fingerprint(cast.zarina.pk) in said.output
    assert "opens 0 record keys again" in said.output
