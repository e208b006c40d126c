"""How a case goes: declared once, so that a move that the graph does not have cannot be made."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class CaseLife(Graph):
    """From the first word to the outcome. What each move asks for stands in ``actions.moving``."""

    draft = State(pgettext_lazy("case", "Begun"), initial=True)
    intake = State(pgettext_lazy("case", "Intake"))
    assessed = State(pgettext_lazy("case", "Assessed"))
    planned = State(pgettext_lazy("case", "Planned"))
    active = State(pgettext_lazy("case", "Under way"))
    on_hold = State(pgettext_lazy("case", "On hold"))
    closing = State(pgettext_lazy("case", "Waits for approval to close"))
    closed = State(pgettext_lazy("case", "Closed"))
    reopened = State(pgettext_lazy("case", "Reopened"))
    transferred = State(pgettext_lazy("case", "Handed over"))

    draft.then(intake)
    intake.then(assessed, closing, transferred)
    assessed.then(planned, closing, transferred)
    planned.then(active, closing, transferred)
    active.then(on_hold, planned, closing, transferred)
    on_hold.then(active, closing, transferred)
    closing.then(closed, active, transferred)
    closed.then(reopened)
    reopened.then(assessed, planned, active, closing, transferred)
    transferred.then(reopened)


class OutgoingLife(Graph):
    """From the wish to reach her to what was done; the rule is asked at each release."""

    queued = State(pgettext_lazy("outgoing", "Waits for a safe time"), initial=True)
    released = State(pgettext_lazy("outgoing", "May go out now"))
    refused = State(pgettext_lazy("outgoing", "Refused"))
    cancelled = State(pgettext_lazy("outgoing", "Cancelled"))
    sent = State(pgettext_lazy("outgoing", "Done by hand"))

    queued.then(released, refused, cancelled)
    released.then(queued, refused, cancelled, sent)


class MediationLife(Graph):
    """From the first session on; it ends once, and for her safety at any moment."""

    open = State(pgettext_lazy("mediation", "Under way"), initial=True)
    agreed = State(pgettext_lazy("mediation", "They agreed"))
    not_agreed = State(pgettext_lazy("mediation", "They did not agree"))
    broken_off = State(pgettext_lazy("mediation", "Broken off for her safety"))
    open.then(agreed, not_agreed, broken_off)


class SupportLife(Graph):
    """From the papers to the office's answer; what it says, or its silence, may be contested."""

    collecting = State(pgettext_lazy("support", "Papers are being collected"), initial=True)
    filed = State(pgettext_lazy("support", "Handed in"))
    granted = State(pgettext_lazy("support", "Granted"))
    refused = State(pgettext_lazy("support", "Refused"))
    silent = State(pgettext_lazy("support", "No answer came"))
    appealed = State(pgettext_lazy("support", "Contested"))
    withdrawn = State(pgettext_lazy("support", "Withdrawn"))

    collecting.then(filed, withdrawn)
    filed.then(granted, refused, silent, withdrawn)
    granted.then(appealed)
    refused.then(appealed)
    silent.then(granted, refused, appealed, withdrawn)
    appealed.then(granted, refused, silent, withdrawn)


class ReferralLife(Graph):
    """From the wish to send her on to what came of it, the same on both sides."""

    drafted = State(pgettext_lazy("referral", "Not sent yet"), initial=True)
    sent = State(pgettext_lazy("referral", "Sent"))
    seen = State(pgettext_lazy("referral", "Looked at"))
    accepted = State(pgettext_lazy("referral", "Accepted"))
    declined = State(pgettext_lazy("referral", "Declined"))
    in_service = State(pgettext_lazy("referral", "They work on it"))
    completed = State(pgettext_lazy("referral", "Completed"))
    lapsed = State(pgettext_lazy("referral", "Nobody answered in time"))
    revoked = State(pgettext_lazy("referral", "Taken back"))

    drafted.then(sent, revoked)
    sent.then(seen, accepted, declined, lapsed, revoked)
    seen.then(accepted, declined, lapsed, revoked)
    accepted.then(in_service, completed, revoked)
    in_service.then(completed, revoked)


class ExportLife(Graph):
    """From the wish to take data out to the day on which nothing of the file is kept."""

    asked = State(pgettext_lazy("export", "Waits for a second person"), initial=True)
    released = State(pgettext_lazy("export", "May be made"))
    made = State(pgettext_lazy("export", "Ready to be fetched"))
    declined = State(pgettext_lazy("export", "Not let go"))
    over = State(pgettext_lazy("export", "Over: nothing of it is kept"))

    asked.then(released, declined, over)
    released.then(made, over)
    made.then(over)


#: the other side holds copies in these and in no other
HOLDS_COPIES = ("sent", "seen", "accepted")
#: nothing more happens in these until somebody reopens the case
AT_REST = ("closed", "transferred")
#: nobody moves a case there by hand: the other organisation does, when it opens a case of its own
BY_OTHERS = ("transferred",)


def by_hand(name: str) -> list[str]:
    """States that somebody may move a case to from ``name``."""
    return [after for after in CaseLife.moves(name) if after not in BY_OTHERS]
