"""How an issue and a letter go on."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class IssueLife(Graph):
    """An issue is written, laid before a second person, and out; what is out can be taken back."""

    draft = State(pgettext_lazy("bulletin", "Draft"), initial=True)
    asked = State(pgettext_lazy("bulletin", "Waits for a second person"))
    out = State(pgettext_lazy("bulletin", "Out"))
    withdrawn = State(pgettext_lazy("bulletin", "Taken back"))

    draft.then(asked)
    asked.then(draft, out)
    out.then(withdrawn)


class LetterLife(Graph):
    """A letter waits, is claimed by one worker, and has gone; or it has not.

    ``doubtful``: a worker ended between handing it over and writing that down, or the line broke in the middle. Nobody knows whether
    it arrived, so it goes once more only by hand.
    """

    queued = State(pgettext_lazy("letter", "Waits"), initial=True)
    sending = State(pgettext_lazy("letter", "Is being sent"))
    sent = State(pgettext_lazy("letter", "Sent"))
    failed = State(pgettext_lazy("letter", "Refused"))
    doubtful = State(pgettext_lazy("letter", "Nobody knows"))

    queued.then(sending, failed)
    sending.then(sent, queued, failed, doubtful)
    doubtful.then(queued, sent)
