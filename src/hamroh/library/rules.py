"""Who may do what in the library, and what no record may say of itself."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare
from hamroh.directory.actions import Problem
from hamroh.kernel.text import fold
from hamroh.library.facts import RecordFacts
from hamroh.library.models import LEGAL_KINDS, RecordKind

_EDITOR = by(Role.EDITOR)
VERBS = {
    "library.see_draft": Verb((_EDITOR,), reads=True),
    "library.edit": Verb((_EDITOR,)),
    "library.publish": Verb((_EDITOR,)),
    "library.withdraw": Verb((_EDITOR,)),
    "library.import": Verb((_EDITOR,)),
    "library.harvest": Verb((_EDITOR,)),
}
declare(VERBS)

#: what only some kinds have, in the order of their form
DETAILS: dict[str, tuple[str, ...]] = {
    RecordKind.SERIES: ("issn", "url"),
    RecordKind.ISSUE: ("volume", "number", "isbn", "doi", "url"),
    RecordKind.ARTICLE: ("pages", "doi", "url"),
    RecordKind.PUBLICATION: ("edition", "pages", "isbn", "doi", "url"),
    RecordKind.RESEARCH: ("pages", "doi", "url"),
    RecordKind.LAW: (),
    RecordKind.INSTRUMENT: (),
    RecordKind.COURSE: ("hours", "level", "audience", "url"),
    RecordKind.TEACHING_SET: ("level", "audience"),
}
#: what these are called
DETAIL_LABELS = {
    "volume": pgettext_lazy("issue", "Volume"), "number": pgettext_lazy("issue", "Number"), "pages": gettext_lazy("Pages"), "edition": pgettext_lazy("book", "Edition"),
    "isbn": gettext_lazy("ISBN"), "issn": gettext_lazy("ISSN"), "doi": gettext_lazy("DOI"), "url": gettext_lazy("Web address"), "hours": gettext_lazy("Hours in all"),
    "level": pgettext_lazy("course", "Level"), "audience": gettext_lazy("For whom it is taught"),
}  # fmt: skip
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S{1,150})", re.IGNORECASE)
#: a title shorter than this names too much to be held against others
_SHORTEST_TITLE = 8


def problems_of(facts: RecordFacts) -> Iterator[Problem]:
    """What no record may say, whoever writes it."""
    if not any(text.strip() for text in facts.titles.values()):
        yield Problem("titles", _("Give the title in at least one language."))
    for name, value in facts.details.items():
        if name not in DETAILS.get(facts.kind, ()):
            yield Problem(f"details.{name}", _("Records of this kind do not have this."))
        elif advice := _advice_on(name, value):
            yield Problem(f"details.{name}", advice)
    if facts.act is not None and facts.kind not in LEGAL_KINDS:
        yield Problem("act", _("Only laws and international documents have a legal side."))
    for place, one in enumerate(facts.contributors):
        if not any(text.strip() for text in one.names.values()):
            yield Problem(f"contributors.{place}.names", _("Give the name as it stands on the record."))


def _advice_on(name: str, value: str) -> str:
    """What to do about a detail that cannot stand as it is; empty where it can."""
    if name == "doi" and value and not doi_of(value):
        return _("A DOI begins with 10. and has a slash, such as 10.1000/182.")
    if name == "isbn" and value and not isbn_of(value):
        return _("This is not an ISBN: its last digit does not agree with the others. Compare it with the book.")
    if name == "issn" and value and not issn_of(value):
        return _("This is not an ISSN: its last digit does not agree with the others. Compare it with the cover.")
    if name == "url" and value and not value.lower().startswith(("http://", "https://")):
        return _("Write a web address with https:// before it.")
    return ""


def doi_of(text: str) -> str:
    """The bare DOI in small letters; empty where there is none."""
    found = _DOI.fullmatch(text.strip())
    return found[1].lower() if found else ""


def isbn_of(text: str) -> str:
    """The ISBN as its thirteen digits; empty where its check digit does not agree."""
    digits = re.sub(r"[\s-]", "", text).upper().removeprefix("ISBN")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum(
            weight * (10 if sign == "X" else int(sign)) for weight, sign in zip(range(10, 0, -1), digits, strict=True)
        )
        return "" if total % 11 else _with_check("978" + digits[:9])
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if _with_check(digits[:12]) == digits else ""
    return ""


def _with_check(twelve: str) -> str:
    total = sum((3 if place % 2 else 1) * int(sign) for place, sign in enumerate(twelve))
    return twelve + str(-total % 10)


def issn_of(text: str) -> str:
    """The ISSN as ``1234-5679``; empty where its check digit does not agree."""
    signs = re.sub(r"[\s-]", "", text).upper().removeprefix("ISSN")
    if not re.fullmatch(r"\d{7}[\dX]", signs):
        return ""
    total = sum(
        weight * (10 if sign == "X" else int(sign)) for weight, sign in zip(range(8, 0, -1), signs, strict=True)
    )
    return "" if total % 11 else f"{signs[:4]}-{signs[4:]}"


def same_keys(facts: RecordFacts) -> set[str]:
    """The keys under which another record may be the same: identifiers, and each folded title with its year."""
    details, year = facts.details, facts.date[:4]
    found = {f"doi:{doi_of(details.get('doi', ''))}", f"isbn:{isbn_of(details.get('isbn', ''))}"}
    found = {key for key in found if not key.endswith(":")}
    titles = {fold(" ".join(text.split()), lang)[:170] for lang, text in facts.titles.items()}
    return found | {f"title:{year}:{title}" for title in titles if len(title) >= _SHORTEST_TITLE}
