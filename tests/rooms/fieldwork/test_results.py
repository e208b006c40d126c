"""What came in is read, said something of, mended and counted; nobody without a right learns that it is there."""

import io
from typing import Any

import pytest
from PIL import Image

from desk_world import asked as queries
from desk_world import at, page
from field_world import CANARY, Field, cotton, equipped, filled, opened, received, small_form
from hamroh.accounts import policy
from hamroh.accounts.models import Task
from hamroh.fieldwork import faces, showing
from hamroh.fieldwork.actions import reviewing
from hamroh.fieldwork.models import ReviewLine, Submission
from hamroh.fieldwork.selectors import results, summaries
from hamroh.vault import opening

BASE = "/desk/field/results/"


def sent(field: Field, xml: bytes = b"", *, form: bytes = b"", files: Any = None) -> Submission:
    """What Madina sent: a cotton visit unless another form is given."""
    opened(field, form) if form else opened(field)
    device = equipped(field).device
    return received(device, xml or cotton(), files).submission


def small(field: Field, answers: str = "<words>Good</words><count>3</count>", **more: Any) -> Submission:
    return sent(field, filled(answers), form=small_form(), **more)


def again(row: Submission) -> Submission:
    return Submission.objects.get(pk=row.pk)


def answers(field: Field, row: Submission) -> Any:
    row = again(row)
    return opening.open(row, "answers", decision=policy.require(field.manizha, "submission.read", row), purpose="test")


def test_it_lists_what_came_in_without_an_answer(field: Field) -> None:
    row = small(field)
    shown = page(field.manizha, BASE)
    assert row.code in shown
    assert "Good" not in shown


def test_it_asks_the_database_alike_for_one_and_for_many(field: Field) -> None:
    row = small(field)
    device = row.device
    one = queries(at(field.manizha), BASE)
    for _turn in range(6):
        received(device, filled())
    assert queries(at(field.manizha), BASE) == one


@pytest.mark.parametrize(
    ("query", "found"),
    [("state=received", 1), ("state=approved", 0), ("mark=clash", 0), ("since=2020-01-01", 1), ("until=2020-01-01", 0), ("place=nowhere", 0)],
)  # fmt: skip
def test_it_narrows_the_list(field: Field, query: str, found: int) -> None:
    row = small(field)
    assert page(field.manizha, f"{BASE}?{query}").count(f"/s/{row.code}/") == found


def test_it_shows_a_monitor_what_she_sent_herself_and_nothing_else(field: Field) -> None:
    row = small(field)
    other = received(equipped(field, holder=field.manizha).device, filled("<words>Other</words>")).submission
    shown = page(field.madina, BASE)
    assert row.code in shown
    assert other.code not in shown
    assert at(field.madina).get(f"{BASE}s/{other.code}/").status_code == 404


def test_it_reads_a_submission_in_the_language_of_the_reader(field: Field) -> None:
    row = sent(field)
    client = at(field.manizha)
    client.cookies["lang"] = "tg"
    shown = client.get(f"{BASE}s/{row.code}/").content.decode()
    assert "Фархор" in shown
    assert "Хонандагони синф" in shown


def test_it_keeps_what_a_supervisor_says_with_her_words(field: Field) -> None:
    row = small(field)
    reviewing.review(actor=field.manizha, submission=row, after="has_issues", words="Count again.")
    assert again(row).state == "has_issues"
    assert "Count again." in page(field.madina, f"{BASE}s/{row.code}/")


def test_it_puts_what_has_issues_among_the_tasks_of_who_sent_it(field: Field) -> None:
    row = small(field)
    reviewing.review(actor=field.manizha, submission=row, after="has_issues", words="Count again.")
    assert Task.objects.filter(assignee=field.madina, record_id=str(row.pk)).count() == 1


def test_it_wants_words_where_something_is_wrong(field: Field) -> None:
    row = small(field)
    with pytest.raises(reviewing.NotReviewed):
        reviewing.review(actor=field.manizha, submission=row, after="rejected")


def test_it_tells_the_second_of_two_who_review_at_once(field: Field) -> None:
    row = small(field)
    seen = reviewing.mark_of(again(row))
    reviewing.review(actor=field.manizha, submission=row, after="approved", seen=seen)
    client = at(field.manizha)
    answer = client.post(f"{BASE}s/{row.code}/review/", {"after": "rejected", "words": "No, typed long.", "seen": seen})
    assert answer.status_code == 422
    assert "meanwhile" in answer.content.decode()
    assert "No, typed long." in answer.content.decode()
    assert again(row).state == "approved"


def test_it_mends_an_answer_and_keeps_what_stood_before(field: Field) -> None:
    row = small(field)
    address = f"{BASE}s/{row.code}/edit/?at=/data/count"
    answer = at(field.manizha).post(
        address, {"value": "4", "reason": "She rang: four.", "seen": reviewing.mark_of(row)}
    )
    assert answer.status_code == 302
    assert answers(field, row)["/data/count"] == 4
    line = ReviewLine.objects.get(submission=row)
    decision = policy.require(field.manizha, "submission.review", row)
    assert opening.open(line, "changes", decision=decision, purpose="test") == [
        {"path": "/data/count", "before": 3, "after": 4}
    ]


def test_it_mends_the_right_row_of_a_repeat(field: Field) -> None:
    row = sent(field)
    reviewing.edit(actor=field.manizha, submission=row, at="/data/pupil[2]/age", value=15, reason="A wrong digit.")
    assert [each["/data/pupil/age"] for each in answers(field, row)["/data/pupil"]] == [14, 15]


def test_it_leaves_what_was_sent_as_it_came_when_an_answer_is_mended(field: Field) -> None:
    xml = filled()
    row = sent(field, xml, form=small_form())
    reviewing.edit(actor=field.manizha, submission=row, at="/data/count", value=9, reason="Counted again.")
    answer = at(field.manizha).get(f"{BASE}s/{row.code}/original/")
    assert answer.content == xml


def test_it_gives_the_original_to_nobody_who_only_sent_it(field: Field) -> None:
    row = small(field)
    assert at(field.madina).get(f"{BASE}s/{row.code}/original/").status_code == 404


def test_it_shows_clashes_beside_each_other(field: Field) -> None:
    opened(field, small_form())
    device = equipped(field).device
    one = received(device, filled("<words>One</words>", instance="uuid:a")).submission
    two = received(device, filled("<words>Two</words>", instance="uuid:a")).submission
    assert two.code in page(field.manizha, f"{BASE}s/{one.code}/")


def test_it_says_which_file_has_not_come(field: Field) -> None:
    row = small(field, "<words>x</words><photo>a.jpg</photo>")
    assert "Has not come" in page(field.manizha, f"{BASE}s/{row.code}/")


# -- tables and charts -----------------------------------------------------------------------------------------------


def test_it_counts_answers_with_a_table_beside_each_picture(field: Field) -> None:
    row = sent(field)
    shown = page(field.manizha, f"{BASE}form/{row.form.code}/")
    assert "<svg" in shown
    assert "Paid per kg" in shown


def test_it_has_a_table_for_what_is_asked_again_and_again(field: Field) -> None:
    row = sent(field, cotton(pupils=3))
    shown = page(field.manizha, f"{BASE}form/{row.form.code}/table/?of=/data/pupil")
    assert shown.count(f">{row.code}</a>") == 3


def about_children(row: Submission) -> Submission:
    row.form.about_children = True
    row.form.save()
    return row


def test_it_puts_no_words_of_a_child_into_a_table(field: Field) -> None:
    row = sent(field)
    where = f"{BASE}form/{row.form.code}/table/?of=/data/pupil"
    assert CANARY in page(field.manizha, where)
    about_children(row)
    assert CANARY not in page(field.manizha, where)


def test_it_holds_small_counts_of_children_back(field: Field) -> None:
    row = about_children(sent(field, cotton(pupils=3)))
    found = results.opened(actor=field.manizha, rows=[again(row)])
    columns = showing.columns(results.questions_of(row.form), "en")
    counted = summaries.summaries(found, columns, "en", about_children=True)
    sex = next(each for each in counted if each.column.name == "sex")
    assert {bar.count for bar in sex.bars} == {None}
    assert sex.answered is None


def test_it_rounds_a_place_to_an_area() -> None:
    assert showing.area_of("37.512345 69.412345 0 5") == "about 37.5, 69.4"


@pytest.mark.parametrize("text", ["", "somewhere", "1", "200 500", "nan"])
def test_it_takes_no_other_words_for_a_place(text: str) -> None:
    assert showing.rounded(text) is None


# -- pictures --------------------------------------------------------------------------------------------------------


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    return out.getvalue()


def with_picture(field: Field, *, blurs: bool) -> str:
    row = small(field, "<words>x</words><photo>a.jpg</photo>", files={"a.jpg": jpeg()})
    row.form.blurs_faces = blurs
    row.form.save()
    (held,) = results.files(row=row)
    return f"{BASE}s/{row.code}/file/{held.pk}/"


def test_it_shows_a_picture(field: Field) -> None:
    answer = at(field.manizha).get(with_picture(field, blurs=False))
    assert Image.open(io.BytesIO(answer.content)).size == (64, 48)
    assert "no-store" in answer["Cache-Control"]


def test_it_blurs_a_picture_of_a_form_that_asks_for_it(field: Field, monkeypatch: Any) -> None:
    monkeypatch.setattr(faces, "_found", lambda picture: [(0, 0, *picture.size)])
    answer = at(field.manizha).get(with_picture(field, blurs=True))
    assert (answer["Content-Type"], Image.open(io.BytesIO(answer.content)).size) == ("image/jpeg", (64, 48))


def test_it_shows_no_picture_where_faces_cannot_be_blurred(field: Field, monkeypatch: Any) -> None:
    monkeypatch.setattr(faces, "is_here", lambda: False)
    assert at(field.manizha).get(with_picture(field, blurs=True)).status_code == 404
