"""What anybody reads of training: rounds that are announced, gatherings that are public, whether a certificate counts."""

from dataclasses import dataclass
from typing import Any

from hamroh.accounts import rowsecurity
from hamroh.training.codes import digest_of
from hamroh.training.models import Borne, Certificate, Gathering, Recommendation, Round, Shows
from hamroh.training.selectors.rounds import is_full, is_past
from hamroh.vault import opening
from hamroh.vault.decisions import Upkeep

MOST = 200


def announced(*, course: str = "") -> list[Round]:
    """Rounds that are made known, the next first."""
    with rowsecurity.opened_for_all():
        rows = Round.objects.filter(state="announced").select_related("course", "place", "organisation")
        rows = rows.filter(course__code=course) if course else rows
        return [row for row in rows.order_by("starts", "pk")[:MOST] if not is_past(row.ends or row.starts)]


def announced_of(*, code: str) -> tuple[Round, list[Borne]] | None:
    """One that is made known, with who bears it; None otherwise."""
    with rowsecurity.opened_for_all():
        row = (
            Round.objects.filter(code=code, state="announced").select_related("course", "place", "organisation").first()
        )
        return (
            (row, list(Borne.objects.filter(round=row).select_related("party").order_by("bearing", "pk")))
            if row
            else None
        )


def takes_more(*, round: Round) -> bool:  # noqa: A002 - the field's word
    """Whether a place is free; those who come later wait on a list."""
    with rowsecurity.opened_for_all():
        return not is_full(round)


def public_gatherings() -> list[Gathering]:
    """Gatherings that are public, the newest first."""
    with rowsecurity.opened_for_all():
        return list(Gathering.objects.filter(is_public=True).select_related("place").order_by("-on_date", "pk")[:MOST])


def public_gathering(*, code: str) -> tuple[Gathering, list[Any], list[Recommendation]] | None:
    """One that is public with who met and what they asked; None otherwise."""
    with rowsecurity.opened_for_all():
        row = Gathering.objects.filter(code=code, is_public=True).select_related("place").first()
        if row is None:
            return None
        asked = Recommendation.objects.filter(gathering=row).select_related("addressee").order_by("made_at", "pk")
        return row, list(row.parties.all()), list(asked)


@dataclass(frozen=True)
class Checked:
    """What may be said of a certificate: ``row`` is None where there is none of the code."""

    row: Certificate | None
    round: Round | None = None
    initials: str = ""


def checked(*, code: str, by_hand: bool) -> Checked:
    """What the holder of a code lets be said. By an address nobody's initials are told: addresses stay in logs and histories."""
    with rowsecurity.opened_for_all():
        rows = Certificate.objects.select_related("round__course", "round__place", "round__organisation")
        row = rows.filter(digest=digest_of(code)).first()
        if row is None:
            return Checked(None)
        told = row.round if row.shows != Shows.VALID else None
        return Checked(
            row, told, _initials(row) if by_hand and row.shows == Shows.INITIALS and row.state == "valid" else ""
        )


def _initials(row: Certificate) -> str:
    """Opened by the installation as the holder wished; the journal says that nobody in particular asked."""
    decision = Upkeep(("training.round", str(row.round_id)), verb="certificate.check")
    return str(opening.open_each(row, ("initials",), decision=decision, purpose="check")["initials"] or "")
