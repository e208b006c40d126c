"""What the doctor asks of accounts."""

from collections.abc import Iterator

from hamroh.accounts import factors
from hamroh.accounts.models import NEEDS_SECOND_FACTOR, Membership, User
from hamroh.accounts.rowsecurity import unguarded_tables
from hamroh.vault import selectors as vault
from hamroh.web.findings import FAILING, RISKY, Finding


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


def row_security() -> Iterator[Finding]:
    """Tables whose rows PostgreSQL should guard and does not."""
    if tables := unguarded_tables():
        yield Finding(
            "accounts.row_security", FAILING, f"row-level security is off for {', '.join(tables)}",
            "run hamroh manage migrate as the owner of the tables",
        )  # fmt: skip
