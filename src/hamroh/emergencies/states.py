"""How an event, a need, a task and an alert go on."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class EventLife(Graph):
    """An event is open until its centre closes it; it can be opened again."""

    open = State(pgettext_lazy("event", "Open"), initial=True)
    closed = State(pgettext_lazy("event", "Closed"))

    open.then(closed)
    closed.then(open)


class NeedLife(Graph):
    """What is needed is met in parts, as a whole, or turns out not to be needed."""

    open = State(pgettext_lazy("need", "Not met"), initial=True)
    partly = State(pgettext_lazy("need", "Partly met"))
    met = State(pgettext_lazy("need", "Met"))
    dropped = State(pgettext_lazy("need", "Not needed any more"))

    open.then(partly, met, dropped)
    partly.then(open, met, dropped)
    met.then(open, partly)
    dropped.then(open)


class TaskLife(Graph):
    """Whoever is given a task says that she has it, then that it is done."""

    given = State(pgettext_lazy("task", "Given, not yet taken"), initial=True)
    taken = State(pgettext_lazy("task", "Taken"))
    done = State(pgettext_lazy("task", "Done"))
    dropped = State(pgettext_lazy("task", "Called off"))

    given.then(taken, done, dropped, given)
    taken.then(done, dropped, given)
    done.then(given)
    dropped.then(given)


class AlertLife(Graph):
    """A draft waits for two signatures and goes out with the second; a change takes it back to a draft."""

    draft = State(pgettext_lazy("alert", "Draft"), initial=True)
    signing = State(pgettext_lazy("alert", "Waits for signatures"))
    issued = State(pgettext_lazy("alert", "Sent out"))
    dropped = State(pgettext_lazy("alert", "Thrown away"))

    draft.then(signing, dropped)
    signing.then(draft, issued, dropped)
