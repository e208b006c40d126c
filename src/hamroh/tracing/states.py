"""How a search goes: declared once, so that a move that the graph does not have cannot be made."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class TracingLife(Graph):
    """From the request to the answer that may be told. Who makes which move, and on what ground, stands in ``actions.moving``.

    The seeker's side sees none of these: for her a request is looked into, or it has ended.
    """

    open = State(pgettext_lazy("tracing", "Asked for"), initial=True)
    searching = State(pgettext_lazy("tracing", "Searched for"))
    candidate = State(pgettext_lazy("tracing", "One person thinks it is this one"))
    verified = State(pgettext_lazy("tracing", "Two people judged it the same"))
    asked = State(pgettext_lazy("tracing", "The person found was asked"))
    answer = State(pgettext_lazy("tracing", "The person found has answered"))
    contact = State(pgettext_lazy("tracing", "In touch, as was agreed"))
    declined = State(pgettext_lazy("tracing", "Wishes no contact"))
    deceased = State(pgettext_lazy("tracing", "Has died"))
    closed = State(pgettext_lazy("tracing", "Ended"))

    open.then(searching, closed)
    searching.then(candidate, verified, deceased, closed)
    candidate.then(searching, verified, deceased, closed)
    verified.then(searching, candidate, asked, deceased, closed)
    asked.then(searching, candidate, answer, deceased, closed)
    answer.then(searching, candidate, contact, declined, deceased, closed)
    contact.then(closed)
    declined.then(closed)
    deceased.then(closed)
    closed.then(open)


class ImportLife(Graph):
    """From the file that was handed over to records of a pool."""

    waiting = State(pgettext_lazy("import", "Waits for your word"), initial=True)
    running = State(pgettext_lazy("import", "Is taken in"))
    done = State(pgettext_lazy("import", "Taken in"))
    thrown = State(pgettext_lazy("import", "Thrown away"))
    undone = State(pgettext_lazy("import", "Taken back"))

    waiting.then(running, thrown)
    running.then(done, undone)
    done.then(undone)


#: a search goes on in these, and new records are compared with the request
SEARCHED = ("searching", "candidate", "verified", "asked", "answer")
#: the engine's judgements move a request among these; what was told to the person found is no matter of judgements any more
JUDGED = ("searching", "candidate", "verified", "asked", "answer")
#: a request is compared with nothing any more
AT_REST = ("contact", "declined", "deceased", "closed")
