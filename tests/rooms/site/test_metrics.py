"""Figures for Prometheus: for who shows the token alone, and nobody's name, address or words in them."""

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from hamroh.site import metrics
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
