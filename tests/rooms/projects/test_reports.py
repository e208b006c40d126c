"""Reports to donors: live until they are approved, frozen by two people, compared figure by figure, lent and taken back."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from desk_world import TODAY, asked, at, employ
from hamroh.accounts import policy
from hamroh.accounts.models import Role, User
from hamroh.kernel import datafiles, reporting
from hamroh.projects.actions import reports as actions
from hamroh.projects.actions.frame import NotNow
from hamroh.projects.actions.reports import Contents
from hamroh.projects.models import Activity, DonorReport, FrozenReport, Reach, Risk, Written
from hamroh.projects.reports import gathering, paper, pdf, word
from hamroh.projects.selectors import reports as reads
from hamroh.site.demo import donors
from reports_world import WORDS, Work, approved, draft, mark, open_work, proposed, reached, superseded

KEY = "i:1.1:2026-01-01:2026-06-30"


@pytest.fixture
def work(db: Any) -> Work:
    return open_work()


def content(work: Work, row: DonorReport) -> dict[str, Any]:
    return gathering.composed(row, actor=work.lola)


def shown(work: Work, row: DonorReport, lang: str = "en") -> paper.Paper:
    return paper.paper(gathering.content_of(row, actor=work.lola), lang, stories=lambda _ids: {})


def texts(found: paper.Paper) -> str:
    return json.dumps([*map(str, found.sections), str(found.imprint), str(found.changes)], ensure_ascii=False)


# -- drafts ----------------------------------------------------------------------------------------------------------


def test_it_reads_figures_live_with_their_sources(work: Work) -> None:
    row = draft(work)
    reached(work, 120)
    figure = content(work, row)["figures"][KEY]
    assert (figure["value"], figure["target"], figure["source"]["words"]) == ("120", "150", "Attendance lists")


def test_it_adds_no_currency_to_another(work: Work) -> None:
    money = content(work, draft(work))["money"]
    assert [row["currency"] for row in money] == ["TJS", "USD"]


def test_it_tells_no_hidden_partner_and_no_hidden_place(work: Work) -> None:
    Activity.objects.update(is_hidden=True)
    plain = reporting.canonical(content(work, draft(work))).decode()
    assert "Zwqxhidden" not in plain
    assert "House of culture" not in plain
    assert "Khorog" not in plain


def test_it_withholds_all_parts_where_one_is_small(work: Work) -> None:
    reached(work, 44)
    reached(work, 41, dimensions={"sex": "f"})
    reached(work, 3, dimensions={"sex": "m"})
    made = content(work, draft(work))
    parts = [figure for key, figure in made["figures"].items() if "sex=" in key]
    assert [(each["value"], each["withheld"]) for each in parts] == [(None, True), (None, True)]
    assert made["figures"][KEY]["value"] == "44"


def test_it_withholds_whom_an_activity_was_for_where_they_are_few(work: Work) -> None:
    activity = Activity.objects.get()
    Reach.objects.create(organisation=work.school.house, activity=activity, group="girls", number=2)
    figures = content(work, draft(work))["figures"]
    assert [figures[f"a:{activity.code}:{at}"]["value"] for at in (0, 1)] == [None, None]


def test_it_leaves_risks_out_until_somebody_puts_them_in(work: Work) -> None:
    Risk.objects.create(
        organisation=work.school.house, project=work.project, texts={"en": "Zwqxrisk"}, likelihood=2, harm=4, made_by=work.lola
    )  # fmt: skip
    row = draft(work)
    assert "Zwqxrisk" not in reporting.canonical(content(work, row)).decode()
    actions.choose_contents(actor=work.lola, report=row, contents=Contents((), (), ()), seen=row.changed_at)
    row.refresh_from_db()
    assert "Zwqxrisk" in reporting.canonical(content(work, row)).decode()


def test_it_refuses_to_write_over_what_somebody_wrote_meanwhile(work: Work) -> None:
    row = draft(work, written=False)
    seen = row.changed_at
    actions.write_section(actor=work.lola, report=row, section="short", words=WORDS, seen=seen)
    with pytest.raises(NotNow):
        actions.write_section(actor=work.manizha, report=row, section="short", words={"en": "Other."}, seen=seen)


# -- approval --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "flaw"),
    [
        ({"source_words": ""}, "no_source"),
        ({"source_kind": "release", "source_ref": "0198-0000#all"}, "not_released"),
        ({"approved_by": None, "approved_at": None}, "not_confirmed"),
    ],
)
def test_it_finds_what_is_wrong_with_a_figure(work: Work, wrong: dict[str, Any], flaw: str) -> None:
    reached(work, 120, **wrong)
    row = draft(work)
    assert flaw in [each.flaw.value for each in actions.findings(row, content(work, row))]


def test_it_is_not_proposed_while_words_lack_in_a_language(work: Work) -> None:
    reached(work, 120)
    row = draft(work, written=False)
    with pytest.raises(NotNow):
        proposed(work, row)


def test_it_takes_two_people_to_approve(work: Work) -> None:
    row = proposed(work, draft(work))
    with pytest.raises(NotNow):
        actions.approve_report(actor=work.lola, report=row, mark=mark(work, row, work.lola))
    with pytest.raises(DatabaseError), transaction.atomic():
        DonorReport.objects.filter(pk=row.pk).update(
            state="approved", approved_by=work.lola, approved_at=dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
        )


def test_it_approves_only_what_was_read(work: Work) -> None:
    actual = reached(work, 120)
    row = proposed(work, draft(work))
    read = mark(work, row)
    superseded(work, actual, 118)
    with pytest.raises(NotNow):
        actions.approve_report(actor=work.manizha, report=row, mark=read)


def test_it_stands_as_it_was_approved(work: Work) -> None:
    actual = reached(work, 120)
    row = draft(work)
    frozen = approved(work, row)
    superseded(work, actual, 118)
    assert gathering.content_of(row, actor=work.lola)["figures"][KEY]["value"] == "120"
    assert reporting.digest(bytes(FrozenReport.objects.get().content)) == frozen.digest


def test_it_is_changed_by_nobody_once_it_is_frozen(work: Work) -> None:
    frozen = approved(work)
    with pytest.raises(Written):
        frozen.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE projects_frozenreport SET content = %s", [b"{}"])


# -- what changed ----------------------------------------------------------------------------------------------------


def test_it_says_which_figure_of_the_last_report_was_corrected(work: Work) -> None:
    actual = reached(work, 120)
    approved(work)
    superseded(work, actual, 118)
    reached(work, 90, "second")
    found = {each["key"]: (each["before"], each["after"], each["why"]) for each in content(work, draft(work, "second"))["changes"]}  # fmt: skip
    assert found[KEY] == ("120", "118", "corrected")
    assert found["i:1.1:2026-07-01:2026-12-31"] == ("", "90", "new_period")
    assert found["i:1.1:so_far"] == ("120", "208", "new_period")
    assert not [key for key, (_before, _after, why) in found.items() if why == "gone"]


def test_it_tells_the_changes_in_the_annex(work: Work) -> None:
    actual = reached(work, 120)
    approved(work)
    superseded(work, actual, 118)
    changes = shown(work, draft(work, "second")).changes
    assert changes is not None
    said = [[cell.text for cell in row] for row in changes.blocks[1].rows]
    assert ["120", "118", "Corrected: a newer figure took its place"] in [row[1:] for row in said]


def test_it_compares_a_correction_with_what_it_corrects(work: Work) -> None:
    actual = reached(work, 120)
    row = draft(work)
    approved(work, row)
    superseded(work, actual, 118)
    again = actions.correct_report(actor=work.lola, report=row)
    approved(work, again)
    row.refresh_from_db()
    assert row.state == "replaced"
    assert json.loads(bytes(FrozenReport.objects.get(report=again).content))["before"]["version"] == 1


# -- donors ----------------------------------------------------------------------------------------------------------


def lent(work: Work, row: DonorReport, who: str, house: Any = None) -> Any:
    return actions.give_report(
        actor=work.lola, report=row, username=who, organisation=house or work.school.office.other, until=TODAY + dt.timedelta(days=30)
    )  # fmt: skip


def test_it_gives_no_draft_to_anybody(work: Work) -> None:
    with pytest.raises(NotNow):
        lent(work, draft(work), "olav")


def test_it_opens_for_a_donor_and_for_a_guest_until_it_is_taken_back(work: Work) -> None:
    row = draft(work)
    approved(work, row)
    address = reverse("project-reports:report", kwargs={"code": row.code, "version": 1})
    for who, house in ((work.ingrid, work.school.house), (work.olav, work.school.office.other)):
        client = at(who)
        assert client.get(address).status_code == 404
        grant = lent(work, row, who.username, house)
        assert client.get(address).status_code == 200
        assert row.code in client.get(reverse("project-reports:list")).content.decode()
        actions.take_report_back(actor=work.lola, report=row, grant=grant.pk)
        assert client.get(address).status_code == 404


def test_it_lends_the_report_and_nothing_else(work: Work) -> None:
    row = draft(work)
    approved(work, row)
    lent(work, row, "ingrid", work.school.house)
    later = draft(work, "second")
    client = at(work.ingrid)
    assert client.get(reverse("project-reports:report", kwargs={"code": later.code, "version": 1})).status_code == 404
    page = client.get(reverse("project-reports:report", kwargs={"code": row.code, "version": 1})).content.decode()
    assert reverse("project-reports:step", kwargs={"code": row.code, "version": 1}) not in page
    with pytest.raises(policy.Refused):
        policy.require(work.ingrid, "project.see", work.project)


def test_it_lends_nothing_to_a_person_whose_role_reads_no_reports(work: Work) -> None:
    row = draft(work)
    approved(work, row)
    with pytest.raises(NotNow):
        lent(work, row, "vusal")


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_is_printed_for_who_hears_and_who_sees(work: Work, lang: str) -> None:
    reached(work, 120)
    made = pdf.pdf(shown(work, draft(work), lang), TODAY)
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made


def test_it_says_in_word_what_the_page_says(work: Work) -> None:
    from docx import Document

    reached(work, 120)
    sheet = Document(io.BytesIO(word.word(shown(work, draft(work), "tg"))))
    assert WORDS["tg"] in [line.text for line in sheet.paragraphs]
    assert any(cell.text == "120" for table in sheet.tables for row in table.rows for cell in row.cells)


def test_it_reads_no_markup_in_what_somebody_wrote(work: Work) -> None:
    row = draft(work, written=False)
    hostile = {"en": '#panic("x") <script>alert(1)</script> \x0b {{ 7|add:7 }}', "tg": "#set text(red)"}
    for section in ("short", "next"):
        actions.write_section(actor=work.lola, report=row, section=section, words=hostile, seen=row.changed_at)
        row.refresh_from_db()
    page = at(work.lola).get(reverse("project-reports:report", kwargs={"code": row.code, "version": 1})).content.decode()  # fmt: skip
    assert "<script>alert" not in page
    assert pdf.pdf(shown(work, row), TODAY).startswith(b"%PDF")
    assert word.word(shown(work, row)).startswith(b"PK")


# -- queries ---------------------------------------------------------------------------------------------------------


def test_it_asks_as_many_questions_for_many_figures_as_for_few(work: Work) -> None:
    reached(work, 120)
    row = draft(work)
    address = reverse("project-reports:report", kwargs={"code": row.code, "version": 1})
    few = asked(at(work.lola), address)
    for number in range(5):
        Activity.objects.create(
            organisation=work.school.house, project=work.project, who_name="We", whats={"en": f"Day {number}"}, place=work.school.khorog,
            starts="2026-05", state="done", made_by=work.lola,
        )  # fmt: skip
        reached(work, 10 + number, place=work.school.khorog, dimensions={"age": f"{number}"})
    assert asked(at(work.lola), address) == few


def test_it_lists_many_reports_with_as_many_questions_as_few(work: Work) -> None:
    draft(work, written=False)
    address = reverse("project-reports:list")
    few = asked(at(work.lola), address)
    for _turn in range(4):
        draft(work, "second", written=False)
    assert asked(at(work.lola), address) == few


def test_it_knows_which_versions_there_are(work: Work) -> None:
    row = draft(work)
    approved(work, row)
    actions.correct_report(actor=work.lola, report=row)
    assert [each.version for each in reads.versions_of(actor=work.lola, report=row)] == [2, 1]


# -- the demonstration -----------------------------------------------------------------------------------------------


def test_it_has_a_report_in_the_demonstration_that_a_donor_was_given(work: Work) -> None:
    told = datafiles.document(donors.FILE)
    houses = (work.school.house, work.school.office.other)
    for house, code in zip(houses, (told["house"], "labour-ministry"), strict=True):
        house.code = code
        house.save(update_fields=["code"])
    employ("solveig", houses[0], Role.DONOR)
    employ("dilovar", houses[1], Role.PARTNER_GUEST)
    work.project.reference, work.project.starts = told["project"], "2026-01-28"
    work.project.save(update_fields=["reference", "starts"])
    donors.load_reports()
    donors.load_reports()
    assert sorted(DonorReport.objects.values_list("state", flat=True)) == ["approved", "draft"]
    assert [row.state for row in reads.given_reports(actor=User.objects.get(username="solveig"))] == ["approved"]
