"""The policy: one judgement of a record, and the same of many; what each exception gives and takes."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st

from hamroh.accounts import policy
from hamroh.accounts.models import BreakGlass, ConflictBlock, Membership, RecordGrant, Role
from hamroh.accounts.policy import Facts, Held, Lent, Standing, judging
from sealedroom.cast import make_matter
from sealedroom.models import Matter, Note
from sealedroom.rules import VERBS

MATTER = "sealedroom.matter"
ROLES = st.sampled_from([Role.LAWYER, Role.SUPERVISOR, Role.EDITOR, Role.AUDITOR, Role.PARTNER_GUEST])
TEAMS, AREAS = ("", "red", "blue"), ("", "/tj/kulob/", "/tj/khujand/", "/tj/kulob/dahana/")


@pytest.fixture(autouse=True)
def sealed_rows(settings, fresh_keys):
    """A demonstration may seal without a recovery drill."""
    settings.IS_DEMO = True


@pytest.fixture
def people(cast):
    Membership.objects.create(user=cast.rustam, organisation=cast.centre, role=Role.LAWYER)
    return cast


def ref(matter):
    return MATTER, str(matter.pk)


def lend(matter, cast, **changed):
    facts = {
        "record_kind": MATTER, "record_id": str(matter.pk), "organisation": cast.centre,
        "to_organisation": cast.gender_centre, "verbs": ["matter.read"], "ends_at": timezone.now() + dt.timedelta(days=1),
    }  # fmt: skip
    return RecordGrant.objects.create(**facts | changed)


def break_glass(matter, user, *, hours_ago=0):
    opened = timezone.now() - dt.timedelta(hours=hours_ago)
    return BreakGlass.objects.create(
        organisation=matter.organisation, record_kind=MATTER, record_id=str(matter.pk), user=user, reason="danger",
        words="She rang: he is at the door.", opened_at=opened, ends_at=opened + dt.timedelta(hours=4),
    )  # fmt: skip


@st.composite
def worlds(draw):
    """Matters of two organisations, and somebody's standing, all drawn from few values so that they meet."""
    organisations, me, other = (uuid.UUID(int=1), uuid.UUID(int=2)), uuid.UUID(int=10), uuid.UUID(int=11)
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(organisations), st.sampled_from([me, other, None]), st.sampled_from(TEAMS),
                st.sampled_from(AREAS),
            ),
            min_size=1,
            max_size=6,
        )
    )  # fmt: skip
    refs = [(MATTER, str(uuid.UUID(int=100 + number))) for number in range(len(rows))]
    held = st.builds(
        Held, st.sampled_from(organisations), ROLES, st.sampled_from(TEAMS),
        st.sampled_from([(), ("kulob",), ("khujand", "dahana")]),
    )  # fmt: skip
    lent = st.builds(Lent, st.sampled_from(refs), st.sampled_from(sorted(VERBS)), st.sampled_from(organisations))
    some = st.frozensets(st.sampled_from(refs), max_size=3)
    standing = Standing.known(
        me,
        held=draw(st.frozensets(held, max_size=3)),
        lent=draw(st.frozensets(lent, max_size=3)),
        blocked=draw(some),
        opened=draw(some),
        keyed=draw(some),
        paused=draw(st.sampled_from([False, False, False, True])),
    )
    return rows, standing


@pytest.mark.django_db(transaction=False)
@searching(max_examples=3 * searching().max_examples, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds(), verb=st.sampled_from(sorted(VERBS)))
def test_it_finds_in_the_database_what_it_judges_one_by_one(policy_rows, world, verb):
    rows, standing = world
    facts = policy_rows(rows)
    judged = {pk for pk, each in facts.items() if judging.judge(standing, verb, each)}
    found = set(judging.visible(standing, verb, Matter.objects.all()).values_list("pk", flat=True))
    through = judging.visible(standing, verb, Note.objects.all()).values_list("matter_id", flat=True)
    assert (found, set(through)) == (judged, judged)


@pytest.fixture
def policy_rows(db):
    """Puts matters of given columns into the database, each with a note, and tells their facts."""
    from django.db import connection

    from hamroh.accounts.models import Organisation, User

    for number in (1, 2):
        Organisation.objects.create(pk=uuid.UUID(int=number), code=f"o{number}", country="tj")
    for number in (10, 11):
        User.objects.create(pk=uuid.UUID(int=number), username=f"u{number}")

    def put(rows):
        Note.objects.all()._raw_delete(connection.alias)
        Matter.objects.all()._raw_delete(connection.alias)
        facts = {}
        for number, (organisation, owner, team, area) in enumerate(rows):
            pk = uuid.UUID(int=100 + number)
            matter = Matter(
                pk=pk, organisation_id=organisation, owner_id=owner, team=team, area=area, opened_week="2026-11-16",
                name="Гулнора",
            )  # fmt: skip
            matter.save()
            Note.objects.create(organisation_id=organisation, matter=matter, text="…")
            facts[pk] = Facts((MATTER, str(pk)), organisation, owner, team, area)
        return facts

    return put


def test_it_lets_the_owner_read(people):
    matter = make_matter(people, owner=people.rustam)
    decision = policy.allowed(people.rustam, "matter.read", matter)
    assert (decision.yes, decision.actor_id, decision.record) == (True, people.rustam.pk, ref(matter))


def test_it_refuses_a_colleague_of_another_team(people):
    assert not policy.allowed(people.rustam, "matter.read", make_matter(people, owner=people.zarina, team="red"))


def test_it_lets_the_team_read(people):
    Membership.objects.filter(user=people.rustam).update(team="red")
    assert policy.allowed(people.rustam, "matter.read", make_matter(people, owner=people.zarina, team="red"))


def test_it_takes_no_empty_team_for_a_team(people):
    assert not policy.allowed(people.rustam, "matter.read", make_matter(people, owner=people.zarina, team=""))


def test_it_ends_with_the_role(people):
    matter = make_matter(people, owner=people.rustam)
    now = timezone.now()
    Membership.objects.filter(user=people.rustam).update(starts_at=now - dt.timedelta(days=2), expires_at=now)
    assert not policy.allowed(people.rustam, "matter.read", matter)


def test_it_shows_an_administrator_no_matter(people):
    assert not policy.allowed(people.temur, "matter.read", make_matter(people))


def test_it_shuts_a_named_person_out_even_as_owner(people):
    matter = make_matter(people, owner=people.rustam)
    ConflictBlock.objects.create(record_kind=MATTER, record_id=str(matter.pk), user=people.rustam)
    assert not policy.allowed(people.rustam, "matter.read", matter)
    assert not policy.visible(people.rustam, "matter.list", Matter.objects.all()).exists()


def test_it_lends_a_record_to_guests_of_the_other_organisation(people):
    matter = make_matter(people)
    lend(matter, people)
    assert not policy.allowed(people.aygun, "matter.read", matter)
    Membership.objects.create(user=people.aygun, organisation=people.gender_centre, role=Role.PARTNER_GUEST)
    assert policy.allowed(people.aygun, "matter.read", matter)


def test_it_lends_one_verb_alone(people):
    matter = make_matter(people)
    lend(matter, people)
    Membership.objects.create(user=people.aygun, organisation=people.gender_centre, role=Role.LAWYER)
    assert not policy.allowed(people.aygun, "matter.write", matter)


@pytest.mark.parametrize(
    "changed",
    [
        {"ends_at": timezone.now() - dt.timedelta(seconds=1)},
        {"revoked_at": timezone.now() - dt.timedelta(seconds=1)},
        {"starts_at": timezone.now() + dt.timedelta(hours=1)},
    ],
    ids=["ended", "taken back", "not begun"],
)
def test_it_lends_no_longer_than_it_was_said(people, changed):
    matter = make_matter(people)
    lend(matter, people, **changed)
    Membership.objects.create(user=people.aygun, organisation=people.gender_centre, role=Role.LAWYER)
    assert not policy.allowed(people.aygun, "matter.read", matter)


def test_it_lends_to_one_person_alone(people):
    matter = make_matter(people)
    lend(matter, people, to_user=people.zarina)
    Membership.objects.create(user=people.aygun, organisation=people.gender_centre, role=Role.LAWYER)
    assert not policy.allowed(people.aygun, "matter.read", matter)


def test_it_opens_in_an_emergency_for_reading_only(people):
    matter = make_matter(people, owner=people.zarina)
    break_glass(matter, people.rustam)
    read, write = (policy.allowed(people.rustam, verb, matter) for verb in ("matter.read", "matter.write"))
    assert (read.yes, read.break_glass, write.yes) == (True, True, False)


def test_it_opens_nothing_discreet_in_an_emergency(people):
    matter = make_matter(people, owner=people.zarina)
    break_glass(matter, people.rustam)
    told = [policy.allowed(people.rustam, verb, matter).yes for verb in ("matter.read", "matter.confide")]
    assert told == [True, False]
    assert policy.visible(people.rustam, "matter.confide", Matter.objects.all()).count() == 0


def test_it_closes_after_four_hours(people):
    matter = make_matter(people, owner=people.zarina)
    break_glass(matter, people.rustam, hours_ago=5)
    assert not policy.allowed(people.rustam, "matter.read", matter)


def test_it_opens_nothing_of_another_organisation_in_an_emergency(people):
    matter = make_matter(people, owner=people.zarina)
    break_glass(matter, people.aygun)
    assert not policy.allowed(people.aygun, "matter.read", matter)


def test_it_pauses_who_was_not_reviewed_in_time(people):
    own = make_matter(people, owner=people.rustam)
    glass = break_glass(make_matter(people, owner=people.zarina, phone=None), people.rustam, hours_ago=73)
    assert not policy.allowed(people.rustam, "matter.read", own)
    BreakGlass.objects.filter(pk=glass.pk).update(reviewed_at=timezone.now(), reviewed_by=people.zarina)
    assert policy.allowed(people.rustam, "matter.read", own)


def test_it_opens_a_locating_field_for_members_alone(people):
    from sealedroom.models import Shelter

    Membership.objects.filter(user=people.rustam).update(role=Role.SUPERVISOR)
    shelter = Shelter.objects.create(organisation=people.centre, code="s1")
    assert policy.allowed(people.rustam, "shelter.list", shelter)
    assert not policy.allowed(people.rustam, "shelter.read", shelter)
    assert not policy.allowed(people.rustam, "shelter.list", shelter, field="address")


def test_it_refuses_like_a_missing_page(people):
    with pytest.raises(policy.Refused):
        policy.require(people.aygun, "matter.read", make_matter(people))


def test_it_refuses_to_declare_a_verb_again_with_other_rules():
    with pytest.raises(ValueError, match=r"matter\.read"):
        policy.declare({"matter.read": policy.Verb(())})
