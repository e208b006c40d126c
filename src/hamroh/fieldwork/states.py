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
