"""What the doctor hears from accounts."""

import uuid

from hamroh.accounts import findings
from hamroh.accounts.models import Membership, Role
from hamroh.vault import actions, members


def test_it_names_who_lacks_a_second_factor(cast):
    Membership.objects.create(user=cast.rustam, organisation=cast.centre, role=Role.LAWYER)
    (found,) = findings.second_factors()
    assert (found.id, "rustam" in found.says, "zarina" in found.says) == ("accounts.second_factor", True, False)


def test_it_has_nothing_to_say_when_nobody_lacks_one(cast):
    Membership.objects.exclude(role=Role.EDITOR).delete()
    assert list(findings.second_factors()) == []


def test_it_names_members_whom_one_lost_phone_shuts_out(cast, settings):
    settings.IS_DEMO = True
    actions.make_recovery(actor=None, organisation_id=cast.centre.pk)
    private = members.create(cast.zarina.pk, bytes(32), name="passkey-1")
    members.create(cast.aygun.pk, bytes(32), name="passkey-2")
    record = ("sealedroom.shelter", str(uuid.uuid4()))
    members.begin_record(record, organisation_id=cast.centre.pk, members=[cast.zarina.pk])
    (found,) = findings.own_keys()
    assert ("zarina" in found.says, "aygun" in found.says) == (True, False)
    members.add_lock(cast.zarina.pk, private, bytes(31) + b"1", name="passkey-3")
    assert list(findings.own_keys()) == []
