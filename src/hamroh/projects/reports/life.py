"""How a report to a donor goes on: written, proposed, approved by a second person and frozen; a correction takes its place."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class ReportLife(Graph):
    """A draft is proposed by one person and approved by another, who can also send it back. Only a correction takes the place of what was approved."""

    draft = State(pgettext_lazy("report", "Draft"), initial=True)
    proposed = State(pgettext_lazy("report", "Waits for a second person"))
    approved = State(pgettext_lazy("report", "Approved"))
    replaced = State(pgettext_lazy("report", "Replaced by a corrected one"))
    dropped = State(pgettext_lazy("report", "Given up"))

    draft.then(proposed, dropped)
    proposed.then(draft, approved)
    approved.then(replaced)


#: states in which a report stands as it was frozen
FROZEN = frozenset({"approved", "replaced"})
