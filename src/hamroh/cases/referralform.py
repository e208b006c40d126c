"""The inter-agency referral form on paper: the parts of the humanitarian agencies' common form, in our words, in four languages.

After the referral form of the IASC Reference Group for Mental Health and Psychosocial Support in Emergency Settings (2017). How she is
reached never stands on paper, and her name only where that was chosen: else the number of the referral stands there.
"""

import json
from dataclasses import dataclass
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.cases.models import AgeBand, Domain, Referral
from hamroh.cases.printing import TEMPLATES, fonts
from hamroh.cases.selectors.referrals import Shown
from hamroh.kernel import consents
from hamroh.web import dates
from hamroh.web.texts import pick

Row = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A part of the form: rows of what is asked and what is known (empty: a line to write on), boxes with ticks, and words."""

    title: str
    rows: list[Row]
    boxes: list[tuple[str, bool]]
    words: str = ""


def pdf(shown: Shown, *, lang: str, with_name: bool, on: Any) -> bytes:
    """The form to be printed; ``on`` is the day that stands on it."""
    with translation.override(lang):
        data = {
            "lang": lang, "title": _("Referral form between agencies"), "number": shown.row.code,
            "day": dates.day(on, lang), "urgency": [[str(word), code == shown.row.urgency] for code, word in _urgencies()],
            "parts": [vars(part) for part in parts(shown, lang, with_name=with_name)],
            "words": {"number": _("Number"), "day": _("Day"), "confidential": _("Confidential")},
        }  # fmt: skip
    found = typst.compile(
        TEMPLATES / "referral.typ", root=TEMPLATES, font_paths=fonts(),
        sys_inputs={"form": json.dumps(data, ensure_ascii=False)}, format="pdf",
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def _urgencies() -> list[tuple[str, Any]]:
    return list(Referral._meta.get_field("urgency").choices or ())  # noqa: SLF001


def parts(shown: Shown, lang: str, *, with_name: bool) -> list[Part]:
    """The parts in the order of the form, in the language that is active."""
    return [
        _agencies(shown.row, lang), _client(shown, with_name=with_name), _background(shown), _services(shown),
        _consent(shown.row, lang), _details(shown.row, lang),
    ]  # fmt: skip


def _agencies(row: Referral, lang: str) -> Part:
    ours = pick(row.case.organisation.names, lang).text or row.case.organisation.code
    rows = [
        (_("Referring agency"), ours), (_("Who refers her, and the number at which we are rung"), ""),
        (_("Receiving agency"), whom(row, lang)), (_("Whom we spoke to there"), ""),
    ]  # fmt: skip
    return Part(_("Agencies"), rows, [])


def whom(row: Referral, lang: str) -> str:
    """To whom she is referred, in a language."""
    found = row.to_organisation or (row.to_service and row.to_service.party)
    if found is None:
        return str(row.get_official_display())
    name = pick(found.names, lang).text or found.code
    return f"{pick(row.to_service.names, lang).text}, {name}" if row.to_service else name


def _client(shown: Shown, *, with_name: bool) -> Part:
    envelope, payload = shown.facts.get("envelope") or {}, shown.payload
    name = str(payload.get("name") or "") if with_name else ""
    born = payload.get("born") or {}
    rows = [
        (_("Name, or the number of the referral"), name or shown.row.code),
        (_("Age"), str(dict(AgeBand.choices).get(str(envelope.get("age")), ""))),
        *([(_("Year of birth"), str(born["year"]))] if with_name and born.get("year") else []),
        *([(_("District"), envelope["district"])] if envelope.get("district") else []),
        (_("How she is reached"), _("Told by telephone, with her rules. It does not stand on paper.")),
        (_("Language that she speaks; help that she needs to come"), ""),
        (_("If she is under eighteen: who cares for her, and whether they know of this"), ""),
    ]
    return Part(_("The client, as far as she agreed"), rows, [])


def _background(shown: Shown) -> Part:
    matters = ", ".join(map(str, shown.matters))
    rows = [
        (_("What she needs, and since when"), ""), (_("What was done for her already, and by whom"), ""),
        *([(_("Her legal matters"), matters)] if matters else []),
    ]  # fmt: skip
    return Part(
        _("Background"),
        rows,
        [(_("She was told of this referral"), False), (_("She was referred elsewhere, too"), False)],
    )


def _services(shown: Shown) -> Part:
    need = (shown.facts.get("envelope") or {}).get("need")
    boxes = [(str(word), code == need) for code, word in Domain.choices]
    return Part(_("What is asked for"), [(_("In words"), "")], boxes)


def _consent(row: Referral, lang: str) -> Part:
    words = (
        consents.current(row.consent.official or row.consent.purpose)
        .read_in(lang)[0]
        .replace(consents.ORGANISATION, whom(row, lang))
    )
    given = dates.day(row.consent.made_at.date(), lang)
    rows = [
        (_("Her yes was written down on"), f"{given}, {row.consent.get_way_display()}"),
        (_("Her signature or thumbprint, if she wants it here"), ""),
    ]  # fmt: skip
    return Part(_("Her consent"), rows, [], words)


def _details(row: Referral, lang: str) -> Part:
    ways = (
        pgettext("referral form", "By hand"), pgettext("referral form", "By telephone"),
        pgettext("referral form", "By the link of a letter"), pgettext("referral form", "With her"),
    )  # fmt: skip
    rows = [
        (_("Whom nobody may speak to about this, and other limits"), ""),
        (_("We wait for an answer until"), dates.day(row.until_date, lang)),
        (
            _("What the agencies tell each other afterwards"),
            _("Accepted or declined, whether she came; nothing else without her yes."),
        ),
        (_("Name and signature of who received it, and the day"), ""),
    ]
    return Part(_("How it goes on"), rows, [(word, False) for word in ways])
