"""What the room says about a file that it refuses."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.drafts import Fault, Problem

FAULTS: Mapping[Fault, Promise | str] = {
    Fault.EMPTY: _("The file is empty."),
    Fault.TOO_LARGE: _("The file is too large: at most %(detail)s are read."),
    Fault.ARCHIVE: _("The file is a packed archive. Unpack it and give the file inside."),
    Fault.ENCODING: _("The text is not in UTF-8 (%(detail)s). Save it again as UTF-8."),
    Fault.SYNTAX: _("The text cannot be read as Turtle, N-Triples, RDF/XML or JSON-LD: %(detail)s"),
    Fault.ENTITY: _("The entity “%(detail)s” is not a short name for an address. Write its text out."),
    Fault.LITERAL_TOO_LONG: _("A text is too long; it begins “%(detail)s”."),
    Fault.CHARACTER: _("The character %(detail)s stands in no text. Take it out."),
    Fault.UNSUPPORTED: _("Statements about statements are not read: %(detail)s"),
    Fault.NO_SCHEME: _("The file names no skos:ConceptScheme, so it is not known which vocabulary this is."),
    Fault.NO_CONCEPTS: _("The file has no concepts in the scheme %(subject)s."),
    Fault.OUTSIDE_SCHEME: _("The concept %(subject)s is not in the scheme %(detail)s. Give it skos:inScheme."),
    Fault.TWO_PREFERRED: _("The concept %(subject)s has two preferred labels in one language: %(detail)s."),
    Fault.NO_LABEL: _("The concept %(subject)s has no preferred label."),
    Fault.LABEL_TOO_LONG: _("The concept %(subject)s has a label that is too long: “%(detail)s”."),
    Fault.ADDRESS: _("The address %(subject)s or one that it is matched with is too long."),
    Fault.UNKNOWN_CONCEPT: _("The concept %(subject)s is related to %(detail)s, which is not in the file."),
    Fault.CYCLE: _("The concept %(subject)s lies under itself: %(detail)s."),
    Fault.TWO_KINDS: _(
        "The label %(detail)s of %(subject)s is there in two kinds. Leave one of them: preferred, other or hidden."
    ),
    Fault.TWO_THINGS: _("%(subject)s is two things that exclude each other: %(detail)s."),
    Fault.RELATED_ABOVE: _(
        "The concept %(subject)s is related to %(detail)s, which lies above it already. Leave one of the two."
    ),
    Fault.MATCHED_TWICE: _("The concept %(subject)s is matched with %(detail)s in two ways that exclude each other."),
    Fault.LITERAL_FORM: _("The label %(subject)s (SKOS-XL) needs one literal form, no more and no less."),
    Fault.TANGLED: _("The hierarchy is too deep or too tangled to be kept, to begin with above %(subject)s."),
    Fault.TAKEN: _("%(subject)s belongs to another vocabulary already: %(detail)s."),
    Fault.TABLE: _("The table cannot be read: %(detail)s"),
    Fault.COLUMN: _("The column “%(detail)s” is missing, not known, or stands there twice."),
    Fault.ROW: _("The row names no concept: give it a key, or an address without spaces."),
    Fault.TWICE: _("The concept %(subject)s has another row already."),
    Fault.STATUS: _("The concept %(subject)s has a status that is not known: “%(detail)s”."),
    Fault.CODE: _("No vocabulary can be called “%(subject)s”: give the code of one, in small letters and hyphens."),
}


def say(problem: Problem) -> str:
    """The reason in the reader's language, without its line."""
    return str(FAULTS[problem.fault]) % {"subject": problem.subject, "detail": problem.detail}
