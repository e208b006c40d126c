"""An intake, one question a page: left and taken up again, answered in any order, opened as a case at the end."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hamroh.accounts import policy
from hamroh.accounts.workplace import here
from hamroh.cases import selectors
from hamroh.cases.actions import intake as actions
from hamroh.cases.actions.opening import Told
from hamroh.cases.forms import intake as pages
from hamroh.cases.forms.intake import Step
from hamroh.cases.models import Channel
from hamroh.cases.reaching import clocks_there
from hamroh.cases.selectors import districts, duplicates, risks
from hamroh.cases.selectors.intake import left
from hamroh.cases.views.reaching import require_form
from hamroh.kernel import consents
from hamroh.vault import once

#: sent by the page's own script: answered by the next address instead of by a page
KEEPS = "X-Keeps"
#: at most so many are offered to go on with
OFFERED = 10


@login_required
@require_form
def start(request: HttpRequest) -> HttpResponseBase:
    """How she came, and intakes that were left."""
    house = here(request)
    policy.require(request.user, "case.open")
    form = pages.ChannelQuestion(request.POST or None)
    if form.is_valid():

        def begin() -> str:
            draft = actions.begin_intake(actor=request.user, organisation=house, channel=form.cleaned_data["answer"])
            return str(draft.pk)

        return _onward(request, _step_address(once.write(request, begin), "consent"))
    drafts = [clocks_there(row, row, "changed_at", "expires_at") for row in left(actor=request.user)[:OFFERED]]
    context = {"form": form, "channels": Channel.choices, "drafts": drafts}
    return render(request, "cases/intake/start.html", context, status=422 if form.errors else 200)


def _step_address(draft: Any, step: str) -> str:
    return reverse("cases:intake-step", kwargs={"draft": draft, "question": step})


def _onward(request: HttpRequest, to: str) -> HttpResponseBase:
    return JsonResponse({"next": to}) if request.headers.get(KEEPS) else redirect(to)


@login_required
@require_form
def step(request: HttpRequest, draft: UUID, question: str) -> HttpResponseBase:
    """One question. What was answered in another window meanwhile is shown, and the typed answer kept."""
    begun = actions.read_intake(actor=request.user, pk=draft)
    if begun.row.case is not None:
        return redirect("cases:case", code=begun.row.case.code)
    page = pages.BY_CODE.get(question)
    if page is None:
        raise policy.Refused("no such step")
    form = _form(request, begun, page)
    if request.method == "POST" and form.is_valid():
        if question == "consent" and form.cleaned_data["answer"] == "no":
            return _said_no(request, draft)
        try:
            after = actions.answer_step(
                actor=request.user, pk=draft, step=question, told=form.told(), seen=_seen(request)
            )  # fmt: skip
            answers = {**after.answers, question: form.told()}
            return _onward(request, _after(request, draft, page, answers))
        except actions.AnsweredMeanwhile:
            begun = actions.read_intake(actor=request.user, pk=draft)
            form.add_error(
                None,
                _("This was answered in another window meanwhile. Press once more to put your answer in its place."),
            )
    return _page(request, begun, page, form)


def _form(request: HttpRequest, begun: actions.Begun, page: Step) -> Any:
    told = begun.answers.get(page.code)
    initial = page.form.asked_again(told) if told else {}
    form = page.form(request.POST if request.method == "POST" else None, initial=initial)
    if page.code == "reach":
        form.way = begun.answers.get("way", {}).get("answer", "")
    if page.code == "name":
        house = begun.row.organisation
        form.offer(districts.choices(country=house.country, within=begun.row.area), districts.usual(organisation=house))
    return form


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < 6 else 0


def _after(request: HttpRequest, draft: UUID, page: Step, answers: Mapping[str, Any]) -> str:
    """The next question on the way; the summary where this one was only put right, or was the last."""
    if request.GET.get("back") == "check":
        return reverse("cases:intake-check", kwargs={"draft": draft})
    way = pages.path(answers)
    later = [each.code for each in way[[each.code for each in way].index(page.code) + 1 :]] if page in way else []
    return _step_address(draft, later[0]) if later else reverse("cases:intake-check", kwargs={"draft": draft})


def _page(request: HttpRequest, begun: actions.Begun, page: Step, form: Any) -> HttpResponseBase:
    way = pages.path(begun.answers)
    at = way.index(page) if page in way else 0
    before = _step_address(begun.row.pk, way[at - 1].code) if at else reverse("cases:new")
    context = {
        "draft": begun.row, "step": page, "form": form, "seen": begun.turns.get(page.code, 0), "before": before,
        "number": at + 1, "total": len(way), "marks": [number <= at for number in range(len(way))],
        "pressed": _pressed(begun.answers.get(page.code, {})), **_reading(request, begun, page),
    }  # fmt: skip
    return render(request, "cases/intake/step.html", context, status=422 if form.errors else 200)


def _pressed(told: Mapping[str, Any]) -> str:
    return str(told.get("answer") or told.get("district") or "")


def _reading(request: HttpRequest, begun: actions.Begun, page: Step) -> dict[str, Any]:
    """What stands above a question: the words of consent, numbers for danger now."""
    if page.code == "consent":
        return {"words": consents.current("service").read_in(get_language() or "en")[0]}
    if page.code == "risk":
        return {"numbers": risks.crisis_numbers(actor=request.user, country=begun.row.organisation.country)}
    return {}


def _said_no(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    actions.drop_intake(actor=request.user, pk=draft)
    messages.info(request, _("She said no: nothing was kept. You can still advise her without a file."))
    return _onward(request, reverse("cases:new"))


@login_required
@require_form
def check(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """Check the answers, then open the case."""
    begun = actions.read_intake(actor=request.user, pk=draft)
    if begun.row.case is not None:
        return redirect("cases:case", code=begun.row.case.code)
    lacking = next((each for each in ("consent", "name") if not begun.answers.get(each)), "")
    if lacking:
        return redirect(_step_address(draft, lacking))
    if request.method == "POST":
        return _opened(request, draft)
    found = _alike(request, begun)
    context = {
        "draft": begun.row, "rows": _rows(begun), "alike": [each for each in found if each.is_likely],
        "others": [each for each in found if not each.is_likely],
    }  # fmt: skip
    return render(request, "cases/intake/check.html", context)


def _opened(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    def finish() -> str:
        return actions.finish_intake(actor=request.user, pk=draft, lang=get_language() or "en").code

    code = once.write(request, finish)
    messages.success(request, _("The case is opened."))
    case, decision = selectors.case_of(actor=request.user, code=code)
    found = risks.newest_screen(case=case, decision=decision)
    return redirect("cases:safety-plan" if found and found.needs_plan else "cases:case", code=code)


def _rows(begun: actions.Begun) -> list[dict[str, Any]]:
    """What was answered, in her order, each with the way back to its question."""
    back = {"action": _("Change")}
    return [
        {"term": page.title, "value": _said(page, begun.answers.get(page.code)) or "–", **back,
         "href": f"{_step_address(begun.row.pk, page.code)}?back=check"}
        for page in pages.path(begun.answers)
    ]  # fmt: skip


def _said(page: Step, told: Mapping[str, Any] | None) -> str:
    """An answer in a few words."""
    if not told:
        return ""
    buttons = dict(page.form.buttons)
    if "answer" in told:
        return str(buttons.get(told["answer"], ""))
    if page.code == "children":
        return ", ".join(f"{child['name']} {child['born'] or ''}".strip() for child in told["children"])
    if page.code == "risk":
        return _said_of_risk(told["answers"])
    said = [str(told[name]) for name in ("name", "born", "home", "value", "since", "words") if told.get(name)]
    return ", ".join([*said, *([districts.named(told["district"])] if told.get("district") else [])])


def _said_of_risk(answers: Mapping[str, str]) -> str:
    if not answers:
        return _("Not asked now: she is not alone")
    yes = sum(said == "yes" for said in answers.values())
    return ngettext("%(n)d answer was yes", "%(n)d answers were yes", yes) % {"n": yes}


def _alike(request: HttpRequest, begun: actions.Begun) -> list[duplicates.Likeness]:
    """People of files that she may read who may be the same person."""
    name = begun.answers["name"]
    told = Told(name=name["name"], born={"year": name["born"]} if name.get("born") else None, facts={"sex": "f"})
    return duplicates.duplicates(actor=request.user, organisation=begun.row.organisation, told=told)


@login_required
@require_POST
def drop(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    actions.drop_intake(actor=request.user, pk=draft)
    messages.info(request, _("Nothing of it was kept."))
    return redirect("cases:new")
