"""What the doctor hears from accounts."""

from hamroh.accounts import findings
from hamroh.accounts.models import Membership, Role


def test_it_names_who_lacks_a_second_factor(cast):
    Membership.objects.create(user=cast.rustam, organisation=cast.centre, role=Role.LAWYER)
    (found,) = findings.second_factors()
    assert (found.id, "rustam" in found.says, "zarina" in found.says) == ("accounts.second_factor", True, False)


def test_it_has_nothing_to_say_when_nobody_lacks_one(cast):
    Membership.objects.exclude(role=Role.EDITOR).delete()
    assert list(findings.second_factors()) == []
