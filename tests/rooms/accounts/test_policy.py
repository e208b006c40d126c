"""Who may do what, and that no right looks like no record."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Membership


def _kept_by(organisation) -> SimpleNamespace:
    return SimpleNamespace(maintainer_id=organisation.pk)


def test_it_lets_an_editor_edit_what_nobody_keeps(cast) -> None:
    assert policy.allowed(cast.zarina, "directory.edit", SimpleNamespace(maintainer_id=None))


def test_it_lets_an_editor_edit_what_the_own_organisation_keeps(cast) -> None:
    assert policy.allowed(cast.zarina, "directory.edit", _kept_by(cast.centre))


def test_it_keeps_another_organisations_editor_out(cast) -> None:
    assert not policy.allowed(cast.aygun, "directory.edit", _kept_by(cast.centre))


def test_it_gives_an_administrator_no_editors_right(cast) -> None:
    assert not policy.allowed(cast.temur, "directory.edit", _kept_by(cast.centre))


@pytest.mark.parametrize("visitor", [AnonymousUser(), None])
def test_it_gives_visitors_nothing(cast, visitor) -> None:
    assert not any(policy.allowed(visitor, verb) for verb in policy.VERBS)


def test_it_ends_with_the_role(cast) -> None:
    Membership.objects.filter(user=cast.zarina).update(expires_at=timezone.now())
    assert not policy.allowed(cast.zarina, "directory.edit")


def test_it_ends_with_the_account(cast) -> None:
    cast.zarina.is_active = False
    cast.zarina.save(update_fields=["is_active"])
    assert not policy.allowed(cast.zarina, "directory.edit")


def test_it_refuses_like_a_missing_page(cast) -> None:
    with pytest.raises(Http404):
        policy.require(cast.rustam, "directory.edit")


def test_it_gives_its_reason(cast) -> None:
    assert policy.allowed(cast.aygun, "directory.edit", _kept_by(cast.centre)).reason
