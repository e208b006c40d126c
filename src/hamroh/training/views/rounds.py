"""Pages of rounds: the list, one round, what stands beside it. Nobody who takes part stands here by name."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.training import actions, selectors
from hamroh.training.drawing import drawn_cascade
from hamroh.training.forms import courses as forms
from hamroh.training.models import Round
from hamroh.training.showing import shown_beside, shown_cascade, shown_moves
from hamroh.training.states import RoundLife
from hamroh.training.views.frame import (
    PAGE,
    PAGE_LINES,
    asked,
    at,
    at_desk,
    decided,
    done,
    here,
    may,
    moment,
    require_form,
)


@at_desk
@require_safe
def rounds(request: HttpRequest) -> HttpResponseBase:
    """Rounds of the organisation for who plans, her own for who trains."""
    policy.require(request.user, "round.see")
    state = request.GET.get("state", "")
    rows = selectors.rounds(
        actor=request.user, organisation=here(request), state=state if state in RoundLife.states else ""
    )
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    heads = selectors.heads(rows=shown)
    today = timezone.localdate()
    context = {
        "page": page, "lines": [{"row": each, "heads": heads.get(each.pk)} for each in shown], "state": state, "states": RoundLife.choices(),
        "may_plan": bool(policy.allowed(request.user, "round.plan")),
        "pending": selectors.pending(actor=request.user, organisation=here(request), today=today),
    }  # fmt: skip
    return render(request, f"{PAGE}rounds.html", context)


@at_desk
@require_safe
def round_page(request: HttpRequest, code: str) -> HttpResponseBase:
    """One round on a page: where it stands, and the next step."""
    row, _decision = selectors.round_of(actor=request.user, code=code)
    beside = selectors.beside(round=row)
    rights = may(request, row, "round.edit", "round.plan", "learner.read", "learner.write")
    context = {
        "round": row, "beside": beside, "may": rights, "moves": shown_moves(row, may_plan=rights["round_plan"]) if rights["round_edit"] else [],
        "trainers": selectors.trainer_names(rows=beside.trainers, decision=decided(request, row, "learner.read")), "shown": shown_beside(row, beside),
        "gain": selectors.round_gain(round=row), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, f"{PAGE}round.html", context)


@at_desk
@require_form
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is known of a round now."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="round.edit")
    seen = request.POST.get("seen", row.changed_at.isoformat())
    form = forms.RoundForm(request.POST or None, initial=forms.RoundForm.of(row))

    def act() -> str:
        actions.change_round(actor=request.user, round=row, told=form.told, seen=moment(seen))
        return at("round", row)

    return asked(request, form, act, title=_("Change what is known"), back=at("round", row), round=row, seen=seen)


@at_desk
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponseBase:
    """A round goes on."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="round.edit")
    after, before = request.POST.get("after", ""), request.POST.get("before", "")

    def act() -> None:
        if after not in RoundLife.states:
            raise actions.NotNow(_("Choose one of these."))
        actions.move_round(actor=request.user, round=row, after=after, before=before)

    return done(request, act, at("round", row))


def _beside(title: Any, make: Any, act: Callable[[Any, Round, Any], Any], verb: str = "round.edit") -> Any:
    """A page that asks for one more thing of a round."""

    @at_desk
    @require_form
    def page(request: HttpRequest, code: str) -> HttpResponseBase:
        row, _decision = selectors.round_of(actor=request.user, code=code, verb=verb)
        form = make(request.POST or None) if make is not forms.NameTrainer else _trainers(request, row)

        def write() -> str:
            act(request.user, row, form.cleaned_data if not hasattr(form, "told") else form.told)
            return at("round", row)

        return asked(request, form, write, title=title(), back=at("round", row), round=row)

    return page


def _trainers(request: HttpRequest, row: Round) -> forms.NameTrainer:
    return forms.NameTrainer(request.POST or None, people=selectors.who_can_train(organisation=row.organisation))


def _parent(actor: Any, row: Round, told: Any) -> None:
    found = policy.visible(actor, "round.see", Round.objects.filter(code=told["parent"].strip().lower())).first()
    if found is None:
        raise actions.NotNow(_("There is no round of this code that you may see."), "parent")
    actions.note_parent(actor=actor, round=row, parent=found)


def _before(actor: Any, row: Round, told: Any) -> None:
    beside = selectors.beside(round=row)
    heads = selectors.unknown_heads(round=row, beside=beside)
    actions.state_before(actor=actor, round=row, before=told["before"], heads=heads)


name_trainer = _beside(
    lambda: _("Who trains?"),
    forms.NameTrainer,
    lambda actor, row, told: actions.name_trainer(actor=actor, round=row, **told),
    "round.plan",
)
bring_trainer = _beside(
    lambda: _("A trainer from outside"),
    forms.Bring,
    lambda actor, row, told: actions.bring_trainer(actor=actor, round=row, **told),
    "learner.write",
)
bear = _beside(
    lambda: _("An organisation that bears it"),
    forms.Bear,
    lambda actor, row, told: actions.note_bearing(actor=actor, round=row, **told),
)
parent = _beside(lambda: _("Where its trainers learned"), forms.Parent, _parent)
give = _beside(
    lambda: _("What was given"),
    forms.Give,
    lambda actor, row, told: actions.note_material(actor=actor, round=row, **told),
)
count = _beside(
    lambda: _("People who are only counted"),
    forms.Count,
    lambda actor, row, told: actions.count_people(actor=actor, round=row, group=told),
)
before = _beside(lambda: pgettext("training", "Who came again"), forms.Before, _before)


@at_desk
@require_POST
def drop_trainer(request: HttpRequest, code: str, trainer: UUID) -> HttpResponseBase:
    """She does not train here any more."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="round.plan")
    return done(request, lambda: actions.drop_trainer(actor=request.user, round=row, trainer=trainer), at("round", row))


@at_desk
@require_POST
def take_back(request: HttpRequest, code: str, what: str, pk: UUID) -> HttpResponseBase:
    """Something that was noted by mistake."""
    row, _decision = selectors.round_of(actor=request.user, code=code, verb="round.edit")
    if what not in actions.REMOVED:
        raise policy.Refused("no such thing of a round")
    return done(request, lambda: actions.take_back(actor=request.user, round=row, what=what, pk=pk), at("round", row))


# -- the cascade -----------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def cascade(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """Who trained whom, and how many people that reached: of one round, or of all."""
    policy.require(request.user, "course.see")
    row = selectors.round_of(actor=request.user, code=code)[0] if code else None
    found = selectors.cascade(actor=request.user, organisation=row.organisation if row else here(request), root=row)
    shown = shown_cascade(found, request.user)
    context = {"round": row, "cascade": found, "shown": shown, "drawing": drawn_cascade(found, shown.titles)}
    return render(request, f"{PAGE}cascade.html", context)
