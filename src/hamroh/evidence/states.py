"""How an edition of a profile becomes public, and how a round of its review goes."""

from django.utils.translation import gettext_noop as _

from hamroh.kernel.states import Graph, State


class EditionStates(Graph):
    """A draft is written; in review others comment on it; approved it waits to be published; published it never changes again."""

    draft = State(_("Draft"), initial=True)
    review = State(_("In review"))
    approved = State(_("Approved"))
    published = State(_("Published"))
    withdrawn = State(_("Withdrawn"))

    draft.then(review, approved)
    review.then(draft, approved)
    approved.then(draft, published)
    published.then(withdrawn)


#: from here on the edition is its frozen copy
FROZEN = frozenset({"published", "withdrawn"})


class RoundStates(Graph):
    """A round takes comments until it is closed."""

    open = State(_("Open"), initial=True)
    closed = State(_("Closed"))

    open.then(closed)
