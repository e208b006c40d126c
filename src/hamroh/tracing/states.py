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
    contact.then(answer, closed)
    declined.then(answer, closed)
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


class LetterLife(Graph):
    """Family news on its way. What was sent back is written anew, as another letter."""

    written = State(pgettext_lazy("letter", "Waits to be read"), initial=True)
    approved = State(pgettext_lazy("letter", "Read, and may go"))
    returned = State(pgettext_lazy("letter", "Sent back, to be written anew"))
    refused = State(pgettext_lazy("letter", "Refused"))
    withdrawn = State(pgettext_lazy("letter", "Taken back"))
    out = State(pgettext_lazy("letter", "Told with the weekly word"))
    carried = State(pgettext_lazy("letter", "Given to who was found"))
    delivered = State(pgettext_lazy("letter", "Given to who misses him"))

    written.then(approved, returned, refused, withdrawn)
    approved.then(out, carried, withdrawn)
    out.then(delivered)


class ReleaseLife(Graph):
    """Telling a lawyer where somebody is: one wishes it, another agrees, then it is written down for the lawyer alone."""

    proposed = State(pgettext_lazy("release", "Waits for a second person"), initial=True)
    agreed = State(pgettext_lazy("release", "Agreed: the place can be written down"))
    released = State(pgettext_lazy("release", "Written down for the lawyer"))
    refused = State(pgettext_lazy("release", "Refused"))
    withdrawn = State(pgettext_lazy("release", "Taken back"))

    proposed.then(agreed, refused, withdrawn)
    agreed.then(released, withdrawn)


class PartnershipLife(Graph):
    """Two organisations that help each other find: one offers, the other says yes or no, either ends it."""

    offered = State(pgettext_lazy("partnership", "Offered"), initial=True)
    in_force = State(pgettext_lazy("partnership", "In force"))
    refused = State(pgettext_lazy("partnership", "Not agreed to"))
    ended = State(pgettext_lazy("partnership", "Ended"))

    offered.then(in_force, refused, ended)
    in_force.then(ended)


class LinkageLife(Graph):
    """Whole lists are linked in the background; one that stood still is begun anew, which finds nobody twice."""

    running = State(pgettext_lazy("linkage", "Lists are compared"), initial=True)
    done = State(pgettext_lazy("linkage", "Compared"))
    stopped = State(pgettext_lazy("linkage", "Stopped"))
    failed = State(pgettext_lazy("linkage", "Could not be compared"))

    running.then(done, stopped, failed)
    stopped.then(running)
    failed.then(running)


class ExchangeLife(Graph):
    """A private exchange as one side has it: wished for by one, let go by another, worked on, until its keys are shredded."""

    coming = State(pgettext_lazy("exchange", "An offer is on its way"), initial=True)
    came = State(pgettext_lazy("exchange", "An offer came: it waits for your word"))
    wished = State(pgettext_lazy("exchange", "Waits for a second person"))
    building = State(pgettext_lazy("exchange", "Our file is being made"))
    waiting = State(pgettext_lazy("exchange", "Waits for the other side"))
    opening = State(pgettext_lazy("exchange", "Their file is being opened"))
    matched = State(pgettext_lazy("exchange", "The pairs are here"))
    failed = State(pgettext_lazy("exchange", "Could not go on"))
    ended = State(pgettext_lazy("exchange", "Ended and shredded"))

    coming.then(came, ended)
    came.then(wished, ended)
    wished.then(building, ended)
    building.then(waiting, failed, ended)
    waiting.then(opening, failed, ended)
    opening.then(matched, waiting, failed, ended)
    matched.then(ended)
    failed.then(building, opening, ended)


#: a search goes on in these, and new records are compared with the request
SEARCHED = ("searching", "candidate", "verified", "asked", "answer")
#: the engine's judgements move a request among these; what was told to the person found is no matter of judgements any more
JUDGED = ("searching", "candidate", "verified", "asked", "answer")
#: a request is compared with nothing any more
AT_REST = ("contact", "declined", "deceased", "closed")
#: he was asked and said what he wishes: what he agreed to counts in these
HEARD = ("answer", "contact")
