"""Exceptions to what roles give: lent and taken back, shut out, opened in an emergency and reviewed."""

import datetime as dt

import pytest
from django.utils import timezone

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import BreakGlass, Membership, Notice, Role, User
from hamroh.vault import journal
from hamroh.vault.models import JournalLine
from sealedroom.cast import make_matter
from sealedroom.models import Matter, Shelter

WORDS = "She rang: he is at the door, I need her address."


@pytest.fixture(autouse=True)
def sealed_rows(settings, fresh_keys):
    """A demonstration may seal without a recovery drill."""
    settings.IS_DEMO = True


def employ(user, organisation, role, **more):
    Membership.objects.create(user=user, organisation=organisation, role=role, **more)
    return user


@pytest.fixture
def people(cast):
    """Rustam is a lawyer of the centre, Manizha supervises there; Aygün is a lawyer of the other organisation, too."""
    employ(cast.rustam, cast.centre, Role.LAWYER)
    employ(cast.aygun, cast.gender_centre, Role.LAWYER)
    return cast


@pytest.fixture
def manizha(people):
    return employ(User.objects.create_user("manizha", display_name="Manizha"), people.centre, Role.SUPERVISOR)


@pytest.fixture
def matter(people):
    return make_matter(people, owner=people.zarina)


def tomorrow():
    return timezone.now() + dt.timedelta(days=1)


def lend(manizha, matter, people, **changed):
    facts = {"organisation": people.gender_centre, "verbs": ["matter.read"], "ends_at": tomorrow()} | changed
    return access.lend(actor=manizha, record=matter, **facts)


def lines(verb):
    return list(JournalLine.objects.filter(verb=verb))


# -- lend ----------------------------------------------------------------------------------------------------------


def test_it_lends_a_record(people, manizha, matter):
    lend(manizha, matter, people)
    assert policy.allowed(people.aygun, "matter.read", matter)


def test_it_writes_down_what_was_lent_to_whom(people, manizha, matter):
    grant = lend(manizha, matter, people)
    (line,) = lines("access.grant")
    assert (line.record_id, line.facts["grant"], line.facts["to"]) == (
        str(matter.pk), str(grant.pk), str(people.gender_centre.pk),
    )  # fmt: skip


@pytest.mark.parametrize("verbs", [["matter.write"], ["matter.read", "matter.write"], [], ["no.such"]])
def test_it_lends_only_what_may_be_lent(people, manizha, matter, verbs):
    with pytest.raises(access.AccessRefused):
        lend(manizha, matter, people, verbs=verbs)


def test_it_lends_nothing_to_its_own_organisation(people, manizha, matter):
    with pytest.raises(access.AccessRefused):
        lend(manizha, matter, people, organisation=people.centre)


def test_it_lends_nothing_until_a_day_that_is_over(people, manizha, matter):
    with pytest.raises(access.AccessRefused):
        lend(manizha, matter, people, ends_at=timezone.now())


def test_it_lends_to_nobody_who_does_not_work_there(people, manizha, matter):
    with pytest.raises(access.AccessRefused):
        lend(manizha, matter, people, user=people.zarina)


def test_it_lends_by_a_supervisor_of_the_organisation_alone(people, matter):
    with pytest.raises(policy.Refused):
        lend(people.rustam, matter, people)


def test_it_lends_no_record_of_another_organisation(people, manizha):
    with pytest.raises(policy.Refused):
        lend(manizha, make_matter(people, organisation=people.gender_centre), people)


def test_it_takes_back_at_once(people, manizha, matter):
    with policy.remembered():
        grant = lend(manizha, matter, people)
        assert policy.allowed(people.aygun, "matter.read", matter)
        access.take_back(actor=manizha, record=matter, grant=grant)
        assert not policy.allowed(people.aygun, "matter.read", matter)


def test_it_takes_back_once(people, manizha, matter):
    grant = lend(manizha, matter, people)
    for _time in range(2):
        access.take_back(actor=manizha, record=matter, grant=grant)
    assert len(lines("access.take_back")) == 1


def test_it_takes_back_no_loan_of_another_record(people, manizha, matter):
    grant = lend(manizha, matter, people)
    access.take_back(actor=manizha, record=make_matter(people, phone=None), grant=grant)
    assert policy.allowed(people.aygun, "matter.read", matter)


# -- shut out ------------------------------------------------------------------------------------------------------


def test_it_shuts_out_of_the_record_and_of_the_list(people, manizha):
    own = make_matter(people, owner=people.rustam)
    with policy.remembered():
        assert policy.allowed(people.rustam, "matter.read", own)
        access.shut_out(actor=manizha, record=own, user=people.rustam)
        assert not policy.allowed(people.rustam, "matter.read", own)
        assert list(policy.visible(people.rustam, "matter.list", Matter.objects.all())) == []


def test_it_shuts_out_nobody_by_herself(people, manizha, matter):
    with pytest.raises(access.AccessRefused):
        access.shut_out(actor=manizha, record=matter, user=manizha)


def test_it_shuts_out_by_a_supervisor_alone(people, matter):
    with pytest.raises(policy.Refused):
        access.shut_out(actor=people.rustam, record=matter, user=people.zarina)


def test_it_shuts_out_once_and_lets_in_again(people, manizha):
    own = make_matter(people, owner=people.rustam)
    for _time in range(2):
        access.shut_out(actor=manizha, record=own, user=people.rustam)
    access.let_in(actor=manizha, record=own, user=people.rustam)
    assert policy.allowed(people.rustam, "matter.read", own)
    assert (len(lines("access.block")), len(lines("access.unblock"))) == (1, 1)


# -- open in an emergency ------------------------------------------------------------------------------------------


def break_glass(user, matter, **changed):
    return access.break_glass(actor=user, record=matter, **{"reason": "danger", "words": WORDS} | changed)


def test_it_opens_in_an_emergency_for_four_hours(people, matter):
    assert not policy.allowed(people.rustam, "matter.read", matter)
    glass = break_glass(people.rustam, matter)
    assert policy.allowed(people.rustam, "matter.read", matter).break_glass
    assert glass.ends_at - glass.opened_at == dt.timedelta(hours=4)


def test_it_opens_a_sealed_field_in_an_emergency(people, matter):
    break_glass(people.rustam, matter)
    decision = policy.require(people.rustam, "matter.read", matter)
    with journal.openings("request"):
        assert vault.open(matter, "name", decision=decision, purpose="an emergency") == "Гулнора Ҳакимова"


@pytest.mark.parametrize(
    "said", [{"words": "x" * 19}, {"words": " " * 30}, {"reason": ""}, {"reason": "curious"}],
)  # fmt: skip
def test_it_asks_for_a_reason_and_a_sentence(people, matter, said):
    with pytest.raises(access.AccessRefused):
        break_glass(people.rustam, matter, **said)


def test_it_takes_twenty_characters_for_a_sentence(people, matter):
    assert break_glass(people.rustam, matter, words="x" * 20).pk


def test_it_tells_the_owner_and_the_supervisors(people, manizha, matter):
    break_glass(people.rustam, matter)
    told = set(Notice.objects.values_list("user__username", "about"))
    assert told == {("zarina", "glass"), ("manizha", "review")}


def test_it_tells_no_supervisor_who_opened_it_herself(people, manizha, matter):
    break_glass(manizha, matter)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"zarina"}


def test_it_tells_nothing_to_who_is_shut_out(people, manizha, matter):
    other = employ(User.objects.create_user("nigora", display_name="Nigora"), people.centre, Role.SUPERVISOR)
    access.shut_out(actor=manizha, record=matter, user=other)
    access.shut_out(actor=manizha, record=matter, user=people.zarina)
    break_glass(people.rustam, matter)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"manizha"}


def test_it_tells_no_supervisor_of_one_team_who_could_not_review(people, matter):
    employ(User.objects.create_user("team", display_name="T"), people.centre, Role.SUPERVISOR, team="red")
    break_glass(people.rustam, matter)
    assert not Notice.objects.filter(about="review").exists()


def test_it_writes_the_opening_down_without_its_words(people, matter):
    glass = break_glass(people.rustam, matter)
    (line,) = lines("access.break_glass")
    assert (line.record_id, line.facts) == (str(matter.pk), {"glass": str(glass.pk), "reason": "danger", "seal": 1})


def test_it_opens_once_while_it_lasts(people, manizha, matter):
    assert break_glass(people.rustam, matter).pk == break_glass(people.rustam, matter).pk
    assert Notice.objects.count() == 2


def test_it_opens_no_locating_field_in_an_emergency(people, manizha):
    shelter = Shelter.objects.create(organisation=people.centre, code="s1")
    break_glass(people.rustam, shelter)
    assert not policy.allowed(people.rustam, "shelter.read", shelter)


def test_it_opens_nothing_for_who_is_shut_out(people, manizha, matter):
    access.shut_out(actor=manizha, record=matter, user=people.rustam)
    with pytest.raises(policy.Refused):
        break_glass(people.rustam, matter)


def test_it_closes_an_open_record_for_who_is_shut_out_later(people, manizha, matter):
    break_glass(people.rustam, matter)
    access.shut_out(actor=manizha, record=matter, user=people.rustam)
    assert not policy.allowed(people.rustam, "matter.read", matter)


def test_it_opens_nothing_of_another_organisation(people, matter):
    with pytest.raises(policy.Refused):
        break_glass(people.aygun, matter)


def test_it_opens_nothing_for_an_editor(people, matter):
    with pytest.raises(policy.Refused):
        break_glass(people.zarina, matter)


# -- review --------------------------------------------------------------------------------------------------------


def test_it_reviews_an_opening(people, manizha, matter):
    glass = break_glass(people.rustam, matter)
    access.review_glass(actor=manizha, glass=glass, outcome="right")
    glass.refresh_from_db()
    assert (glass.reviewed_by, glass.outcome, len(lines("access.review"))) == (manizha, "right", 1)
    assert not Notice.objects.filter(about="review", read_at__isnull=True).exists()


def test_it_reviews_once(people, manizha, matter):
    glass = break_glass(people.rustam, matter)
    access.review_glass(actor=manizha, glass=glass, outcome="wrong")
    access.review_glass(actor=manizha, glass=glass, outcome="right")
    glass.refresh_from_db()
    assert glass.outcome == "wrong"


def test_it_lets_nobody_review_her_own(people, manizha, matter):
    with pytest.raises(access.AccessRefused):
        access.review_glass(actor=manizha, glass=break_glass(manizha, matter), outcome="right")


@pytest.mark.parametrize("outcome", ["", "maybe"])
def test_it_asks_whether_it_was_needed(people, manizha, matter, outcome):
    with pytest.raises(access.AccessRefused):
        access.review_glass(actor=manizha, glass=break_glass(people.rustam, matter), outcome=outcome)


def test_it_lets_nobody_review_who_is_shut_out_of_the_record(people, manizha, matter):
    other = employ(User.objects.create_user("nigora", display_name="Nigora"), people.centre, Role.SUPERVISOR)
    access.shut_out(actor=manizha, record=matter, user=other)
    with pytest.raises(policy.Refused):
        access.review_glass(actor=other, glass=break_glass(people.rustam, matter), outcome="right")


def test_it_lets_no_supervisor_of_another_organisation_review(people, matter):
    sevda = employ(User.objects.create_user("sevda", display_name="Sevda"), people.gender_centre, Role.SUPERVISOR)
    with pytest.raises(policy.Refused):
        access.review_glass(actor=sevda, glass=break_glass(people.rustam, matter), outcome="right")


@pytest.mark.parametrize(("hours", "paused"), [(71, False), (73, True)])
def test_it_pauses_after_three_days_without_review(people, matter, hours, paused):
    own = make_matter(people, owner=people.rustam, phone=None)
    glass = break_glass(people.rustam, matter)
    BreakGlass.objects.filter(pk=glass.pk).update(opened_at=timezone.now() - dt.timedelta(hours=hours))
    assert bool(policy.allowed(people.rustam, "matter.read", own)) is not paused


def test_it_ends_the_pause_with_the_review(people, manizha, matter):
    glass = break_glass(people.rustam, matter)
    BreakGlass.objects.filter(pk=glass.pk).update(opened_at=timezone.now() - dt.timedelta(hours=73))
    assert not policy.allowed(people.rustam, "desk.open")
    access.review_glass(actor=manizha, glass=glass, outcome="right")
    assert policy.allowed(people.rustam, "desk.open")
