"""How an edition of a profile becomes public, and how a round of its review goes."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class EditionStates(Graph):
    """A draft is written; in review others comment on it; approved it waits to be published; published it never changes again."""

    draft = State(pgettext_lazy("edition", "Draft"), initial=True)
    review = State(pgettext_lazy("edition", "In review"))
    approved = State(pgettext_lazy("edition", "Approved"))
    published = State(pgettext_lazy("edition", "Published"))
    withdrawn = State(pgettext_lazy("edition", "Withdrawn"))

    draft.then(review, approved)
    review.then(draft, approved)
    approved.then(draft, published)
    published.then(withdrawn)


#: from here on the edition is its frozen copy
FROZEN = frozenset({"published", "withdrawn"})


class RoundStates(Graph):
    """A round takes comments until it is closed."""

    open = State(pgettext_lazy("round", "Open"), initial=True)
    closed = State(pgettext_lazy("round", "Closed"))

    open.then(closed)
