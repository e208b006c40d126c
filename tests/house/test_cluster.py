"""The cluster's settings say what keeps an acknowledged write, and the trial's clients and counts are right. The trial itself is run by hand."""

import configparser
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = ROOT / "deploy" / "cluster"
SCRIPTS = ("common", "up", "down", "status", "kill-leader", "start", "cut", "heal")


@pytest.fixture(scope="module")
def prove() -> ModuleType:
    spec = importlib.util.spec_from_file_location("cluster_prove", CLUSTER / "prove.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def filled(name: str) -> str:
    return re.sub(r"@[A-Z_]+@", "1", (CLUSTER / "templates" / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def patroni() -> dict[str, Any]:
    return dict(yaml.safe_load(filled("patroni.yml")))


@pytest.fixture(scope="module")
def pool() -> configparser.SectionProxy:
    parsed = configparser.ConfigParser(interpolation=None)
    parsed.read_string(filled("pgbouncer.ini"))
    return parsed["pgbouncer"]


# -- what is set


def test_it_acknowledges_nothing_that_one_node_alone_has(patroni: dict[str, Any]) -> None:
    agreed = patroni["bootstrap"]["dcs"]
    assert (agreed["synchronous_mode"], agreed["synchronous_mode_strict"]) == (True, True)
    parameters = agreed["postgresql"]["parameters"]
    assert {parameters[name] for name in ("synchronous_commit", "fsync", "full_page_writes")} == {"on"}


def test_it_replaces_a_leader_within_thirty_seconds(patroni: dict[str, Any]) -> None:
    agreed = patroni["bootstrap"]["dcs"]
    assert agreed["ttl"] >= agreed["loop_wait"] + 2 * agreed["retry_timeout"]
    assert agreed["ttl"] <= 15
    assert agreed["primary_start_timeout"] == 0


def test_it_lets_nobody_lead_without_the_majority(patroni: dict[str, Any]) -> None:
    assert patroni["bootstrap"]["dcs"]["failsafe_mode"] is False


def test_it_lets_nobody_into_postgres_from_elsewhere_without_tls_and_a_password(patroni: dict[str, Any]) -> None:
    for line in patroni["postgresql"]["pg_hba"]:
        assert re.match(r"local +all +postgres +peer$|hostssl +\S+ +\S+ +\S+ +scram-sha-256$", line), line


def test_it_checks_the_name_of_whom_a_node_replicates_from(patroni: dict[str, Any]) -> None:
    assert {each["sslmode"] for each in patroni["postgresql"]["authentication"].values()} == {"verify-full"}


def test_it_writes_nothing_that_was_asked_into_the_log_of_the_database(patroni: dict[str, Any]) -> None:
    parameters = patroni["bootstrap"]["dcs"]["postgresql"]["parameters"]
    assert (parameters["log_statement"], parameters["log_min_error_statement"]) == ("none", "panic")
    assert parameters["log_error_verbosity"] == "terse"
    assert parameters["log_parameter_max_length"] == parameters["log_parameter_max_length_on_error"] == 0


def test_it_asks_for_certificates_on_both_sides_of_etcd() -> None:
    told = yaml.safe_load(filled("etcd.yml"))
    assert told["client-transport-security"]["client-cert-auth"] is True
    assert told["peer-transport-security"]["client-cert-auth"] is True
    assert not [value for name, value in told.items() if "urls" in name and "http://" in value]


def test_it_lends_whole_sessions_and_wipes_each(pool: configparser.SectionProxy) -> None:
    assert (pool["pool_mode"], pool["server_reset_query"]) == ("session", "DISCARD ALL")


def test_it_checks_the_leaders_certificate_in_the_pool(pool: configparser.SectionProxy) -> None:
    assert pool["server_tls_sslmode"] == "verify-full"
    assert pool["listen_addr"] == "127.0.0.1"


def test_it_cuts_sessions_with_a_node_that_no_longer_leads() -> None:
    leader = filled("haproxy.cfg").partition("listen leader")[2].partition("listen web")[0]
    assert "on-marked-down shutdown-sessions" in leader
    assert "option httpchk GET /primary" in leader
    assert "verify required" in leader


@pytest.mark.parametrize("script", SCRIPTS)
def test_it_has_scripts_that_the_shell_can_read(script: str) -> None:
    subprocess.run(["sh", "-n", CLUSTER / script], check=True)


# -- a session of a pool


def test_it_gives_a_borrowed_session_back_after_each_request() -> None:
    from hamroh.site import settings

    told = settings._postgres("postgres://hamroh_app@127.0.0.1:6432/hamroh?pooled=1")
    assert (told["POOLED"], told["CONN_MAX_AGE"], "pooled" in told["OPTIONS"]) == (True, 0, False)
    assert settings._postgres("postgres://hamroh_app@127.0.0.1/hamroh")["CONN_MAX_AGE"] == 60


def pooled(postgres: Any, options: str) -> Any:
    """A new connection as through a pool, which dropped what it was told at its start."""
    from django.db.backends.postgresql.base import DatabaseWrapper

    from hamroh.accounts.rowsecurity import open_pooled
    from postgres import _connection

    plain = _connection(postgres, "postgres")
    wrapper = DatabaseWrapper(plain.settings_dict | {"POOLED": True}, alias="default")
    wrapper.ensure_connection()
    wrapper.settings_dict["OPTIONS"] = {"options": options}
    open_pooled(connection=wrapper)
    return wrapper


def shows(wrapper: Any) -> str:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('hamroh.organisations', true), '')")
        return str(cursor.fetchone()[0])


@pytest.mark.postgres
@pytest.mark.parametrize(("options", "shown"), [("-c hamroh.organisations=*", "*"), ("-c hamroh.organisations=", "")])
def test_it_opens_a_borrowed_session_for_commands_alone(
    postgres: Any, django_db_blocker: Any, options: str, shown: str
) -> None:
    with django_db_blocker.unblock():
        wrapper = pooled(postgres, options)
        try:
            assert shows(wrapper) == shown
        finally:
            wrapper.close()


@pytest.mark.postgres
def test_it_knows_a_session_that_two_connections_share(postgres: Any, django_db_blocker: Any) -> None:
    from hamroh.site.doctor.pooling import shared
    from postgres import _connection

    with django_db_blocker.unblock():
        one, other = _connection(postgres, "postgres"), _connection(postgres, "postgres")
        try:
            assert (shared(one, other), shared(one, one)) == (False, True)
        finally:
            one.close()
            other.close()


# -- the trial's own arithmetic

FORM = b"<data><meta><instanceID>uuid:1</instanceID></meta></data>"


class Faulty:
    """A line that breaks so often before it takes a form."""

    broken = 0

    def __init__(self, sent: list[bytes]) -> None:
        self.sent = sent

    def send(self, xml: bytes) -> None:
        self.sent.append(xml)
        if len(self.sent) <= self.broken:
            raise ConnectionResetError


def test_it_sends_the_same_bytes_until_they_are_taken(prove: ModuleType) -> None:
    sent: list[bytes] = []
    line = type("Twice", (Faulty,), {"broken": 2})
    answer = prove.Retrying(lambda: line(sent), pause=0).send(FORM)
    assert (sent, answer.tries, answer.name) == ([FORM] * 3, 3, "uuid:1")


def test_it_takes_a_new_line_after_each_fault(prove: ModuleType) -> None:
    sent: list[bytes] = []
    lines: list[Any] = []
    line = type("Twice", (Faulty,), {"broken": 2})
    prove.Retrying(lambda: lines.append(line(sent)) or lines[-1], pause=0).send(FORM)
    assert len(lines) == 3


def test_it_counts_what_was_acknowledged_and_is_gone(prove: ModuleType) -> None:
    answers = [prove.Answer(name, 0, 1, 1) for name in ("a", "b")]
    assert (prove.lost(answers, {"a": 1}), prove.lost(answers, {"a": 1, "b": 1})) == (1, 0)


def test_it_counts_what_came_twice(prove: ModuleType) -> None:
    assert (prove.doubled({"a": 1, "b": 3}), prove.doubled({"a": 1})) == (2, 0)


def test_it_measures_from_a_form_that_was_sent_after_the_kill(prove: ModuleType) -> None:
    before, after = prove.Answer("a", 9.0, 10.5, 1), prove.Answer("b", 11.0, 17.0, 1)
    assert prove.again_after([before, after], 10.0) == 7.0
    assert prove.again_after([before], 10.0) is None
