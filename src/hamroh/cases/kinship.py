"""What two people are to each other: kinds that are declared once, how they live, how they stand in law, and what follows.

What follows is said only where a rule of certainty A or B says it; where there is none, nothing is.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.kernel import law
from hamroh.kernel.law import Audience

COUPLE, CHILD, GUARDIAN, KIN = "couple", "child", "guardian", "kin"


@dataclass(frozen=True)
class Kind:
    """``first`` is what the first of the two is to the second, ``second`` the other way round."""

    group: str
    first: Any
    second: Any


#: kinds of pairs: what the first is to the second, and the second to the first
KINDS: dict[str, Kind] = {
    "wife": Kind(COUPLE, pgettext_lazy("kin", "wife"), pgettext_lazy("kin", "husband")),
    "second_wife": Kind(COUPLE, pgettext_lazy("kin", "second wife"), pgettext_lazy("kin", "husband")),
    "mother": Kind(CHILD, pgettext_lazy("kin", "mother"), pgettext_lazy("kin", "child")),
    "father": Kind(CHILD, pgettext_lazy("kin", "father"), pgettext_lazy("kin", "child")),
    "guardian": Kind(GUARDIAN, pgettext_lazy("kin", "guardian"), pgettext_lazy("kin", "ward")),
    "daughter_in_law": Kind(KIN, pgettext_lazy("kin", "daughter-in-law"), pgettext_lazy("kin", "parent-in-law")),
    "sister_in_law": Kind(KIN, pgettext_lazy("kin", "brother’s wife"), pgettext_lazy("kin", "husband’s brother or sister")),
    "sibling": Kind(KIN, pgettext_lazy("kin", "brother or sister"), pgettext_lazy("kin", "brother or sister")),
    "grandparent": Kind(KIN, pgettext_lazy("kin", "grandparent"), pgettext_lazy("kin", "grandchild")),
    "relative": Kind(KIN, pgettext_lazy("kin", "relative"), pgettext_lazy("kin", "relative")),
}  # fmt: skip
#: how two people live, whatever any register says
SOCIAL: dict[str, Any] = {
    "nikoh": _("Married by nikoh only"),
    "registered": _("Married at the registry"),
    "together": _("They live together without either"),
    "separated": _("They live apart"),
    "left": _("He went away and no longer writes or pays"),
    "talaq": _("He said talaq to her face or before witnesses"),
    "talaq_sms": _("He said talaq by telephone or SMS"),
    "widowed": _("One of them died"),
}
#: how they stand in law, by group
LEGAL: dict[str, dict[str, Any]] = {
    COUPLE: {
        "registered": _("The marriage is registered"),
        "not_registered": _("No marriage is registered"),
        "divorced": _("The divorce is registered or a court’s judgment is in force"),
    },
    CHILD: {
        "recorded": _("The parent stands in the birth record"),
        "court": _("A court established it"),
        "not_recorded": _("The parent does not stand in the birth record"),
    },
    GUARDIAN: {"appointed": _("The authority appointed the guardian"), "not_appointed": _("Nobody appointed the guardian")},
    KIN: {},
}  # fmt: skip
NOT_KNOWN = _("Not known yet")


def group_of(facts: Mapping[str, Any]) -> str:
    """The group of a relationship's kind; KIN for one that is no longer declared."""
    kind = KINDS.get(facts.get("kind", ""))
    return kind.group if kind else KIN


def legal_words(facts: Mapping[str, Any]) -> Any:
    return LEGAL[group_of(facts)].get(facts.get("legal", ""), NOT_KNOWN)


# -- what follows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Follows:
    """A sentence of what follows, and the rule that says so."""

    said: Any
    rule: law.Rule


_NO_MARRIAGE = _("The law knows no marriage here: only one that is registered counts.")
_TALAQ = _("A word or a message of talaq does not end a marriage that is registered.")
_ENDS = _("A registered marriage ends only when the divorce is registered or a court’s judgment is in force.")
_EQUAL = _("Once their father is established, the children have the same rights as children of married parents.")
_THEN_ALIMONY = _("The children’s alimony begins with their father being established, by his own word or by a court.")
_BY_COURT = _("A court can establish who the father is where he does not come forward himself.")
_DUTY = _("Parents must support their minor children, and a court can order it.")
_APPOINT = _(
    "Where the parents are away for more than three months, the guardianship authority can appoint a guardian."
)
_TALAQS = ("talaq", "talaq_sms")
#: by group: the state in law, the ways of living (none: any), the sentence, and the rule of each country that says it
_TABLE: tuple[tuple[str, str, tuple[str, ...], Any, Mapping[str, str]], ...] = (
    (COUPLE, "not_registered", (), _NO_MARRIAGE, {"TJ": "tj.fc.1_3.registered_only", "AZ": "az.fc.1_4.registered_only"}),
    (COUPLE, "not_registered", (), _EQUAL, {"AZ": "az.fc.48.equal"}),
    (COUPLE, "not_registered", (), _THEN_ALIMONY, {"TJ": "tj.fc.paternity_then_alimony"}),
    (COUPLE, "registered", _TALAQS, _TALAQ, {"TJ": "tj.fc.1_3.registered_only"}),
    (COUPLE, "registered", _TALAQS, _ENDS, {"AZ": "az.fc.23.moment"}),
    (CHILD, "recorded", (), _DUTY, {"TJ": "tj.fc.80.duty", "AZ": "az.fc.75.duty"}),
    (CHILD, "court", (), _DUTY, {"TJ": "tj.fc.80.duty", "AZ": "az.fc.75.duty"}),
    (CHILD, "court", (), _EQUAL, {"AZ": "az.fc.48.equal"}),
    (CHILD, "not_recorded", (), _BY_COURT, {"TJ": "tj.fc.50_1.court", "AZ": "az.fc.45_1.court"}),
    (GUARDIAN, "not_appointed", (), _APPOINT, {"TJ": "tj.fc.152_1.absent_parents"}),
)  # fmt: skip


def follows(facts: Mapping[str, Any], country: str, on: dt.date, book: law.Book) -> Iterator[Follows]:
    """What follows in a country, by rules that may stand in a document on that day: none of certainty C, contradicted or out of force."""
    group, legal, social = group_of(facts), facts.get("legal"), facts.get("social")
    for of_group, of_legal, of_social, said, rules in _TABLE:
        rule = book.rules.get(rules.get(country, ""))
        meant = (group, legal) == (of_group, of_legal) and (not of_social or social in of_social)
        if meant and rule and law.shown(rule, Audience.DOCUMENT, on).allowed:
            yield Follows(said, rule)
