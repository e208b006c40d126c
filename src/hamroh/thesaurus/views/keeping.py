"""The vocabularies that somebody keeps: what waits, concepts, groups, checks, impact, releases."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy, workplace
from hamroh.thesaurus import actions, usage
from hamroh.thesaurus.actions import EditRefused
from hamroh.thesaurus.check_words import finding_words, rule_words
from hamroh.thesaurus.editing_forms import ConceptForm, GroupForm, LayerForm, ReleaseForm, group_title
from hamroh.thesaurus.models import Concept, Group, Scheme, Status
from hamroh.thesaurus.selectors import checking, editing, releasing
from hamroh.thesaurus.selectors.names import title
from hamroh.thesaurus.views.common import PAGE, lang, written
from hamroh.web.views import See

_MOST_FOUND, _MOST_OF_RULE = 30, 40


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Vocabularies that somebody keeps, and what waits in each."""
    policy.require(request.user, "thesaurus.edit")
    return render(request, f"{PAGE}mine.html", {"kept": editing.kept_lines(actor=request.user, lang=lang())})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_layer(request: HttpRequest) -> HttpResponse:
    """Start a layer of one's own."""
    policy.require(request.user, "thesaurus.edit")
    form = LayerForm(request.POST if request.method == "POST" else None)

    def start() -> Scheme:
        said, house = form.cleaned_data, workplace.current(request)
        assert house is not None
        below = Scheme.objects.get(code=said["extends"])
        which = {"code": said["code"], "layer": said["layer"], "extends": below}
        return actions.start_layer(actor=request.user, organisation=house, titles=form.titles, **which)

    if form.is_valid() and written(request, form, start):
        return See(reverse("thesaurus-desk:scheme", kwargs={"layer": form.cleaned_data["code"]}))
    context = {"form": form, "title": _("Start a layer of our own"), "does": _("Start it")}
    return render(request, f"{PAGE}form.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def scheme(request: HttpRequest, layer: str) -> HttpResponse:
    """One vocabulary: look a concept up, see candidates and the latest changes."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    typed = request.GET.get("q", "").replace("\0", "")[:100]
    candidates = Concept.objects.filter(scheme=kept, status=Status.CANDIDATE).select_related("scheme").order_by("key")
    context = {
        **_head(kept),
        "typed": typed,
        "found": editing.looked_up(kept, typed, lang(), _MOST_FOUND) if typed.strip() else (),
        "candidates": editing.lines_of(list(candidates[:_MOST_FOUND]), lang()),
        "recent": editing.recent(kept, lang()),
    }
    return render(request, f"{PAGE}scheme.html", context)


@login_required
@require_safe
def find(request: HttpRequest, layer: str) -> HttpResponse:
    """What begins as typed, for the list that opens while one types."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    typed = request.GET.get("q", "").replace("\0", "")[:100]
    return JsonResponse({"found": editing.offered(kept, typed, lang())})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_concept(request: HttpRequest, layer: str) -> HttpResponse:
    """A new concept of this vocabulary."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    form = ConceptForm(request.POST if request.method == "POST" else None, layer=kept)
    made: list[Concept] = []

    def add() -> Concept:
        said = form.cleaned_data
        above = [said["broader"]] if said["broader"] else []
        how = {"kind": said["kind"], "status": said["status"], "broader": above}
        made.append(actions.add_concept(actor=request.user, scheme=kept, labels=form.names, **how))
        return made[0]

    if form.is_valid() and written(request, form, add):
        messages.success(request, _("Written down."))
        if not made:
            return See(_address("scheme", kept))
        return See(_address("concept", kept, home=kept.code, word=made[0].key))
    return _form(request, kept, form, _("New concept"), _("Write it down"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def groups(request: HttpRequest, layer: str) -> HttpResponse:
    """Groups and arrays of this vocabulary, and a form for one more."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    form = GroupForm(request.POST if request.method == "POST" else None, layer=kept)

    def add() -> Group:
        said = form.cleaned_data
        parent = Group.objects.filter(scheme=kept, key=said["parent"]).first() if said["parent"] else None
        where = {"parent": parent, "superordinate": said["superordinate"]}
        return actions.add_group(actor=request.user, scheme=kept, titles=form.titles, kind=said["kind"], **where)

    if form.is_valid() and written(request, form, add):
        messages.success(request, _("Written down."))
        return See(_address("groups", kept))
    rows = [(row, group_title(row)) for row in editing.groups_kept(kept)]
    context = {**_head(kept), "form": form, "rows": rows}
    return render(request, f"{PAGE}groups.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def drop_group(request: HttpRequest, layer: str, group: str) -> HttpResponse:
    """Take a group away; its concepts stay."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    found = get_object_or_404(Group.objects.select_related("scheme"), scheme=kept, key=group)
    try:
        actions.remove_group(actor=request.user, group=found)
    except EditRefused as refused:
        messages.error(request, str(refused))
    return See(_address("groups", kept))


@login_required
@require_safe
def checks(request: HttpRequest, layer: str) -> HttpResponse:
    """What the checks find, why it is wrong, and how it is mended."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    found = checking.findings(actor=request.user, scheme=kept, lang=lang())
    rules = [
        (
            rule_words(rule),
            [(each, finding_words(each)) for each in rows[:_MOST_OF_RULE]],
            len(rows),
            len(rows) - _MOST_OF_RULE,
        )
        for rule, rows in found.items()
    ]
    return render(request, f"{PAGE}checks.html", {**_head(kept), "rules": rules})


@login_required
@require_POST
def mend(request: HttpRequest, layer: str) -> HttpResponse:
    """Do what a finding offers."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    asked = {name: request.POST.get(name, "")[:200] for name in ("home", "concept", "how", "ref", "other")}
    if not asked["home"]:
        raise BadRequest("a mend without its concept")
    about = editing.concept_of_layer(kept, asked["home"], asked["concept"])
    try:
        actions.mend(
            actor=request.user, scheme=kept, concept=about, how=asked["how"], ref=asked["ref"], other=asked["other"]
        )
    except EditRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Mended."))
    return See(_address("checks", kept))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def impact(request: HttpRequest, layer: str) -> HttpResponse:
    """Records that use a concept out of use; in those of one's own another is put in its place."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    if request.method == "POST":
        return _replace(request, kept)
    rows = editing.impact(actor=request.user, scheme=kept, lang=lang())
    context = {**_head(kept), "rows": rows, "total": sum(row.total for row in rows)}
    return render(request, f"{PAGE}impact.html", context)


def _replace(request: HttpRequest, kept: Scheme) -> HttpResponse:
    home, word = request.POST.get("home", "")[:60], request.POST.get("concept", "")[:120]
    if not home:
        raise BadRequest("a replacement without its concept")
    about = editing.concept_of_layer(kept, home, word)
    by = next((one for one in editing.successors(about) if one.key == request.POST.get("by")), None)
    if by is None:
        messages.error(request, _("Choose what replaces it."))
        return See(_address("impact", kept))
    done = usage.replace(actor=request.user, concept=about, by=by)
    said = ngettext("%(number)s record was changed.", "%(number)s records were changed.", done.changed)
    messages.success(request, said % {"number": done.changed})
    for name, why in done.refused[:5]:
        messages.error(request, f"{name}: {why}")
    return See(_address("impact", kept))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, layer: str) -> HttpResponse:
    """What would be in the next release, and the word to release it."""
    kept = editing.kept_scheme(actor=request.user, code=layer, verb="thesaurus.release")
    form = ReleaseForm(request.POST if request.method == "POST" else None, layer=kept)
    if form.is_valid() and written(
        request,
        form,
        lambda: actions.release_scheme(
            actor=request.user, scheme=kept, number=form.cleaned_data["number"], notes=form.notes
        ),
    ):
        messages.success(request, _("The release is public."))
        return See(reverse("thesaurus:release", args=[kept.code, form.cleaned_data["number"]]))
    difference = releasing.unreleased(kept)
    context = {
        **_head(kept),
        "form": form,
        "parts": releasing.parts(difference, lang()),
        "is_empty": releasing.is_empty(difference),
        "released": releasing.releases(kept),
    }
    return render(request, f"{PAGE}release.html", context, status=422 if form.errors else 200)


def _head(kept: Scheme) -> dict[str, Any]:
    return {"layer": kept, "layer_title": title(kept.titles, lang()) or kept.code}


def _address(name: str, kept: Scheme, **more: str) -> str:
    return reverse(f"thesaurus-desk:{name}", kwargs={"layer": kept.code, **more})


def _form(request: HttpRequest, kept: Scheme, form: Any, title: str, does: str) -> HttpResponse:
    context = {**_head(kept), "form": form, "title": title, "does": does}
    return render(request, f"{PAGE}form.html", context, status=422 if form.errors else 200)
