"""A page shows a figure of the evidence by its code, as it stands there, and never one that is not public."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence_reading import Shelf, built, centres
from evidence_world import person
from hamroh.pages.blocks import FigureCode

DRAFT = "secret-idps"


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelf]:
    """Everything is rolled back when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built(centres())
        transaction.set_rollback(True)


@pytest.fixture
def shown(db: None, shelf: Shelf) -> Any:
    """Publishes news with these figures and asks for it."""
    from hamroh.accounts.models import Role
    from hamroh.pages import actions

    house = shelf.people.centre
    editor = person("zarina", "Zarina", "tg", house, Role.EDITOR)
    actions.ensure_sections(house)

    def asked(*codes: str) -> str:
        body = [("figure", {"code": code, "caption": "Слова под ней"}) for code in codes]
        page = actions.write_page(
            actor=editor, organisation=house, lang="ru", title="Сколько их", kind="news", summary="Числа.", body=body
        )
        actions.publish_now(actor=editor, page=page)
        answer = Client().get(page.path_in_language)
        assert answer.status_code == 200
        return answer.content.decode()

    return asked


def test_it_shows_the_figure_with_its_words_and_its_source(shelf: Shelf, shown: Any) -> None:
    from hamroh.evidence.models import Observation

    code = shelf.figure("6.7g")
    page = shown(code)
    source = Observation.objects.get(code=code).source
    assert [
        each in page for each in (f"/ru/evidence/figure/{code}/", f"/ru/evidence/sources/{source.key}/", "Слова")
    ] == [True] * 3


def test_it_shows_nothing_of_a_figure_that_is_not_public(shown: Any) -> None:
    assert [each in shown(DRAFT) for each in (DRAFT, "Слова под ней")] == [False, False]


@pytest.mark.parametrize("told", [DRAFT, "nowhere", "/ru/evidence/figure/secret-idps/"])
def test_it_takes_no_figure_that_is_not_public(db: None, shelf: Shelf, told: str) -> None:
    with pytest.raises(ValidationError):
        FigureCode().clean(told)


def test_it_takes_the_address_of_a_figure(db: None, shelf: Shelf) -> None:
    code = shelf.figure("6.7g")
    assert FigureCode().clean(f"https://hamroh.example/tg/evidence/figure/{code}/?as_of=2026-01-01") == code


def test_it_asks_no_more_for_many_figures_than_for_one(shelf: Shelf) -> None:
    from hamroh.evidence.models import Observation
    from hamroh.evidence.onpages import shown_figures

    codes = list(Observation.objects.filter(code__startswith="aze08-").values_list("code", flat=True)[:12])
    shown_figures(codes=codes, lang="tg")  # frozen contents are read once in a process
    with CaptureQueriesContext(connection) as one:
        shown_figures(codes=codes[:1], lang="tg")
    with CaptureQueriesContext(connection) as many:
        found = shown_figures(codes=codes, lang="tg")
    assert (len(many), len(found) > 5) == (len(one), True)
