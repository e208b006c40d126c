"""Figures for Prometheus: for who shows the token alone, and nobody's name, address or words in them."""

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hamroh.site import counting, metrics
from hamroh.site.backup import records
from hamroh.vault import providers
from hamroh.vault.tasks import keep_house_daily

ORGANISATION, WORD = "Zwqxorganisation", "Zwqxtyped"


@pytest.fixture
def scraped(client: Any, db: None) -> Any:
    """The figures by name, those with labels as one."""

    def ask() -> dict[str, float]:
        answer = client.get("/metrics", headers={"authorization": f"Bearer {metrics.token()}"})
        assert answer.status_code == 200
        rows = re.findall(r"^(\w+(?:\{.*\})?) (\S+)$", answer.content.decode(), re.MULTILINE)
        return {name: float(value) for name, value in rows}

    return ask


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer wrong", "Basic wrong"])
def test_it_is_not_there_without_the_token(client: Any, db: None, shown: str) -> None:
    assert client.get("/metrics", headers={"authorization": shown}).status_code == 404


def test_it_counts_requests_by_view_and_class_of_status(client: Any, scraped: Any) -> None:
    name = 'hamroh_requests_total{method="GET",status="2xx",view="healthz"}'
    before = scraped().get(name, 0)
    client.get("/healthz")
    assert scraped()[name] == before + 1


def test_it_measures_how_long_a_view_takes(client: Any, scraped: Any) -> None:
    before = scraped().get('hamroh_request_seconds_count{view="healthz"}', 0)
    client.get("/healthz")
    assert scraped()['hamroh_request_seconds_count{view="healthz"}'] == before + 1


def test_it_tells_nothing_that_an_address_or_a_record_says(client: Any, cast: Any, scraped: Any) -> None:
    type(cast.centre).objects.filter(pk=cast.centre.pk).update(names={"en": ORGANISATION}, code=ORGANISATION.lower())
    client.force_login(cast.zarina)
    client.get("/desk/")
    client.get("/ru/search/", {"q": WORD})
    client.get(f"/ru/{WORD}/")
    client.get(f"/desk/cases/{WORD}/")
    text = "\n".join(scraped()).casefold()
    assert [
        word for word in (ORGANISATION, WORD, "zarina", "centre", str(cast.zarina.pk)) if word.casefold() in text
    ] == []
    assert 'view="none"' in text


def test_it_says_how_long_the_oldest_task_waits(scraped: Any) -> None:
    late = timezone.now() - dt.timedelta(minutes=5)
    row = DBTaskResult.objects.create(
        task_path=keep_house_daily.module_path, args_kwargs={"args": [WORD], "kwargs": {}}, backend_name="default", run_after=late
    )  # fmt: skip
    told = scraped()
    assert (told["hamroh_tasks_due"], 300 <= told["hamroh_tasks_due_age_seconds"] < 330) == (1, True)
    row.claim("worker")
    row.set_failed(ValueError(WORD))
    assert scraped()['hamroh_tasks{state="failed",task="keep_house_daily"}'] == 1


def test_it_says_since_when_there_was_no_backup(scraped: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hour_ago = (timezone.now() - dt.timedelta(hours=1)).isoformat()
    monkeypatch.setattr(records, "known", lambda: {"backup": {"at": hour_ago}})
    told = scraped()
    assert (3600 <= told["hamroh_backup_age_seconds"] < 3630, told["hamroh_drill_age_seconds"]) == (True, -1)


def test_it_says_that_the_vault_is_sealed(scraped: Any, cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from hamroh.vault import keyring

    keyring.active(cast.centre.pk)
    assert scraped()["hamroh_vault_open"] == 1

    def gone(self: Any) -> bytes:
        raise providers.VaultSealed("no key")

    monkeypatch.setattr(providers.KeyFile, "key", gone)
    assert scraped()["hamroh_vault_open"] == 0


def test_it_asks_as_much_however_many_tasks_there_are(scraped: Any, django_assert_max_num_queries: Any) -> None:
    DBTaskResult.objects.bulk_create(
        DBTaskResult(task_path=f"a.b.c{number}", args_kwargs={}, backend_name="default", run_after=timezone.now())
        for number in range(60)
    )
    with django_assert_max_num_queries(8):
        scraped()


def test_it_tells_the_sum_of_all_processes_of_the_web(tmp_path: Path) -> None:
    code = """
import django; django.setup()
from hamroh.site import counting, metrics
metrics.Standing.collect = lambda self: iter(())
metrics.count("healthz", "GET", "2xx", 0.1)
print(metrics.generate_latest(metrics._together()).decode())
"""
    told = ""
    env = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hamroh.site.settings"}
    for _process in range(2):
        told = subprocess.run(
            [sys.executable, "-c", code], env=env, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
    assert 'hamroh_requests_total{method="GET",status="2xx",view="healthz"} 2.0' in told


def test_it_counts_from_nothing_when_the_web_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "")
    counting.begin(tmp_path)
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    (folder / "counter_1.db").write_bytes(b"x")
    counting.begin(tmp_path)
    assert list(folder.iterdir()) == []
