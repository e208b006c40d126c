"""What anybody reads: issues that are out."""

from hamroh.accounts import rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.bulletins.models import Issue

MOST = 100


def out() -> list[Issue]:
    """Issues that are out, the newest period first."""
    with rowsecurity.opened_for_all():
        rows = Issue.objects.filter(state="out").select_related("organisation")
        return list(rows.order_by("-until_date", "-released_at")[:MOST])


def newest(most: int) -> list[Issue]:
    """What a feed tells of: those that came out last."""
    with rowsecurity.opened_for_all():
        return list(Issue.objects.filter(state="out").select_related("organisation").order_by("-released_at")[:most])


def out_of(*, code: str) -> Issue | None:
    """One that is out; None otherwise."""
    with rowsecurity.opened_for_all():
        return Issue.objects.filter(code=code, state="out").select_related("organisation").first()


def houses() -> list[Organisation]:
    """Organisations whose bulletin one may ask for: those of which one is out."""
    with rowsecurity.opened_for_all():
        ids = Issue.objects.filter(state="out").values("organisation_id")
        return list(Organisation.objects.filter(pk__in=ids).order_by("code"))
