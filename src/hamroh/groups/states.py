"""How a group, a memorandum, help that was asked for and an application for money go on."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class GroupLife(Graph):
    """A group gathers, meets, may rest for a season, and is closed; it can begin anew."""

    forming = State(pgettext_lazy("group", "Gathering"), initial=True)
    active = State(pgettext_lazy("group", "Meets"))
    resting = State(pgettext_lazy("group", "Rests"))
    closed = State(pgettext_lazy("group", "Closed"))

    forming.then(active, closed)
    active.then(resting, closed)
    resting.then(active, closed)
    closed.then(active)


class MemorandumLife(Graph):
    """A memorandum is talked over, signed, renewed by another one, or ended before its day."""

    draft = State(pgettext_lazy("memorandum", "Talked over"), initial=True)
    signed = State(pgettext_lazy("memorandum", "Signed"))
    renewed = State(pgettext_lazy("memorandum", "Renewed by another one"))
    ended = State(pgettext_lazy("memorandum", "Ended"))

    draft.then(signed, ended)
    signed.then(renewed, ended)


class HelpLife(Graph):
    """Help is asked for; somebody gives it, refuses it, or it comes to nothing."""

    asked = State(pgettext_lazy("community help", "Asked for"), initial=True)
    promised = State(pgettext_lazy("community help", "Promised"))
    given = State(pgettext_lazy("community help", "Given"))
    refused = State(pgettext_lazy("community help", "Refused"))
    dropped = State(pgettext_lazy("community help", "Not needed any more"))

    asked.then(promised, given, refused, dropped)
    promised.then(given, refused, dropped)
    refused.then(asked)


class FundingLife(Graph):
    """A group's own application: written, sent, answered, and reported on where money came."""

    drafted = State(pgettext_lazy("funding", "Being written"), initial=True)
    sent = State(pgettext_lazy("funding", "Sent"))
    granted = State(pgettext_lazy("funding", "Granted"))
    refused = State(pgettext_lazy("funding", "Refused"))
    reported = State(pgettext_lazy("funding", "Reported on"))
    dropped = State(pgettext_lazy("funding", "Given up"))

    drafted.then(sent, dropped)
    sent.then(granted, refused, dropped)
    granted.then(reported)


class CycleLife(Graph):
    """A cycle runs until it is shared out; then it stands."""

    open = State(pgettext_lazy("cycle", "Running"), initial=True)
    shared = State(pgettext_lazy("cycle", "Shared out"))

    open.then(shared)


class MeetingLife(Graph):
    """A meeting is closed with its cash counted; the last one can be opened again."""

    open = State(pgettext_lazy("meeting", "Open"), initial=True)
    closed = State(pgettext_lazy("meeting", "Closed"))

    open.then(closed)
    closed.then(open)


class ParcelLife(Graph):
    """What a telephone recorded is taken in, or waits where it says otherwise than what is here."""

    waiting = State(pgettext_lazy("parcel", "To be settled"), initial=True)
    taken = State(pgettext_lazy("parcel", "Taken in"))

    waiting.then(taken)
