"""How an activity, a campaign and a risk go on. The status of a project is no state: it follows from its dates."""

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


#: where a project stands, in the order of a list to choose from
STATUSES = (
    ("pipeline", pgettext_lazy("status of a project", "Planned")), ("active", pgettext_lazy("status of a project", "Running")),
    ("finalisation", pgettext_lazy("status of a project", "Being finished")), ("closed", pgettext_lazy("status of a project", "Closed")),
    ("cancelled", pgettext_lazy("status of a project", "Stopped early")), ("unknown", pgettext_lazy("status of a project", "Not known")),
)  # fmt: skip
