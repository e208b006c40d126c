"""How an entry comes into the directory and leaves it, and how a public report is worked off."""

from django.utils.translation import gettext_noop as _

from hamroh.kernel.states import Graph, State


class EntryStates(Graph):
    """A draft is seen by editors; a listed entry by everyone; an archived one stays as history."""

    draft = State(_("Draft"), initial=True)
    listed = State(_("Listed"))
    archived = State(_("Archived"))

    draft.then(listed, archived)
    listed.then(draft, archived)
    archived.then(draft)


class ReportStates(Graph):
    """What becomes of "something is wrong here"."""

    new = State(_("New"), initial=True)
    checking = State(_("Being checked"))
    corrected = State(_("Corrected"))
    not_confirmed = State(_("Not confirmed"))

    new.then(checking, corrected, not_confirmed)
    checking.then(corrected, not_confirmed)
