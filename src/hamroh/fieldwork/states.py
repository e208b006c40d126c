"""How a form's version comes and goes, and how far what came in was looked at."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class VersionStates(Graph):
    """A draft is tried; open it is handed out; closing it takes what is still on its way; closed it takes nothing."""

    draft = State(pgettext_lazy("form", "Draft"), initial=True)
    open = State(pgettext_lazy("form", "Open"))
    closing = State(pgettext_lazy("form", "Closing"))
    closed = State(pgettext_lazy("form", "Closed"))

    draft.then(open, closed)
    open.then(closing, closed)
    closing.then(open, closed)
    closed.then(closing)


class ReviewStates(Graph):
    """What came in is read; it may have issues; what was mended is told apart from what was approved as it came."""

    received = State(pgettext_lazy("submission", "Received"), initial=True)
    has_issues = State(pgettext_lazy("submission", "Has issues"))
    edited = State(pgettext_lazy("submission", "Edited"))
    approved = State(pgettext_lazy("submission", "Approved"))
    rejected = State(pgettext_lazy("submission", "Rejected"))

    received.then(has_issues, edited, approved, rejected)
    has_issues.then(edited, approved, rejected)
    edited.then(has_issues, edited, approved, rejected)
    approved.then(has_issues, edited, rejected)
    rejected.then(has_issues, edited, approved)


class CampaignStates(Graph):
    """A plan, then people go; when it is over nothing is added, and its report can be frozen."""

    planned = State(pgettext_lazy("campaign", "Planned"), initial=True)
    running = State(pgettext_lazy("campaign", "Under way"))
    over = State(pgettext_lazy("campaign", "Over"))

    planned.then(running)
    running.then(over)
    over.then(running)


class DayStates(Graph):
    """A day is planned, counted, and closed once the evening has looked at it."""

    planned = State(pgettext_lazy("day in a place", "Planned"), initial=True)
    running = State(pgettext_lazy("day in a place", "Under way"))
    closed = State(pgettext_lazy("day in a place", "Closed"))

    planned.then(running)
    running.then(closed)
    closed.then(running)
