"""People of a case: who they are, who else they may be, what they are to each other, how the house stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import selectors
from hamroh.cases.actions import Told, add_person
from hamroh.cases.actions.aligning import can_be_put_back, newest_answer
from hamroh.cases.actions.opening import CLOSED, AtRest
from hamroh.cases.actions.people import edit_person
from hamroh.cases.actions.sameness import judge
from hamroh.cases.forms import people as forms
from hamroh.cases.forms import seen
from hamroh.cases.forms.dates import as_text
from hamroh.cases.forms.relations import Judging
from hamroh.cases.models import Case, Part, Person, Same
from hamroh.cases.selectors import duplicates, sameness
from hamroh.cases.views.relations import kept, related, require_form
from hamroh.vault import once, opening


def _here(case: Case, name: str, **more: Any) -> str:
    return reverse(f"cases:{name}", kwargs={"code": case.code, **more})


def _writing(request: HttpRequest, code: str, pk: UUID) -> tuple[Case, Decision, Person]:
    """A case that the person may write in, the decision that opens it, and one of its people."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    policy.require(request.user, "case.write", case)
    return case, decision, sameness.person_of(case=case, pk=pk)


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values without those that do not open."""
    return {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}


# -- adding --------------------------------------------------------------------------------------------------------


@login_required
@require_form
def add(request: HttpRequest, code: str) -> HttpResponseBase:
    """One more person. Who looks like her already is shown before she is entered."""
    case, _decision = selectors.case_of(actor=request.user, code=code, verb="case.write")
    form = forms.Person(request.POST or None, initial={"side": "neither"})
    found: list[Any] = []
    if form.is_valid():
        told = form.told()
        found = _asked_already(request, case, told)
        if not found:
            try:
                return redirect(once.write(request, _adding(request, case, form, told)))
            except AtRest:
                form.add_error(None, str(CLOSED))
    context = {"case": case, "form": form, "found": found}
    return render(request, "cases/people/add.html", context, status=422 if form.errors else 200)


def _asked_already(request: HttpRequest, case: Case, told: Told) -> list[Any]:
    """People who are very like her, unless the form says that somebody looked at them."""
    if request.POST.get("anyway") or request.POST.get("same"):
        return []
    found = duplicates.duplicates(actor=request.user, organisation=case.organisation, told=told)
    return [each for each in found if each.band != "weak"]


def _adding(request: HttpRequest, case: Case, form: forms.Person, told: Told) -> Callable[[], str]:
    """Enter her, and say that she is the one of another file where the form says so."""
    other = _chosen(request)

    def write() -> str:
        typed = form.cleaned_data
        person = add_person(actor=request.user, case=case, part=typed["part"], side=typed["side"], told=told)
        if other is not None:
            judge(actor=request.user, person=person, other=other, answer=Same.SAME)
        return _here(case, "person", person=person.pk)

    return write


def _chosen(request: HttpRequest) -> Person | None:
    """The person of a readable file that the form names as the same; Refused for any other."""
    typed = request.POST.get("same", "")
    if not typed:
        return None
    try:
        found = sameness.readable(request.user).filter(pk=UUID(typed)).select_related("case").first()
    except ValueError:
        found = None
    if found is None:
        raise policy.Refused("no such person for this actor")
    person: Person = found
    return person


# -- one person ----------------------------------------------------------------------------------------------------


@login_required
@require_safe
def person(request: HttpRequest, code: str, person: UUID) -> HttpResponseBase:
    """Somebody of the case: what is known, what she is to others, and her other files that open to the actor."""
    case, decision = selectors.case_of(actor=request.user, code=code)
    row = sameness.person_of(case=case, pk=person)
    values = sameness.opened(person=row, decision=decision)
    writes = bool(policy.allowed(request.user, "case.write", case))
    files = sameness.same_as(actor=request.user, person=row)
    asked = writes and bool(request.GET.get("alike"))
    context = {
        "case": case, "person": row, "values": values, "facts": facts_of(values), "files": files, "asked": asked,
        "alike": _alike(request, row, values, {each.pk for each in files}) if asked else [],
        "related": related(case, decision, row), "writes": writes,
    }  # fmt: skip
    return render(request, "cases/people/person.html", context)


def _alike(request: HttpRequest, person: Person, values: dict[str, Any], known: set[Any]) -> list[Any]:
    """Who in other files looks like her. It opens them to compare, so it is done when somebody asks, not at every look."""
    told = plain(values)
    found = duplicates.duplicates(
        actor=request.user, organisation=person.case.organisation, told=Told(**{**told, "name": told["name"] or ""}),
        but=person.pk,
    )  # fmt: skip
    return [each for each in found if each.person.pk not in known and each.person.case_id != person.case_id]


def facts_of(values: dict[str, Any]) -> list[dict[str, Any]]:
    """What is known of somebody, as rows of a page; what is not known has none."""
    known = plain(values)
    facts, fate = known["facts"] or {}, (known["facts"] or {}).get("fate") or {}
    names = {each["kind"]: each["value"] for each in known["names"] or ()}
    spellings = [each["value"] for each in known["names"] or () if each["kind"] not in ("maiden", "father")]
    places = {each["kind"]: each.get("words", "") for each in known["places"] or ()}
    rows = [
        (_("Surname before marriage"), names.get("maiden")), (_("Father’s name"), names.get("father")),
        (_("Other names and spellings"), ", ".join(spellings)), (_("Born"), _day(known["born"])),
        (_("Sex"), _word(forms.SEXES, facts.get("sex"))), (_("Telephone"), known["phone"]),
        (_("Document"), " ".join(filter(None, (_word(forms.DOCUMENTS, facts.get("document_kind")), known["document"])))),
        (_("Home district or village"), places.get("home")), (_("Place of birth"), places.get("birth")),
        (_("Country or town where the person is now"), places.get("now")),
        (_("Language"), _word(forms.LANGUAGES, facts.get("language"))),
        (_("Citizenship"), _word(forms.CITIZENSHIPS, facts.get("citizenship"))),
        (_("What is known of this person’s life?"), _word(forms.FATES, fate.get("what"))),
        (_("Since when, or when?"), _day(fate.get("date"))), (_("Who says so?"), fate.get("source")),
    ]  # fmt: skip
    unshown = next((value for value in values.values() if isinstance(value, opening.Unshown)), None)
    found = [{"term": term, "value": value} for term, value in rows if value]
    return [*found, *([{"term": _("Not all of it opens"), "value": unshown}] if unshown else [])]


def _day(known: Any) -> Any:
    from hamroh.web.templatetags.hamroh import day

    return day(as_text(known)) if known else ""


def _word(choices: list[tuple[str, Any]], code: str | None) -> str:
    return str(dict(choices).get(code, "")) if code else ""


@login_required
@require_form
def edit(request: HttpRequest, code: str, person: UUID) -> HttpResponseBase:
    """Correct what is known of somebody; what somebody else wrote in the meantime is shown and not written over."""
    case, decision, row = _writing(request, code, person)
    values = sameness.opened(person=row, decision=decision, purpose="form")
    told = plain(values)

    def stands() -> dict[str, Any]:
        now = sameness.person_of(case=case, pk=person)
        return forms.initial_of(
            plain(sameness.opened(person=now, decision=decision, purpose="form")), now.part, now.side
        )

    form = forms.Person(
        request.POST or None, initial=forms.initial_of(told, row.part, row.side), is_client=row.part == Part.CLIENT
    )
    seen.watch(form, case, stands)
    if form.is_valid() and (to := kept(request, form, _editing(request, case, row, form, told))):
        return redirect(to)
    spoilt = any(isinstance(value, opening.Unshown) for value in values.values())
    context = {
        "case": case, "person": row, "form": form, "spoilt": spoilt, "name": values["name"],
    }  # fmt: skip
    return render(request, "cases/people/edit.html", context, status=422 if form.errors else 200)


def _editing(
    request: HttpRequest, case: Case, row: Person, form: forms.Person, told: dict[str, Any]
) -> Callable[[], str]:
    def write() -> str:
        typed = form.cleaned_data
        row_after = edit_person(
            actor=request.user, person=row, part=typed.get("part", row.part), side=typed.get("side", row.side),
            told=form.told(told),
        )  # fmt: skip
        if row.part == Part.CLIENT and row_after.phone_index != row.phone_index:
            messages.warning(
                request,
                _(
                    "Her telephone has changed. Is the old one still safe to use? Ask her, and write down how she may be reached now."
                ),
            )
        return _here(case, "person", person=row.pk)

    return write


# -- two people side by side ---------------------------------------------------------------------------------------


@login_required
@require_form
def beside(request: HttpRequest, code: str, person: UUID, other: UUID) -> HttpResponseBase:
    """Two people side by side, with what speaks for and against their being one, and the answer of who knows."""
    case, decision, row = _writing(request, code, person)
    found, others = policy.fetch(
        request.user, "case.read", Person.objects.filter(pk=other).exclude(pk=row.pk).select_related("case")
    )
    form = Judging(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data

        def write() -> str:
            judge(actor=request.user, person=row, other=found, answer=typed["answer"], words=typed["words"])
            return _here(case, "person", person=row.pk)

        return redirect(once.write(request, write))
    ours, theirs = sameness.opened(person=row, decision=decision), sameness.opened(person=found, decision=others)
    context = {
        "case": case, "person": row, "other": found, "form": form, "ours": ours, "theirs": theirs,
        "rows": side_by_side(ours, theirs),
        "likely": sameness.likely(actor=request.user, values=ours, other=found),
        "judged": sameness.judgements(actor=request.user, person=row, other=found),
        **_line_up(request, row, found, ours),
    }  # fmt: skip
    return render(request, "cases/people/beside.html", context, status=422 if form.errors else 200)


def _line_up(request: HttpRequest, row: Person, found: Person, ours: dict[str, Any]) -> dict[str, Any]:
    """Whether their lines may be brought together, and what was brought together and may be put back."""
    if row.organisation_id != found.organisation_id or not policy.allowed(request.user, "case.write", found):
        return {}
    return {"may_align": newest_answer(row, found) == Same.SAME, "aligned": can_be_put_back(plain(ours), found)}


def side_by_side(ours: dict[str, Any], theirs: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    """Facts of two people by the same term, a dash where one is not known."""
    left, right = ({row["term"]: row["value"] for row in facts_of(each)} for each in (ours, theirs))
    return [(term, left.get(term, "–"), right.get(term, "–")) for term in dict.fromkeys((*left, *right))]
