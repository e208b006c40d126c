"""What the doctor asks of accounts."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from hamroh.accounts import factors
from hamroh.accounts.models import NEEDS_SECOND_FACTOR, SEES_SEALED, Membership, Organisation, User
from hamroh.accounts.rowsecurity import unguarded_tables
from hamroh.vault import selectors as vault
from hamroh.web.findings import FAILING, RISKY, Finding

#: people leave, paper gets lost
TRIED_EVERY = dt.timedelta(days=400)


def second_factors() -> Iterator[Finding]:
    """People who may see sealed data, or guard those who do, without a second factor: they get no further than enrolment."""
    holders = Membership.objects.current().filter(role__in=NEEDS_SECOND_FACTOR).values("user")
    without = [user for user in User.objects.filter(pk__in=holders).order_by("username") if not factors.has_any(user)]
    if without:
        yield Finding(
            "accounts.second_factor", RISKY, f"{len(without)} people still lack a second factor: {_names(without)}",
            "let each sign in and enrol a passkey or an app, or end the role: hamroh user list",
        )  # fmt: skip


def _names(people: list[User]) -> str:
    return ", ".join(user.username for user in people[:5]) + (" …" if len(people) > 5 else "")


def own_keys() -> Iterator[Finding]:
    """Members of locating records whose own key has one way to open it, or none: a lost phone then takes two recovery papers."""
    ids = vault.one_way_or_none()
    people = list(User.objects.filter(pk__in=ids, is_active=True).order_by("username"))
    if people:
        yield Finding(
            "accounts.own_keys", RISKY, f"{len(people)} members of locating records have one way to their key or none: "
            f"{_names(people)}", "let each add a passkey or a passphrase: Your account, My own key",
        )  # fmt: skip


def recovery_papers() -> Iterator[Finding]:
    """Organisations that keep sealed records and could not open them again: no papers, papers nobody tried, or tried long ago."""
    at_work = Membership.objects.current().filter(role__in=SEES_SEALED).values("organisation")
    houses = list(Organisation.objects.filter(pk__in=at_work).order_by("code"))
    made = vault.papers_of(house.pk for house in houses)
    tried = {pk: papers.drilled_at for pk, papers in made.items()}
    old = timezone.now() - TRIED_EVERY
    yield from _papers("have no recovery papers", "Make the papers", [h for h in houses if h.pk not in made])
    never = [house for house in houses if house.pk in made and tried[house.pk] is None]
    yield from _papers("never tried their recovery papers", "Hold the drill", never)
    late = [house for house in houses if (at := tried.get(house.pk)) is not None and at < old]
    yield from _papers("tried their recovery papers more than a year ago", "Hold the drill", late)


def _papers(says: str, do: str, houses: list[Organisation]) -> Iterator[Finding]:
    if houses:
        codes = ", ".join(house.code for house in houses[:5]) + (" …" if len(houses) > 5 else "")
        yield Finding(
            "accounts.recovery_papers", RISKY, f"{len(houses)} organisations {says}: {codes}",
            f"at the desk: Recovery papers, {do}; or hamroh recovery",
        )  # fmt: skip


def row_security() -> Iterator[Finding]:
    """Tables whose rows PostgreSQL should guard and does not."""
    if tables := unguarded_tables():
        yield Finding(
            "accounts.row_security", FAILING, f"row-level security is off for {', '.join(tables)}",
            "run hamroh manage migrate as the owner of the tables",
        )  # fmt: skip
