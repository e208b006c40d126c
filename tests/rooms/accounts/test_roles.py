"""Roles: which go together, from when, until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hamroh.accounts import actions
from hamroh.accounts.models import NEEDS_SECOND_FACTOR, SEES_SEALED, Membership, Role


def _give(cast, user, role, **more):
    return actions.give_role(actor=None, user=user, organisation=cast.centre, role=role, **more)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AUDITOR])
def test_it_lets_an_auditor_hold_nothing_else(cast, role) -> None:
    _give(cast, cast.rustam, Role.AUDITOR)
    with pytest.raises(actions.RolesClash):
        _give(cast, cast.rustam, role)


def test_it_makes_nobody_an_auditor_who_holds_a_role(cast) -> None:
    with pytest.raises(actions.RolesClash):
        _give(cast, cast.zarina, Role.AUDITOR)


@pytest.mark.parametrize("role", sorted(SEES_SEALED))
def test_it_keeps_administrators_from_cases(cast, role) -> None:
    with pytest.raises(actions.RolesClash):
        _give(cast, cast.temur, role)
    _give(cast, cast.rustam, role)
    with pytest.raises(actions.RolesClash):
        _give(cast, cast.rustam, Role.ADMINISTRATOR)


def test_it_writes_nothing_when_it_refuses(cast) -> None:
    with pytest.raises(actions.RolesClash):
        _give(cast, cast.temur, Role.LAWYER)
    assert list(cast.temur.memberships.values_list("role", flat=True)) == [Role.ADMINISTRATOR]


def test_it_lets_the_same_person_be_an_auditor_elsewhere(cast) -> None:
    actions.give_role(actor=None, user=cast.zarina, organisation=cast.gender_centre, role=Role.AUDITOR)
    assert cast.zarina.memberships.count() == 2


def test_it_lets_a_role_that_has_ended_stand_in_nobodys_way(cast) -> None:
    now = timezone.now()
    cast.zarina.memberships.update(starts_at=now - timedelta(days=9), expires_at=now - timedelta(days=1))
    assert _give(cast, cast.zarina, Role.AUDITOR)


def test_it_counts_a_role_that_is_still_to_begin(cast) -> None:
    _give(cast, cast.rustam, Role.LAWYER, starts_at=timezone.now() + timedelta(days=3))
    with pytest.raises(actions.RolesClash):
        _give(cast, cast.rustam, Role.AUDITOR)


def test_it_begins_and_ends_in_time(cast) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    _give(cast, cast.rustam, Role.LAWYER, starts_at=tomorrow)
    assert not Membership.objects.current().filter(user=cast.rustam).exists()


def test_it_limits_a_role_to_its_area(cast) -> None:
    membership = _give(cast, cast.rustam, Role.MONITOR, area=("tj-khatlon",))
    membership.refresh_from_db()
    assert membership.area == ["tj-khatlon"]


def test_it_asks_everybody_who_sees_sealed_data_for_a_second_factor() -> None:
    assert SEES_SEALED < NEEDS_SECOND_FACTOR
    assert not {Role.EDITOR, Role.ANALYST, Role.PROGRAMME_MANAGER} & NEEDS_SECOND_FACTOR
