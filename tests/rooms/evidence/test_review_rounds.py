"""Rounds of review: whoever is asked reads the one draft that is lent, comments are settled, and nothing else opens."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from desk_world import asked as queries
from desk_world import at, shown
from hamroh.accounts import policy
from hamroh.accounts.models import Notice, RecordGrant
from hamroh.accounts.policy import Refused
from hamroh.evidence.actions import postponing, publishing, reviewing
from hamroh.evidence.actions.reviewing import ReviewRefused
from hamroh.evidence.models import Comment, Edition, Round
from hamroh.evidence.selectors import reviewing as reads
from hamroh.vault.models import JournalLine

IN_TWO_WEEKS = timezone.localdate() + dt.timedelta(days=14)


def said(review: Any, who: Any = None, **more: Any) -> Comment:
    facts = {"text": "Our count is another.", "block_key": "T1", "figure": "aze08-T1-1-1", **more}
    return reviewing.comment(actor=who or review.kamran, edition=review.edition, **facts)


def other_draft(people: Any) -> Edition:
    from hamroh.evidence.models import Profile, Template

    profile = Profile.objects.create(
        area="GEO", key="georgia", names={"en": "Georgia"}, maintainer=people.gender_centre
    )
    return Edition.objects.create(
        profile=profile, organisation=people.gender_centre, template=Template.objects.first(), label="2009"
    )


def where(name: str, edition: Any, **more: Any) -> str:
    from django.urls import reverse

    return reverse(f"evidence-review:{name}", kwargs={"code": edition.code, **more})


def read(who: Any, address: str) -> str:
    content: str = at(who).get(address).content.decode()
    return content


# -- what is lent --------------------------------------------------------------------------------------------------


def test_it_lends_the_draft_to_whoever_is_asked(review) -> None:
    assert policy.allowed(review.kamran, "evidence.see_draft", review.edition)
    assert policy.allowed(review.kamran, "evidence.comment", review.edition)


def test_it_lends_nothing_else(review) -> None:
    for verb in ("edit", "hold_round", "approve", "publish", "endorse", "correct", "answer_finding"):
        assert not policy.allowed(review.kamran, f"evidence.{verb}", review.edition)


def test_it_lends_no_other_draft(review) -> None:
    other = other_draft(review)
    assert not policy.allowed(review.kamran, "evidence.see_draft", other)
    assert at(review.kamran).get(where("draft", other)).status_code == 404


def test_it_opens_no_part_of_another_draft(review) -> None:
    other = other_draft(review)
    assert at(review.kamran).get(where("whole", other)).status_code == 404
    assert at(review.kamran).get(where("part", other, section="1.1")).status_code == 404


def test_it_reads_a_draft_section_by_section(review) -> None:
    contents = read(review.kamran, where("draft", review.edition))
    assert where("part", review.edition, section="1.1") in contents
    assert 'id="T1"' not in contents
    assert 'id="T1"' in read(review.kamran, where("part", review.edition, section="1.1"))
    assert 'id="T1"' in read(review.kamran, where("whole", review.edition))


def test_it_leads_from_a_section_to_the_next(review) -> None:
    page = read(review.kamran, where("part", review.edition, section="1.1"))
    assert f'rel="next" href="{where("part", review.edition, section="1.2")}"' in page


def test_it_comes_back_to_the_section_that_was_commented_on(review) -> None:
    answer = at(review.kamran).post(where("say", review.edition) + "?block=T1", {"text": "Too few."})
    assert answer["Location"] == where("part", review.edition, section="1.1") + "#T1"


def test_it_knows_no_section_that_the_draft_has_not(review) -> None:
    assert at(review.kamran).get(where("part", review.edition, section="9.9")).status_code == 404


def test_it_lends_until_the_end_of_the_last_day(review) -> None:
    grant = RecordGrant.objects.get()
    assert grant.ends_at == reviewing.ends_at(review.round)
    assert grant.ends_at.date() > IN_TWO_WEEKS - dt.timedelta(days=1)
    RecordGrant.objects.update(ends_at=timezone.now() - dt.timedelta(seconds=1))
    assert at(review.kamran).get(where("draft", review.edition)).status_code == 404


def test_it_takes_back_what_was_lent_when_a_round_is_closed(review) -> None:
    reviewing.close_round(actor=review.nigina, round=review.round)
    assert not policy.allowed(review.kamran, "evidence.see_draft", review.edition)
    assert JournalLine.objects.filter(verb="access.take_back").count() == 1


def test_it_writes_down_who_was_lent_what(review) -> None:
    facts = JournalLine.objects.get(verb="access.grant").facts
    assert facts["verbs"] == ["evidence.comment", "evidence.see_draft"]


def test_it_asks_nobody_without_a_role_there(review) -> None:
    for username, house in (("rustam", review.ministry), ("kamran", review.centre), ("nobody", review.ministry)):
        with pytest.raises(ReviewRefused):
            reviewing.ask(
                actor=review.nigina, round=review.round, username=username, organisation=house, role="ministry"
            )


def test_it_says_the_same_of_nobody_and_of_somebody_elsewhere(review) -> None:
    told = set()
    for username in ("leyla", "nobody"):
        with pytest.raises(ReviewRefused) as refused:
            reviewing.ask(
                actor=review.nigina, round=review.round, username=username, organisation=review.ministry, role="ngo"
            )
        told.add(str(refused.value))
    assert len(told) == 1


def test_it_opens_one_round_at_a_time(review) -> None:
    with pytest.raises(ReviewRefused):
        reviewing.open_round(actor=review.nigina, edition=review.edition, deadline_date=IN_TWO_WEEKS)


def test_it_opens_no_round_until_a_day_that_has_passed(people, printed) -> None:
    with pytest.raises(ReviewRefused):
        reviewing.open_round(actor=people.nigina, edition=printed, deadline_date=timezone.localdate())
    assert not Round.objects.exists()


def test_it_puts_a_draft_into_review(review) -> None:
    assert review.edition.state == "review"


# -- comments ------------------------------------------------------------------------------------------------------


def test_it_keeps_what_was_said_of_a_figure(review) -> None:
    made = said(review)
    assert (made.block_key, made.observation.code, made.role) == ("T1", "aze08-T1-1-1", "ministry")
    assert made.block_version == 1


def test_it_refuses_a_figure_that_is_not_in_the_block(review) -> None:
    with pytest.raises(ReviewRefused):
        said(review, block_key="T2")


def test_it_refuses_comments_from_outside(review) -> None:
    with pytest.raises(Refused):
        said(review, review.leyla)


def test_it_takes_no_comment_after_the_round(review) -> None:
    reviewing.close_round(actor=review.nigina, round=review.round)
    with pytest.raises(ReviewRefused):
        said(review, review.nigina)


def test_it_tells_each_side_of_the_other(review) -> None:
    made = said(review)
    reviewing.comment(actor=review.nigina, edition=review.edition, text="We look.", parent=made)
    told = set(Notice.objects.values_list("user__username", "about"))
    assert told == {("kamran", "round"), ("nigina", "remark"), ("kamran", "settled")}


def test_it_rejects_with_a_reason_alone(review) -> None:
    made = said(review)
    with pytest.raises(ReviewRefused):
        reviewing.resolve(actor=review.nigina, comment=made, outcome="rejected", reason=" ")
    reviewing.resolve(actor=review.nigina, comment=made, outcome="rejected", reason="It is as printed.")
    assert reviewing.unsettled(review.edition) == 0


def test_it_settles_by_a_figure_that_is_there(review) -> None:
    made = said(review)
    for code in ("", "nothing", "aze08-T1-1-1"):
        with pytest.raises(ReviewRefused):
            reviewing.resolve(actor=review.nigina, comment=made, outcome="new_observation", figure=code)
    settled = reviewing.resolve(actor=review.nigina, comment=made, outcome="new_observation", figure="aze08-BF1")
    assert settled.observation.code == "aze08-BF1"


def test_it_lets_no_reviewer_settle(review) -> None:
    with pytest.raises(Refused):
        reviewing.resolve(actor=review.kamran, comment=said(review), outcome="accepted")


def test_it_shows_a_reviewer_her_own_exchanges_alone(review) -> None:
    said(review, review.nigina, text="Among us.")
    mine = said(review)
    found = reads.exchanges(actor=review.kamran, edition=review.edition)
    assert [each.comment.pk for each in found] == [mine.pk]
    page = read(review.kamran, where("whole", review.edition))
    assert "Our count is another." in page
    assert "Among us." not in page


def test_it_lets_a_reviewer_answer_in_her_own_exchanges_alone(review) -> None:
    among_us = said(review, review.nigina, text="Among us.")
    with pytest.raises(Refused):
        reviewing.comment(actor=review.kamran, edition=review.edition, text="I heard.", parent=among_us)


def test_it_is_not_approved_while_a_comment_waits(review) -> None:
    said(review)
    reviewing.close_round(actor=review.nigina, round=review.round)
    assert any("1 comment" in each for each in publishing.hindrances(review.edition))


# -- pages ---------------------------------------------------------------------------------------------------------


def test_it_comments_on_a_figure_by_a_form(review) -> None:
    address = f"{where('say', review.edition)}?block=T1&figure=aze08-T1-1-1"
    page = at(review.kamran).get(address).content.decode()
    assert '<option value="aze08-T1-1-1" selected>' in page
    answer = at(review.kamran).post(address, {"figure": "aze08-T1-1-1", "text": "Another count."})
    assert answer["Location"] == where("part", review.edition, section="1.1") + "#T1"
    assert Comment.objects.get().observation.code == "aze08-T1-1-1"


def test_it_keeps_what_was_typed_in_a_comment_that_is_refused(review) -> None:
    client = at(review.kamran)
    Round.objects.update(state="closed")
    answer = client.post(f"{where('say', review.edition)}?block=T1", {"text": "Another count."})
    assert answer.status_code == 422
    assert "Another count." in answer.content.decode()


def test_it_writes_a_form_once_that_is_sent_twice(review) -> None:
    client = at(review.kamran)
    for _time in range(2):
        client.post(where("say", review.edition), {"text": "Twice.", "form_key": "a" * 22})
    assert Comment.objects.count() == 1


def test_it_shows_what_a_block_says(review) -> None:
    page = read(review.kamran, where("whole", review.edition))
    assert 'id="T1"' in page
    assert page.count("figure=aze08-") >= 325


def test_it_settles_by_a_form(review) -> None:
    made = said(review)
    address = where("settle", review.edition, remark=made.pk)
    assert at(review.nigina).post(address, {"outcome": "rejected", "reason": "", "figure": ""}).status_code == 422
    answer = at(review.nigina).post(address, {"outcome": "rejected", "reason": "As printed.", "figure": ""})
    assert answer.status_code == 302
    assert "As printed." in at(review.kamran).get(where("exchange", review.edition, remark=made.pk)).content.decode()


def test_it_opens_a_round_and_asks_by_forms(people, printed, settings, fresh_keys) -> None:
    settings.IS_DEMO = True
    client = at(people.nigina)
    answer = client.post(where("open-round", printed), {"deadline_date": IN_TWO_WEEKS.isoformat(), "asks": ""})
    assert answer["Location"] == where("ask", printed, number=1)
    form = {"organisation": str(people.ministry.pk), "username": "kamran", "role": "ministry"}
    assert client.post(answer["Location"], form).status_code == 302
    assert "Kamran" in client.get(where("edition", printed)).content.decode()
    assert "Azerbaijan" in at(people.kamran).get("/desk/evidence/review/").content.decode()


ROUTES = (
    "edition",
    "draft",
    "whole",
    "say",
    "comments",
    "word",
    "finish",
    "open-round",
    "move",
    "withdraw",
    "endorse",
    "correct",
)


@pytest.mark.parametrize("name", ROUTES)
def test_it_answers_others_as_if_there_were_no_such_edition(review, name) -> None:
    there, nowhere = where(name, review.edition), where(name, SimpleNamespace(code="zzzzzzzz"))
    for method in ("get", "post"):
        real, unreal = (getattr(at(review.leyla), method)(address) for address in (there, nowhere))
        assert real.status_code == unreal.status_code
        assert real.status_code in (404, 405)


AUTHORS = ("open-round", "move", "withdraw", "endorse", "correct")


@pytest.mark.parametrize("name", AUTHORS)
def test_it_opens_no_page_of_the_authors_to_a_reviewer(review, name) -> None:
    assert at(review.kamran).post(where(name, review.edition)).status_code == 404


@pytest.mark.parametrize("name", ["comments", "draft", "edition"])
def test_it_asks_no_more_for_more_comments(review, name: str) -> None:
    for number in range(3):
        said(review, text=f"One {number}")
    client, address = shown(at(review.nigina)), where(name, review.edition)
    few = queries(client, address)
    for number in range(12):
        made = said(review, text=f"More {number}")
        reviewing.comment(actor=review.nigina, edition=review.edition, text="Yes.", parent=made)
    assert queries(client, address) <= few


def test_it_asks_no_more_for_more_reviews(review) -> None:
    client = at(review.kamran)
    few = queries(client, "/desk/evidence/review/")
    for number in range(4):
        edition = Edition.objects.create(
            profile=review.edition.profile,
            organisation=review.centre,
            template=review.edition.template,
            label=f"{number}",
        )
        held = reviewing.open_round(actor=review.nigina, edition=edition, deadline_date=IN_TWO_WEEKS)
        reviewing.ask(actor=review.nigina, round=held, username="kamran", organisation=review.ministry, role="ministry")
    assert client.get("/desk/evidence/review/").content.decode().count("/desk/evidence/review/") >= 5
    assert queries(client, "/desk/evidence/review/") <= few


# -- while a round is open -----------------------------------------------------------------------------------------

IN_A_MONTH = timezone.localdate() + dt.timedelta(days=30)


def test_it_lends_until_the_day_that_it_is_moved_to(review) -> None:
    held = postponing.move_deadline(
        actor=review.nigina, round=review.round, deadline_date=IN_A_MONTH, reason="The ministry asked."
    )
    assert RecordGrant.objects.get(revoked_at=None).ends_at == reviewing.ends_at(held)


def test_it_tells_the_reviewers_that_a_day_was_moved_and_why(review) -> None:
    Notice.objects.all().delete()
    address = where("move-deadline", review.edition, number=review.round.number)
    at(review.nigina).post(address, {"deadline_date": IN_A_MONTH.isoformat(), "reason": "The ministry asked."})
    assert Notice.objects.filter(user=review.kamran, about="round").count() == 1
    assert "The ministry asked." in read(review.kamran, where("draft", review.edition))


@pytest.mark.parametrize(("days", "reason"), [(-1, "Late."), (0, "Late."), (30, "  ")])
def test_it_moves_no_day_into_the_past_and_none_without_a_reason(review, days: int, reason: str) -> None:
    with pytest.raises(ReviewRefused):
        day = timezone.localdate() + dt.timedelta(days=days)
        postponing.move_deadline(actor=review.nigina, round=review.round, deadline_date=day, reason=reason)


def test_it_moves_no_day_of_a_round_that_is_closed(review) -> None:
    reviewing.close_round(actor=review.nigina, round=review.round)
    with pytest.raises(ReviewRefused):
        postponing.move_deadline(actor=review.nigina, round=review.round, deadline_date=IN_A_MONTH, reason="Late.")


def test_it_lets_no_reviewer_move_a_day_or_excuse_anybody(review) -> None:
    reviewer = review.round.reviewers.get()
    with pytest.raises(Refused):
        postponing.move_deadline(actor=review.kamran, round=review.round, deadline_date=IN_A_MONTH, reason="Late.")
    with pytest.raises(Refused):
        postponing.excuse(actor=review.kamran, reviewer=reviewer)


def test_it_takes_the_draft_back_from_whoever_is_excused(review) -> None:
    said(review)
    address = where("excuse", review.edition, number=review.round.number)
    at(review.nigina).post(address, {"reviewer": str(review.round.reviewers.get().pk)})
    assert at(review.kamran).get(where("draft", review.edition)).status_code == 404
    assert Comment.objects.count() == 1
    assert not reads.asked_of(actor=review.kamran)


def test_it_asks_again_whoever_was_excused(review) -> None:
    postponing.excuse(actor=review.nigina, reviewer=review.round.reviewers.get())
    reviewing.ask(
        actor=review.nigina, round=review.round, username="kamran", organisation=review.ministry, role="ministry"
    )
    assert at(review.kamran).get(where("draft", review.edition)).status_code == 200


def test_it_reminds_once_before_the_last_day(review) -> None:
    Notice.objects.all().delete()
    assert postponing.remind() == 0
    Round.objects.update(deadline_date=timezone.localdate() + dt.timedelta(days=2))
    assert (postponing.remind(), postponing.remind()) == (1, 0)
    assert Notice.objects.filter(user=review.kamran, about="round").count() == 1


def test_it_reminds_nobody_who_has_finished(review) -> None:
    reviewing.finish(actor=review.kamran, edition=review.edition)
    Round.objects.update(deadline_date=timezone.localdate() + dt.timedelta(days=2))
    assert postponing.remind() == 0
