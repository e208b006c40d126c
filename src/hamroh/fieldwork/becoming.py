"""What fieldwork itself makes of answers: a first talk becomes an intake of cases, a visit a record of a campaign, a count a figure."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import policy
from hamroh.cases.actions import intake
from hamroh.cases.models import Case, Channel, ContactWay, Draft, Way
from hamroh.evidence.actions import recording
from hamroh.evidence.areas import find_area
from hamroh.evidence.models import Indicator, Vintage
from hamroh.fieldwork.actions import campaigns
from hamroh.fieldwork.models import Campaign, Carried, Purpose, Visit, VisitKind
from hamroh.fieldwork.outcomes import Became, Carrying, Field, NotCarried, Outcome, declare
from hamroh.kernel.safecontact import Body
from hamroh.web.texts import pick

_YES = {"yes", "given", "both", "voice", "true", "1", "ok", "agree", "agreed"}
WAYS = [
    (Way.VOICE.value, _("She agrees, by her word")), (Way.SIGNATURE.value, _("She agrees and signs")),
    (Way.WITNESS.value, _("She agrees, by a mark before a witness")),
]  # fmt: skip
REACHED = [*ContactWay.choices, ("none", _("Not at all: she comes herself"))]


def _agreed(value: Any) -> str:
    """A yes of a form is her word; a way to agree is itself; anything else is no consent."""
    text = str(value).strip().lower()
    return text if text in dict(WAYS) else Way.VOICE.value if text in _YES else ""


def _way(value: Any) -> str:
    text = str(value).strip().lower()
    return text if text in dict(REACHED) else ""


# -- a first talk --------------------------------------------------------------------------------------------------

INTAKE_FIELDS = (
    Field("consent", _("Does she agree that we work on her case?"), required=True, choices=WAYS, reads=_agreed),
    Field("name", _("Her name"), required=True),
    Field("born", _("Year of birth"), kind="number"),
    Field("home", _("Her village or town")),
    Field("way", _("How may we reach her safely?"), choices=REACHED, reads=_way),
    Field("reach", _("The number or address that is safe")),
    Field("otherwise", _("What do we say if somebody else answers?")),
    Field("story", _("What happened?"), kind="long"),
)


def _to_intake(told: Carrying) -> Became:
    """A draft of an intake, which is looked at and opened there, with its questions about danger and its look at other files."""
    values, row = told.values, told.submission
    draft = intake.begin_intake(actor=told.actor, organisation=row.organisation, channel=Channel.VILLAGE.value)
    steps: dict[str, dict[str, Any]] = {
        "consent": {"answer": values["consent"], "lang": told.lang},
        "name": {
            "name": values["name"][:200], "born": _year(values.get("born", "")), "home": values.get("home", "")[:200],
            "district": row.place.key if row.place and row.place.level in ("district", "city") else "",
        },
        "story": {"words": values.get("story", "")[:6000]},
    }  # fmt: skip
    if way := values.get("way", ""):
        steps["way"] = {"answer": way}
        if way != "none" and values.get("reach"):
            terms = {"otherwise": values["otherwise"][:200]} if values.get("otherwise") else {}
            written = way in (ContactWay.SMS, ContactWay.MESSENGER, ContactWay.EMAIL)
            most = (Body.NEUTRAL if written else Body.NOTHING).name
            steps["reach"] = {"value": values["reach"][:200], "most": most, **terms}
    for step, answer in steps.items():
        intake.answer_step(actor=told.actor, pk=draft.pk, step=step, told=answer, seen=0)
    return Became("cases.draft", str(draft.pk))


def _year(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        year = int(Decimal(text[:4]))
    except (InvalidOperation, ValueError):
        year = 0
    if not 1900 <= year <= 2100:
        raise NotCarried(said("Write the year with four digits."), "born")
    return year


def _drop_intake(actor: Any, row: Carried) -> None:
    draft = Draft.objects.filter(pk=row.record_id).first()
    if draft is not None and draft.case_id is not None:
        raise NotCarried(said("Her case is opened already. It is closed there, not here."))
    if draft is not None:
        intake.drop_intake(actor=actor, pk=draft.pk)


def _intake_at(actor: Any, row: Carried) -> str:
    draft = Draft.objects.filter(pk=row.record_id).select_related("case").first()
    if draft is None:
        return ""
    if draft.case is not None:
        opens = policy.allowed(actor, "case.read", draft.case)
        return reverse("cases:case", kwargs={"code": draft.case.code}) if opens else ""
    return _address("cases:intake-check", draft=draft.pk) if policy.allowed(actor, "case.draft", draft) else ""


def _address(name: str, **named: Any) -> str:
    try:
        return reverse(name, kwargs=named)
    except NoReverseMatch:
        return ""


def _takes_cases(actor: Any, submission: Any) -> bool:
    """To who takes cases, of forms in which somebody was talked with."""
    if submission.form.purpose not in (Purpose.INTAKE, Purpose.INTERVIEW, Purpose.OTHER):
        return False
    return bool(policy.allowed(actor, "case.open", Case(organisation=submission.organisation, owner=actor)))


declare(
    Outcome(
        "intake", _("The first talk of a case"), INTAKE_FIELDS, _to_intake, undo=_drop_intake, address=_intake_at,
        offered=_takes_cases,
    )
)  # fmt: skip


# -- a visit -------------------------------------------------------------------------------------------------------


def _kind(value: Any) -> str:
    return str(value) if str(value) in VisitKind.values else ""


VISIT_FIELDS = (
    Field("on_date", _("Day of the visit"), kind="date", required=True),
    Field("kind", _("What was visited?"), choices=VisitKind.choices, reads=_kind),
    Field("interviews", _("With how many people did you talk?"), kind="number",
          help=_("A group that is asked again and again counts as many as it has rows.")),
    Field("party", _("Which organisation went?"), help=_("Its code in the directory.")),
    Field("words", _("What was seen, without names"), kind="long"),
)  # fmt: skip


def _campaigns(actor: Any, submission: Any) -> list[tuple[str, str]]:
    """Campaigns that take visits, those that this form belongs to first."""
    from django.utils.translation import get_language

    rows = policy.visible(actor, "campaign.write", Campaign.objects.filter(organisation=submission.organisation_id))
    found = rows.filter(state="running", forms=submission.form_id).order_by("-from_date")
    lang = get_language() or "en"
    return [(each.code, pick(each.titles, lang).text or each.code) for each in found]


def _to_visit(told: Carrying) -> Became:
    campaign = Campaign.objects.filter(code=told.chosen, organisation=told.submission.organisation_id).first()
    if campaign is None:
        raise NotCarried(said("Choose the campaign."), "chosen")
    try:
        visit = campaigns.add_visit(
            actor=told.actor, campaign=campaign, place=told.submission.place, submission=told.submission,
            on_date=dt.date.fromisoformat(told.values["on_date"][:10]), kind=told.values.get("kind") or VisitKind.OTHER,
            interviews=_count(told.values.get("interviews", "")), party=campaigns.party_of(campaign, told.values.get("party", "")),
            words=told.values.get("words", ""),
        )  # fmt: skip
    except campaigns.CampaignRefused as fault:
        raise NotCarried(str(fault)) from None
    except ValueError:
        raise NotCarried(said("This is no day."), "on_date") from None
    return Became("fieldwork.visit", str(visit.pk), campaign.code)


def _count(text: str) -> int:
    try:
        number = int(Decimal(text or "0"))
    except (InvalidOperation, ValueError):
        raise NotCarried(said("This is no number."), "interviews") from None
    if not 0 <= number <= 10_000:
        raise NotCarried(said("This number cannot be."), "interviews")
    return number


def _remove_visit(actor: Any, row: Carried) -> None:
    visit = Visit.objects.filter(pk=row.record_id).select_related("campaign").first()
    if visit is not None:
        try:
            campaigns.remove_visit(actor=actor, visit=visit)
        except campaigns.CampaignRefused as fault:
            raise NotCarried(str(fault)) from None


def _visit_at(actor: Any, row: Carried) -> str:
    campaign = Campaign.objects.filter(code=row.code).first()
    opens = campaign is not None and policy.allowed(actor, "campaign.see", campaign)
    return reverse("field-results:campaign", kwargs={"code": row.code}) if opens else ""


declare(
    Outcome(
        "visit", _("A visit of a campaign"), VISIT_FIELDS, _to_visit, undo=_remove_visit, address=_visit_at, choose=_campaigns,
        choose_label=_("Which campaign?"), offered=lambda actor, row: bool(_campaigns(actor, row)),
    )
)  # fmt: skip


# -- a count -------------------------------------------------------------------------------------------------------

COUNT_FIELDS = (
    Field("indicator", _("What is counted, by the code of its indicator"), required=True),
    Field("area", _("Country or region"), required=True, help=_("By name or code.")),
    Field("period", pgettext_lazy("figures", "Time"), required=True, help=_("A year, month or day, such as 2026-10.")),
    Field("value", pgettext_lazy("figures", "Number"), kind="number", required=True),
)


def _releases(actor: Any, submission: Any) -> list[tuple[str, str]]:
    """Releases of sources that the organisation keeps."""
    if not policy.allowed(actor, "evidence.record"):
        return []
    rows = Vintage.objects.filter(source__maintainer=submission.organisation_id).select_related("source")
    return [
        (str(each.pk), f"{each.source.title}, {each.label}") for each in rows.order_by("source__title", "-recorded_at")
    ]


def _to_figure(told: Carrying) -> Became:
    """A figure with the flag of one that nobody has checked; figures are never changed, so it is not taken back but corrected there."""
    if told.submission.form.about_children:
        raise NotCarried(said("Counts of children leave through the page of figures alone."))
    vintage = next((pk for pk, _label in _releases(told.actor, told.submission) if pk == told.chosen), None)
    if vintage is None:
        raise NotCarried(said("Choose the source and its release."), "chosen")
    indicator = Indicator.objects.filter(code=told.values["indicator"]).first()
    area = find_area(told.values["area"])
    if indicator is None:
        raise NotCarried(said("There is no indicator of this code."), "indicator")
    if area is None:
        raise NotCarried(said("No country or region is known by this name or code."), "area")
    try:
        made = recording.record_observation(
            actor=told.actor, indicator=indicator, vintage=Vintage.objects.select_related("source").get(pk=vintage), area=area.code,
            period=told.values["period"], value=Decimal(told.values["value"]), flags=["V"],
            locator=f"form {told.submission.code}",
        )  # fmt: skip
    except InvalidOperation:
        raise NotCarried(said("This is no number."), "value") from None
    except recording.RecordingRefused as fault:
        raise NotCarried(str(fault)) from None
    except ValueError:
        raise NotCarried(said("This is no year, month or day."), "period") from None
    return Became("evidence.observation", str(made.pk), made.code)


declare(
    Outcome(
        "count", _("A figure, not checked yet"), COUNT_FIELDS, _to_figure, choose=_releases, choose_label=_("Which source and release?"),
        offered=lambda actor, row: not row.form.about_children and bool(_releases(actor, row)),
    )
)  # fmt: skip
