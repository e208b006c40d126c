"""How an activity, a campaign, a risk and a report to a donor go on. The status of a project is no state: it follows from its dates."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class WorkLife(Graph):
    """An activity or a campaign is planned, goes on, and is done or stopped."""

    planned = State(pgettext_lazy("activity", "Planned"), initial=True)
    ongoing = State(pgettext_lazy("activity", "Going on"))
    done = State(pgettext_lazy("activity", "Done"))
    stopped = State(pgettext_lazy("activity", "Stopped"))

    planned.then(ongoing, done, stopped)
    ongoing.then(done, stopped, planned)
    done.then(ongoing)
    stopped.then(planned, ongoing)


class RiskLife(Graph):
    """A risk is watched until it came true or is over."""

    open = State(pgettext_lazy("risk", "Watched"), initial=True)
    happened = State(pgettext_lazy("risk", "It happened"))
    over = State(pgettext_lazy("risk", "Over"))

    open.then(happened, over)
    happened.then(open, over)
    over.then(open)


class ReportLife(Graph):
    """A draft is proposed by one person and approved by another, who can also send it back. Only a correction takes the place of what was approved."""

    draft = State(pgettext_lazy("report", "Draft"), initial=True)
    proposed = State(pgettext_lazy("report", "Waits for a second person"))
    approved = State(pgettext_lazy("report", "Approved"))
    replaced = State(pgettext_lazy("report", "Replaced by a corrected one"))
    dropped = State(pgettext_lazy("report", "Given up"))

    draft.then(proposed, dropped)
    proposed.then(draft, approved)
    approved.then(replaced)


#: states in which a report stands as it was frozen
FROZEN = frozenset({"approved", "replaced"})

#: where a project stands, in the order of a list to choose from
STATUSES = (
    ("pipeline", pgettext_lazy("status of a project", "Planned")), ("active", pgettext_lazy("status of a project", "Running")),
    ("finalisation", pgettext_lazy("status of a project", "Being finished")), ("closed", pgettext_lazy("status of a project", "Closed")),
    ("cancelled", pgettext_lazy("status of a project", "Stopped early")), ("unknown", pgettext_lazy("status of a project", "Not known")),
)  # fmt: skip
