"""How a suggestion is worked off."""

from django.utils.translation import gettext_noop as _

from hamroh.kernel.states import Graph, State


class SuggestionStates(Graph):
    """Anybody suggests, editors discuss and vote, an editor of the vocabulary's keeper decides."""

    open = State(_("New"), initial=True)
    discussed = State(_("In discussion"))
    accepted = State(_("Accepted"))
    rejected = State(_("Rejected"))
    withdrawn = State(_("Withdrawn"))

    open.then(discussed, accepted, rejected, withdrawn)
    discussed.then(accepted, rejected, withdrawn)


#: states in which a suggestion still waits for a decision
WAITING = (SuggestionStates.open.name, SuggestionStates.discussed.name)
