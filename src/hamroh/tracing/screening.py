"""What is asked about violence and protection before anybody is looked for, and why a request is not searched."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

YES = "yes"
SAID = [
    (YES, pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")),
    ("unknown", pgettext_lazy("answer", "Not known")),
]  # fmt: skip
#: a yes to any of these goes to a protection officer
GUARDS = {
    "violence": _("Did the person leave because of blows, threats or fear, or does anybody say so?"),
    "protection": _("Is there a protection order, a complaint or a court case about violence between the family and the person?"),
    "hidden": _("Is the person in a shelter, or does the person hide from somebody?"),
    "threat": _("Was anything said of punishing the person, bringing the person back by force, or taking a child away?"),
}  # fmt: skip
#: a yes to this one is no bar, and asks for care in everything that reaches the person
CARE = {"afraid": _("Is whoever asks afraid of the person, or was she ever beaten by the person?")}
QUESTIONS = GUARDS | CARE
#: why a request is not searched, in words for a protection officer
GROUNDS: dict[str, Any] = {
    "woman": _("A woman is sought."),
    "violence": _("It was said that the person left because of violence or fear."),
    "protection": _("It was said that there is a protection order, a complaint or a court case."),
    "hidden": _("It was said that the person is in a shelter or hides."),
    "threat": _("A threat was spoken of."),
    "own_file": _("The person may be somebody whom we stand by in a file of our own."),
    "afraid": _("Whoever asks is afraid of the person: nothing that tells where she is may reach him."),
}


def grounds(answers: Mapping[str, str], sex: str) -> list[str]:
    """Codes of what the answers alone say: what bars a search, and what asks for care."""
    found = ["woman"] if sex != "m" else []
    return [*found, *(code for code in QUESTIONS if answers.get(code) == YES)]


def bars(found: list[str]) -> bool:
    """Whether a request with these grounds is never searched."""
    return any(code not in CARE for code in found)
