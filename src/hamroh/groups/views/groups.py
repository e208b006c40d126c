"""Pages of groups: the list, one group, who runs it, its members, talks among peers."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hamroh.accounts import policy
from hamroh.accounts.models import Role
from hamroh.groups import actions, selectors, showing
from hamroh.groups.forms import groups as forms
from hamroh.groups.models import Facilitating, Group, Member
from hamroh.groups.states import GroupLife
from hamroh.groups.views.frame import (
    PAGE,
    PAGE_LINES,
    asked,
    at,
    at_desk,
    decided,
    done,
    here,
    require_form,
    rights,
    today,
)


@at_desk
@require_safe
def groups(request: HttpRequest) -> HttpResponseBase:
    """Groups that she runs, or all of the organisation for who leads."""
    policy.require(request.user, "group.see")
    rows = selectors.groups(actor=request.user, organisation=here(request))
    page = Paginator(rows, PAGE_LINES).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    counts = selectors.counts_of(rows=shown)
    context = {
        "page": page, "lines": [{"row": row, "members": counts.get(row.pk, 0)} for row in shown],
        "may_edit": bool(policy.allowed(request.user, "group.edit")), "may_hide": bool(policy.allowed(request.user, "place.begin")),
    }  # fmt: skip
    return render(request, f"{PAGE}list.html", context)


def _about(told: dict[str, Any]) -> actions.About:
    return actions.About(
        kind=told["kind"], names=told["names"], place=told["place"], founded=told["founded"], meets=told.get("meets", ""),
        words=told.get("words", ""),
    )  # fmt: skip


@at_desk
@require_form
def new(request: HttpRequest) -> HttpResponseBase:
    """A group is written down."""
    policy.require(request.user, "group.edit")
    house = here(request)
    leads = not policy.standing(request.user).holds(Role.FACILITATOR, house.pk)
    people = selectors.facilitators(organisation=house) if leads else []
    form = forms.NewGroupFor(request.POST or None, people=people) if leads else forms.NewGroup(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        row = actions.open_group(
            actor=request.user, organisation=house, about=_about(told), facilitator=told.get("facilitator")
        )
        return at("group", row)

    return asked(request, form, act, title=_("A new group"), back=None)


def _group(request: HttpRequest, code: str, verb: str = "group.see") -> Group:
    return selectors.group_of(actor=request.user, code=code, verb=verb)[0]


@at_desk
@require_safe
def group(request: HttpRequest, code: str) -> HttpResponseBase:
    """One group on a page: what it is, what comes next, what is late, what happened."""
    row = _group(request, code)
    reads = decided(request, row, "group.members")
    may = rights(request, row)
    context = {
        "group": row, "facts": selectors.facts(group=row, decision=reads), "may": may, "make_up": selectors.make_up(group=row) if reads else None,
        "staff": [each for each in selectors.staff(group=row) if each.until_date is None],
        "steps": showing.steps(selectors.steps(group=row, today=today()), today(), sees_help=may["group_members"], code=row.code),
        "story": showing.story(row, sees_members=may["group_members"]), "memoranda": showing.memoranda(selectors.memoranda(group=row), today()),
        "moves": [(after, showing.MOVES[after]) for after in GroupLife.moves(row.state)],
    }  # fmt: skip
    return render(request, f"{PAGE}group.html", context)


@at_desk
@require_form
def change(request: HttpRequest, code: str) -> HttpResponseBase:
    """What is known of a group now."""
    row = _group(request, code, "group.edit")
    reads = decided(request, row, "group.write") and decided(request, row, "group.members")
    facts = selectors.facts(group=row, decision=reads or None)
    seen = request.POST.get("seen", row.changed_at.isoformat())
    first = {"names": row.names, "kind": row.kind, "place": row.place.key, "founded": row.founded_date, **facts}
    form = forms.ChangedGroup(request.POST or None, sees_words=bool(reads), initial=first)

    def act() -> str:
        actions.change_group(actor=request.user, group=row, about=_about(form.cleaned_data), seen=_moment(seen))
        return at("group", row)

    return asked(request, form, act, title=_("Change what is known"), back=at("group", row), group=row, seen=seen)


def _moment(text: str) -> Any:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


@at_desk
@require_POST
def move(request: HttpRequest, code: str) -> HttpResponseBase:
    """It meets, rests, is closed, begins anew."""
    row = _group(request, code, "group.edit")
    after, before = request.POST.get("after", ""), request.POST.get("before", "")
    return done(
        request, lambda: actions.move_group(actor=request.user, group=row, after=after, before=before), at("group", row)
    )


# -- who runs it -----------------------------------------------------------------------------------------------------


@at_desk
@require_form
def staff(request: HttpRequest, code: str) -> HttpResponseBase:
    """Who runs the group, and ran it; somebody begins."""
    row = _group(request, code, "group.staff")
    form = forms.NewFacilitator(
        request.POST or None, people=selectors.facilitators(organisation=row.organisation), initial={"from_date": today()}
    )  # fmt: skip

    def act() -> str:
        actions.begin_facilitating(actor=request.user, group=row, **form.cleaned_data)
        return at("staff", row)

    context = {
        "group": row,
        "rows": selectors.staff(group=row),
        "title": _("Who runs the group"),
        "back": at("group", row),
    }
    return asked(request, form, act, template="staff.html", **context)


@at_desk
@require_POST
def end_staff(request: HttpRequest, code: str, line: UUID) -> HttpResponseBase:
    """Somebody no longer runs the group; it shuts for her at once."""
    row = _group(request, code, "group.staff")
    found = Facilitating.objects.filter(group=row, pk=line).first()
    if found is None:
        raise policy.Refused("no such row of this group")
    return done(request, lambda: actions.end_facilitating(actor=request.user, group=row, line=found), at("staff", row))


# -- members ---------------------------------------------------------------------------------------------------------


@at_desk
@require_safe
def members(request: HttpRequest, code: str) -> HttpResponseBase:
    """Members by number and alias."""
    row, decision = selectors.group_of(actor=request.user, code=code, verb="group.members")
    context = {"group": row, "members": selectors.members(group=row, decision=decision), "may": rights(request, row)}
    return render(request, f"{PAGE}members.html", context)


@at_desk
@require_form
def new_member(request: HttpRequest, code: str) -> HttpResponseBase:
    """Somebody joins."""
    row = _group(request, code, "group.write")
    form = forms.NewMember(request.POST or None, initial={"joined_date": today()})

    def act() -> str:
        actions.add_member(actor=request.user, group=row, **form.cleaned_data)
        return at("members", row)

    return asked(request, form, act, title=_("Somebody joins"), back=at("members", row), group=row)


def _member(request: HttpRequest, code: str, pk: UUID, verb: str = "group.write") -> tuple[Group, Member]:
    row = _group(request, code, verb)
    return row, selectors.member_of(group=row, pk=pk)


@at_desk
@require_form
def member(request: HttpRequest, code: str, member: UUID) -> HttpResponseBase:
    """One member: her alias, what she is in the group; she becomes something else."""
    row, decision = selectors.group_of(
        actor=request.user, code=code, verb="group.write" if request.method == "POST" else "group.members"
    )
    found, reads = selectors.member_of(group=row, pk=member), decided(request, row, "group.members") or decision
    form = forms.NewRole(request.POST or None, initial={"from_date": today()})

    def act() -> str:
        actions.give_role(actor=request.user, group=row, member=found, **form.cleaned_data)
        return at("member", row, member=found.pk)

    context = {
        "group": row, "row": found, "alias": selectors.alias_of(member=found, decision=reads), "roles": selectors.roles(member=found),
        "may": rights(request, row), "title": _("Member %(number)s") % {"number": found.number}, "back": at("members", row),
    }  # fmt: skip
    return asked(request, form, act, template="member.html", **context)


@at_desk
@require_form
def change_member(request: HttpRequest, code: str, member: UUID) -> HttpResponseBase:
    """What is known of a member now."""
    row, found = _member(request, code, member)
    reads = decided(request, row, "group.members")
    alias = selectors.alias_of(member=found, decision=reads) if reads else ""
    first = {"alias": alias or "", "sex": found.sex, "age_band": found.age_band}
    form = forms.ChangedMember(request.POST or None, initial=first)

    def act() -> str:
        actions.change_member(actor=request.user, group=row, member=found, **form.cleaned_data)
        return at("member", row, member=found.pk)

    title = _("Member %(number)s") % {"number": found.number}
    return asked(request, form, act, title=title, back=at("member", row, member=found.pk), group=row)


@at_desk
@require_form
def leave(request: HttpRequest, code: str, member: UUID) -> HttpResponseBase:
    """She leaves the group."""
    row, found = _member(request, code, member)
    form = forms.Left(request.POST or None, initial={"left_date": today()})

    def act() -> str:
        actions.leave_group(actor=request.user, group=row, member=found, left_date=form.cleaned_data["left_date"])
        return at("members", row)

    return asked(
        request, form, act, title=_("She leaves the group"), back=at("member", row, member=found.pk), group=row
    )


@at_desk
@require_POST
def come_back(request: HttpRequest, code: str, member: UUID) -> HttpResponseBase:
    """She is in the group again."""
    row, found = _member(request, code, member)
    return done(
        request, lambda: actions.come_back(actor=request.user, group=row, member=found), at("member", row, member=found.pk)
    )  # fmt: skip


@at_desk
@require_form
def forget(request: HttpRequest, code: str, member: UUID) -> HttpResponseBase:
    """Her alias is erased on her wish; asked once more before it goes."""
    row, found = _member(request, code, member)
    if request.method == "POST":
        said = _("The alias is erased. The number stays.")
        return done(
            request, lambda: actions.forget_alias(actor=request.user, group=row, member=found),
            at("member", row, member=found.pk), said,
        )  # fmt: skip
    return render(
        request, f"{PAGE}forget.html", {"group": row, "row": found, "back": at("member", row, member=found.pk)}
    )


@at_desk
@require_POST
def end_role(request: HttpRequest, code: str, member: UUID, role: UUID) -> HttpResponseBase:
    """She is no longer this in the group."""
    row, found = _member(request, code, member)
    line = next((each for each in selectors.roles(member=found) if each.pk == role), None)
    if line is None:
        raise policy.Refused("no such role of this member")
    return done(
        request, lambda: actions.end_role(actor=request.user, group=row, line=line), at("member", row, member=found.pk)
    )  # fmt: skip


# -- talks among peers -----------------------------------------------------------------------------------------------


@at_desk
@require_safe
def talks(request: HttpRequest, code: str) -> HttpResponseBase:
    """Talks among peers: how many came, what about; never who."""
    row, _decision = selectors.group_of(actor=request.user, code=code, verb="group.members")
    page = Paginator(selectors.sessions(group=row), PAGE_LINES).get_page(request.GET.get("page"))
    context = {
        "group": row,
        "page": page,
        "lines": [showing.talk(each) for each in page.object_list],
        "may": rights(request, row),
    }
    return render(request, f"{PAGE}talks.html", context)


@at_desk
@require_form
def new_talk(request: HttpRequest, code: str) -> HttpResponseBase:
    """A talk took place."""
    row = _group(request, code, "group.write")
    form = forms.Talk(request.POST or None, initial={"on_date": today()})

    def act() -> str:
        actions.note_session(actor=request.user, group=row, **form.cleaned_data)
        return at("talks", row)

    return asked(request, form, act, title=_("A talk among peers"), back=at("talks", row), group=row)


@at_desk
@require_form
def change_talk(request: HttpRequest, code: str, talk: UUID) -> HttpResponseBase:
    """What was written down of a talk is put right."""
    row = _group(request, code, "group.write")
    found = selectors.session_of(group=row, pk=talk)
    first = {"on_date": found.week_date, "minutes": found.minutes, "came": found.came, "themes": found.themes}
    form = forms.Talk(request.POST or None, initial=first)

    def act() -> str:
        actions.change_session(actor=request.user, group=row, session=found, **form.cleaned_data)
        return at("talks", row)

    return asked(request, form, act, title=_("A talk among peers"), back=at("talks", row), group=row)
