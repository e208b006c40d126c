"""How a part of the archive becomes public, and how it goes. Whether it is seen then is computed from what its narrators allow."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class UnitStates(Graph):
    """A draft is described; what is released is public as far as consent goes; closed it is for nobody but the desk; erased it has no words left."""

    draft = State(pgettext_lazy("archive", "Draft"), initial=True)
    released = State(pgettext_lazy("archive", "Released"))
    closed = State(pgettext_lazy("archive", "Closed"))
    erased = State(pgettext_lazy("archive", "Erased"))

    draft.then(released, erased)
    released.then(closed, draft, erased)
    closed.then(draft, erased)
