"""A tracing request on paper: the parts of the Red Cross tracing request form, in our words, in four languages.

It prints what whoever asks has said, and nothing of what became of it: the same for every request. How she is reached does not stand on
paper; her name she writes herself if she wants it there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.cases.forms.dates import as_text
from hamroh.cases.models import Answer
from hamroh.cases.printing import fonts
from hamroh.cases.sheets import breakable
from hamroh.kernel import consents
from hamroh.tracing.forms.requests import SEXES
from hamroh.tracing.models import Request, SeekerConsent
from hamroh.tracing.showing import plain, years
from hamroh.web import dates
from hamroh.web.texts import pick

TEMPLATES = Path(__file__).parent / "typst"
Row = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A part of the form: rows of what is asked and what is known (empty: a line to write on), boxes with ticks, and words."""

    title: str
    rows: list[Row]
    boxes: list[tuple[str, bool]]
    words: str = ""


def pdf(request: Request, told: Mapping[str, Any], agreed: Sequence[SeekerConsent], *, lang: str, on: Any) -> bytes:
    """The form to be printed and signed; ``told`` are the opened values of her request, ``on`` is the day that stands on it."""
    with translation.override(lang):
        data = {
            "lang": lang, "title": _("Tracing request form"), "number": request.code, "day": dates.day(on, lang),
            "parts": [vars(part) for part in parts(request, told, agreed, lang)],
            "signatures": [_("Whoever asks: signature or thumbprint"), _("Who wrote it down: signature"), _("Day")],
            "words": {"number": _("Number"), "day": _("Day"), "confidential": _("Confidential")},
        }  # fmt: skip
    found = typst.compile(
        TEMPLATES / "request.typ", root=TEMPLATES, font_paths=fonts(),
        sys_inputs={"form": json.dumps(data, ensure_ascii=False)}, format="pdf",
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def parts(request: Request, told: Mapping[str, Any], agreed: Sequence[SeekerConsent], lang: str) -> list[Part]:
    """The parts in the order of the form, in the language that is active."""
    known = plain(told)
    found = [_asker(request, known, lang), _person(known), _family(known), _contact(known, lang), _more(known)]
    return [*found, _consent(request, agreed, lang)]


def _part(title: str, rows: Sequence[tuple[str, Any]]) -> Part:
    return Part(title, [(term, breakable(str(value or ""))) for term, value in rows], [])


def _asker(request: Request, known: Mapping[str, Any], lang: str) -> Part:
    house = pick(request.organisation.names, lang).text or request.organisation.code
    asker = (known.get("facts") or {}).get("asker", "")
    return _part(_("Who asks"), [
        (_("Organisation that takes the request"), house),
        (_("Name of whoever asks, if it may stand here"), asker), (_("What she is to the person"), ""),
        (_("How she is reached"), _("It does not stand on paper.")),
    ])  # fmt: skip


def _person(known: Mapping[str, Any]) -> Part:
    names = known.get("names") or ()
    others = ", ".join(each["value"] for each in names if each["kind"] not in ("father", "maiden"))
    sex = (known.get("facts") or {}).get("sex", "")
    return _part(_("The person who is looked for"), [
        (pgettext("tracing form", "Name"), known.get("name")), (_("Other names and spellings"), others),
        (_("Sex"), dict(SEXES).get(sex, "")), (_("Year of birth"), years(known.get("born"))),
        (_("Home district or village"), known.get("home")), (_("Citizenship, and papers that are known"), ""),
        (_("How the person may be recognised"), ""),
    ])  # fmt: skip


def _family(known: Mapping[str, Any]) -> Part:
    special = {each["kind"]: each["value"] for each in known.get("names") or ()}
    return _part(_("The person’s family"), [
        (_("Father’s name"), special.get("father")), (pgettext("tracing form", "Mother’s name"), ""),
        (_("Surname before marriage"), special.get("maiden")), (_("Wife or husband, children"), ""),
    ])  # fmt: skip


def _contact(known: Mapping[str, Any], lang: str) -> Part:
    news, facts = known.get("news") or {}, known.get("facts") or {}
    return _part(_("The last news"), [
        (_("What was it?"), news.get("what")), (_("When was that?"), _day(news.get("on"), lang)),
        (_("From where did it come?"), news.get("place")), (_("Who brought it?"), news.get("source")),
        (_("What work did he do, and for whom?"), facts.get("work")),
        (_("Who went with him, or saw him there?"), facts.get("companions")),
        (_("Telephones by which he could be reached"), ", ".join(map(str, known.get("phones") or ()))),
    ])  # fmt: skip


def _day(known: Any, lang: str) -> str:
    """A date as far as it is known."""
    text = as_text(known)
    return dates.partial(text, lang) if text else ""


def _more(known: Mapping[str, Any]) -> Part:
    facts = known.get("facts") or {}
    return _part(_("Why, and what else"), [
        (_("Why is he looked for?"), facts.get("why")), (_("In the words of whoever asks"), facts.get("said")),
        (_("A message of family news for the person, if he is found"), ""),
    ])  # fmt: skip


def _consent(request: Request, agreed: Sequence[SeekerConsent], lang: str) -> Part:
    """What was read out, and her choices: those that she made are ticked, the others she may tick by hand."""
    boxes = [
        (_("Our own search"), any(each.to_organisation is None and each.answer == Answer.GIVEN for each in agreed))
    ]
    boxes += [
        (pick(each.to_organisation.names, lang).text or each.to_organisation.code, each.answer == Answer.GIVEN)
        for each in agreed if each.to_organisation is not None
    ]  # fmt: skip
    boxes += [(word, False) for word in (_("The name may be read out or printed"), _("The photo may be shown"))]
    rows = [
        (_("The request is looked into until"), dates.day(request.until_date, lang)),
        (_("Whom nobody may ask or tell, and other limits"), ""),
    ]
    return Part(_("What was agreed to"), rows, boxes, consents.current("tracing").read_in(lang)[0])
