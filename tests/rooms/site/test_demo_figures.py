"""The demonstration's profiles: one printed and published, one in review with findings open, ten of a few figures; once, however often it starts."""

import pytest
from django.db import transaction

from hamroh.accounts.models import RecordGrant, User
from hamroh.evidence.models import BlockKind, Edition, EstimateChoice, FindingAnswer, Profile
from hamroh.evidence.presenting.manifest import manifest
from hamroh.evidence.presenting.presenter import present
from hamroh.evidence.references import typed_numbers
from hamroh.evidence.selectors.answers import examined
from hamroh.kernel.datafiles import document, rows
from hamroh.site.demo import figures
from hamroh.site.demo.people import load_people

LANGS = ("en", "az", "ru", "tg")
BSEC = set(document("profile/concepts.yml")["groups"]["bsec_2008"])


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The profiles; they stay for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_people()
        figures.load_figures(lambda: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def printed(loaded) -> Edition:
    return Edition.objects.get(profile__key="azerbaijan")


@pytest.fixture
def draft(loaded) -> Edition:
    return Edition.objects.get(profile__key="tajikistan")


def test_it_has_a_profile_of_every_country_of_the_region_and_of_tajikistan(loaded):
    assert set(Profile.objects.values_list("area", flat=True)) == BSEC | {"TJK"}
    assert Profile.objects.count() == figures.count() == 13


def test_it_publishes_the_printed_profile_with_every_error_answered_for(printed):
    assert (printed.state, printed.label, printed.frozen.frozen_by.username) == ("published", "2008", "lola")
    assert not examined(printed).blocking
    errors = [each for each in examined(printed).found if each.finding.severity == "error"]
    assert FindingAnswer.objects.filter(edition=printed).count() == len(errors) >= 30


def test_it_shows_the_printed_profile_whole_with_at_least_twelve_charts(printed):
    kinds = list(printed.blocks.values_list("kind", flat=True))
    assert (kinds.count(BlockKind.TABLE), kinds.count(BlockKind.FIGURE)) == (9, 78)
    assert kinds.count(BlockKind.CHART) >= 12


@pytest.mark.parametrize("lang", LANGS)
def test_it_says_every_block_of_both_profiles_in_every_language(printed, draft, lang):
    for edition in (printed, draft):
        page = present(manifest(edition), lang)
        blocks = [block for section in page.sections for block in section.blocks]
        assert [block.key for block in blocks if block.lang] == []
        assert [row.label for block in blocks if block.table for row in block.table.rows if not row.label] == []
        assert all("{{" not in run.text for block in blocks for para in block.paragraphs for run in para)
        assert len(page.acronyms) == (15 if edition == printed else 0)


def test_it_draws_every_chart(printed, draft):
    for edition in (printed, draft):
        page = present(manifest(edition), "tg")
        charts = page.of_kind("chart")
        assert len(charts) == edition.blocks.filter(kind=BlockKind.CHART).count()
        assert all("<svg" in block.svg and block.alt and block.title for block in charts)


def test_it_types_no_number_into_prose(printed, draft):
    for edition in (printed, draft):
        for block in edition.blocks.all():
            assert [
                (block.key, number)
                for text in block.content.get("texts", {}).values()
                for number in typed_numbers(text)
            ] == []


def test_it_has_the_draft_in_review_with_somebody_of_a_ministry_and_findings_open(draft):
    held = draft.rounds.get()
    assert (draft.state, held.state, held.reviewers.get().user.username) == ("review", "open", "dilovar")
    assert held.comments.filter(parent=None).count() == 3
    assert held.comments.exclude(parent=None).count() == 1
    assert {grant.to_user for grant in RecordGrant.objects.filter(record_id=draft.pk)} == {
        User.objects.get(username="dilovar")
    }
    assert [each.finding.rule for each in examined(draft).blocking] == ["SHARE"]
    assert {"CONFLICT", "SUBSET"} <= {each.finding.rule for each in examined(draft).found}


def test_it_prefers_an_estimate_with_a_reason_in_every_language_or_says_that_none_can_be(loaded):
    choices = EstimateChoice.objects.all()
    assert {each.preferred.code for each in choices if each.preferred} == {"aze08-T9-5-1", "tjk14-3.1b"}
    assert choices.filter(preferred=None).count() == 5
    assert all(set(each.reasons) == set(LANGS) for each in choices)


def test_it_counts_the_age_of_a_figure_from_the_day_of_its_edition(printed, draft):
    assert (str(printed.as_of), str(draft.as_of)) == ("2008-10-31", "2014-03-31")


def test_it_is_loaded_once(loaded):
    before = Edition.objects.count()
    figures.load_figures(lambda: None)
    assert Edition.objects.count() == before


def test_it_names_every_concept_in_every_language():
    named = {row["concept"] for row in rows("profile/concept-names.csv") if row["of"] == "name"}
    assert named == set(document("profile/concepts.yml")["concepts"])
    for row in rows("profile/concept-names.csv"):
        assert all(row[lang] for lang in LANGS), row
