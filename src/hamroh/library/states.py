"""How a record of the library becomes public and is taken back, and how far a harvest of another centre has come."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class RecordStates(Graph):
    """A draft is written; published it is found by everybody; withdrawn it is found by nobody, and harvesters are told."""

    draft = State(pgettext_lazy("record", "Draft"), initial=True)
    published = State(pgettext_lazy("record", "Published"))
    withdrawn = State(pgettext_lazy("record", "Withdrawn"))

    draft.then(published)
    published.then(withdrawn)
    withdrawn.then(draft, published)
