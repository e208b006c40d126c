"""The demonstration's families: every kind of matter, opened through the desk's own actions, the same at every start."""

import pytest

from hamroh.accounts.models import Organisation
from hamroh.cases.models import (
    Application,
    Case,
    Hearing,
    Matter,
    MatterKind,
    Mediation,
    MediationWish,
    Referral,
    TogetherCheck,
)
from hamroh.directory.phones import is_undialable
from hamroh.kernel import datafiles
from hamroh.site.demo import families
from hamroh.site.demo.people import load_people
from hamroh.vault.models import JournalLine
from vault_keys import settled


@pytest.fixture
def counts(monkeypatch) -> int:
    """A family of each kind in one house, and two in the other; how many in all."""
    told = datafiles.document(families.FILE)
    sizes = dict(zip(told["houses"], (len(MatterKind) + 1, 2), strict=True))
    houses = {code: house | {"count": sizes[code]} for code, house in told["houses"].items()}
    monkeypatch.setattr(datafiles, "document", lambda _name: {"houses": houses})
    return sum(sizes.values())


def test_it_opens_a_family_for_every_kind_of_matter_at_many_stages(db, fresh_keys, settings, counts):
    settings.IS_DEMO = True
    load_people()
    settled(*Organisation.objects.all())
    ticks: list[int] = []
    families.load_families(lambda: ticks.append(1))
    begun = set(Matter.objects.values_list("kind", flat=True))
    early = Case.objects.filter(status__in=("intake", "assessed")).count()
    opened = counts + Referral.objects.filter(state="completed").count()  # the other side opens its own
    assert len(ticks) == counts
    assert Case.objects.count() == JournalLine.objects.filter(verb="case.open").count() == opened
    assert len(begun) + early >= len(MatterKind)
    assert len(set(Case.objects.values_list("status", flat=True))) >= 7
    assert Hearing.objects.filter(case__owner__username="farzona").exists()
    between = {
        "wishes": set(MediationWish.objects.values_list("answer", flat=True)), "talks": set(Mediation.objects.values_list("state", flat=True)),
        "checks": set(TogetherCheck.objects.exclude(found="").values_list("month", "found")),
        "applications": set(Application.objects.values_list("state", flat=True)),
    }  # fmt: skip
    assert between == {
        "wishes": {"declined"}, "talks": {"agreed"}, "checks": {(1, "safe"), (3, "safe")}, "applications": {"granted", "filed"},
    }  # fmt: skip
    assert set(Referral.objects.values_list("state", flat=True)) == {"accepted", "declined", "completed"}


@pytest.mark.parametrize("code", ["support-centre", "gender-centre"])
def test_it_gives_numbers_that_nobody_can_dial(code):
    told = datafiles.document(families.FILE)["houses"][code]
    assert all(is_undialable(f"{told['phone']} {number + 10:02d}", told["country"]) for number in range(told["count"]))
