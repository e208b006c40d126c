"""The library of the demonstration: whole, honest about what is not verified, loaded once."""

from typing import Any

import pytest

from hamroh.library.models import Record


@pytest.fixture
def loaded(words: None, settings: Any) -> None:
    from hamroh.site.demo.library import load_library
    from hamroh.site.demo.people import load_people

    settings.IS_DEMO = True
    editors = load_people()
    load_library(editors, lambda: None)
    load_library(editors, lambda: None)


def test_it_is_loaded_once_and_whole(loaded: None) -> None:
    from hamroh.site.demo.library import count

    kinds = list(Record.objects.public().values_list("kind", flat=True))
    assert kinds.count("law") + kinds.count("instrument") == count() - 1
    assert (kinds.count("issue"), kinds.count("article"), kinds.count("course"), kinds.count("teaching_set")) == (
        1,
        2,
        1,
        1,
    )


def test_it_leaves_to_be_verified_what_no_document_dates(loaded: None) -> None:
    from hamroh.library.models import Act

    undated = Act.objects.filter(adopted="").values_list("certainty", flat=True)
    assert set(undated) == {"C"}


def test_it_says_where_each_record_comes_from(loaded: None) -> None:
    assert all(record.source["title"] for record in Record.objects.all())


def test_it_tells_its_copies_by_region(client: Any, loaded: None) -> None:
    issue = Record.objects.get(kind="issue")
    html = client.get(f"/en/library/{issue.code}/").content.decode()
    assert "550 copies" in html
