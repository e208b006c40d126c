"""How the dimensions of acts of violence read, and their categories: those of the questions stand in their file, the others here."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hamroh.kernel import incidents
from hamroh.kernel.incidents import SEVERAL, UNKNOWN, UNSAID
from hamroh.web.texts import pick

TITLES: Mapping[str, Any] = {
    "kind": pgettext_lazy("violence", "What was done"), "denied": pgettext_lazy("violence", "What was kept from her"),
    "age": pgettext_lazy("violence", "Age on the day"), "sex": pgettext_lazy("figures", "Sex"), "marital": pgettext_lazy("violence", "How she lived"),
    "delay": pgettext_lazy("violence", "How long until she told"), "referral": pgettext_lazy("violence", "Sent on when she told"),
    "time": pgettext_lazy("violence", "Time of the day"), "place": pgettext_lazy("violence", "Kind of place"),
    "number": pgettext_lazy("violence", "How many did it"), "who": pgettext_lazy("violence", "Who did it"),
    "context": pgettext_lazy("violence", "Practice or setting"), "before": pgettext_lazy("violence", "Whether it had happened before"),
}  # fmt: skip
#: categories of what is derived
DERIVED: Mapping[str, Mapping[str, Any]] = {
    "age": {
        "a0": pgettext_lazy("age", "under 12"), "a12": pgettext_lazy("age", "12 to 17"), "a18": pgettext_lazy("age", "18 to 25"),
        "a26": pgettext_lazy("age", "26 to 40"), "a41": pgettext_lazy("age", "41 to 60"), "a61": pgettext_lazy("age", "61 and older"),
    },
    "sex": {"f": pgettext_lazy("sex", "Female"), "m": pgettext_lazy("sex", "Male")},
    "marital": {
        "married": pgettext_lazy("lived", "Married at the registry"), "nikoh": pgettext_lazy("lived", "Nikoh, or together without either"),
        "apart": pgettext_lazy("lived", "Apart, left or divorced"), "widowed": pgettext_lazy("lived", "Widowed"),
    },
    "delay": {
        "d3": pgettext_lazy("delay", "within 3 days"), "d5": pgettext_lazy("delay", "4 or 5 days"), "w2": pgettext_lazy("delay", "6 to 14 days"),
        "m1": pgettext_lazy("delay", "within a month"), "longer": pgettext_lazy("delay", "longer"),
    },
    "referral": {
        "ours": pgettext_lazy("sent", "To an organisation of the network"), "elsewhere": pgettext_lazy("sent", "To another service"),
        "official": pgettext_lazy("sent", "To an official"), "none": pgettext_lazy("sent", "To nobody"),
    },
}  # fmt: skip
FIXED: Mapping[str, Any] = {
    UNKNOWN: _("Not known"), SEVERAL: _("Several"), UNSAID: pgettext_lazy("incident", "She does not wish to say"),
}  # fmt: skip


def _word(dimension: str, code: str) -> str:
    question = incidents.tool().questions.get(dimension)
    if question is not None and code in question.answers:
        return pick(question.answers[code], get_language() or "en").text
    return str(DERIVED.get(dimension, {}).get(code) or FIXED.get(code) or code)


#: a category in the reader's language, worked out when it is read
word = lazy(_word, str)


def choices(dimension: str) -> list[tuple[str, Any]]:
    """Every category but *not known*, as the reader reads it."""
    return [(code, word(dimension, code)) for code in incidents.codes_of(dimension) if code != UNKNOWN]
