"""What the archive says of consent, in words of the reader: for pages of everybody and for the desk alike."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hamroh.kernel.consented import Public, Scope, Why

SCOPES: dict[Scope, str | Promise] = {
    Scope.CATALOGUE: pgettext_lazy("consent", "Be described in the catalogue"),
    Scope.ON_SITE: pgettext_lazy("consent", "Be listened to or looked at in the archive itself"),
    Scope.ONLINE: pgettext_lazy("consent", "Be listened to, read and looked at by everybody, here"),
    Scope.QUOTE: pgettext_lazy("consent", "Be quoted"),
    Scope.TEACH: pgettext_lazy("consent", "Be used in lessons"),
}
WHYS: dict[Why, str | Promise] = {
    Why.ALLOWED: pgettext_lazy("consent", "allowed"),
    Why.ERASED: pgettext_lazy("consent", "it was erased"),
    Why.DRAFT: pgettext_lazy("consent", "it is not released"),
    Why.ABOVE: pgettext_lazy("consent", "what it lies in is not released"),
    Why.NOBODY_ASKED: pgettext_lazy("consent", "no narrator has answered yet"),
    Why.NOT_YET: pgettext_lazy("consent", "the consent begins later"),
    Why.ENDED: pgettext_lazy("consent", "the consent has ended"),
    Why.WITHDRAWN: pgettext_lazy("consent", "the narrator took it back"),
    Why.NOT_ALLOWED: pgettext_lazy("consent", "the narrator did not allow it"),
    Why.ON_SITE_ONLY: pgettext_lazy("consent", "the narrator allowed it in the archive itself only"),
    Why.NOT_CUT: pgettext_lazy("consent", "a part is shut, and this form of recording can only be given whole"),
}


@dataclass(frozen=True)
class Line:
    """One scope with its answer."""

    scope: str
    title: str | Promise
    yes: bool
    why: str | Promise


def answers(public: Public) -> list[Line]:
    """Every scope with yes or no, and why."""
    return [Line(scope.value, title, public.may(scope), WHYS[public.why(scope)]) for scope, title in SCOPES.items()]


def clock(milliseconds: int) -> str:
    """1:02 or 1:02:03, as people say a moment of a recording."""
    seconds = milliseconds // 1000
    minutes = f"{seconds // 60 % 60}:{seconds % 60:02}"
    return f"{seconds // 3600}:{minutes:0>5}" if seconds >= 3600 else minutes
