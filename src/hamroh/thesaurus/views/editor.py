"""A concept at the desk: everything that is said of it, and a form for each thing that may be added."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.thesaurus import actions, usage
from hamroh.thesaurus.actions import EditedMeanwhile, EditRefused
from hamroh.thesaurus.editing_forms import (
    NARROWER,
    ChangeLabelForm,
    LabelForm,
    MatchForm,
    NotationForm,
    NoteForm,
    PartForm,
    PlaceForm,
    RelationForm,
    RetireForm,
)
from hamroh.thesaurus.models import Concept, Group, Label, Mapping, Note, RelationKind, Scheme
from hamroh.thesaurus.selectors import editing
from hamroh.thesaurus.selectors.names import Name, names, title
from hamroh.thesaurus.views.common import PAGE, lang, seen_of, written
from hamroh.web.views import See

_MOST_USES = 20


@dataclass(frozen=True)
class Part:
    """A part of the concept: its form, what writes it, and whether only the concept's own vocabulary says it."""

    form: type[PartForm]
    write: Callable[..., Any]
    is_own: bool = False


def _add_relation(*, layer: Scheme, concept: Concept, kind: str, other: Concept, **rest: Any) -> Any:
    """Narrower is said from the other side, in the state in which that one stands."""
    if kind == NARROWER:
        rest["seen"], kind, concept, other = None, RelationKind.BROADER, other, concept
    return actions.add_relation(layer=layer, concept=concept, kind=kind, other=other, **rest)


def _put(*, layer: Scheme, group: str, **rest: Any) -> Any:
    actions.put_into_group(group=Group.objects.select_related("scheme").get(scheme=layer, key=group), **rest)


def _retire(*, layer: Scheme, also: Concept | None, **rest: Any) -> Any:  # noqa: ARG001 - it is the concept's own
    return actions.retire_concept(also=[also] if also else [], **rest)


def _notation(*, layer: Scheme, **rest: Any) -> Any:  # noqa: ARG001 - it is the concept's own
    return actions.set_notation(**rest)


PARTS = {
    "label": Part(LabelForm, actions.add_label),
    "relation": Part(RelationForm, _add_relation),
    "note": Part(NoteForm, actions.add_note),
    "match": Part(MatchForm, actions.add_mapping),
    "group": Part(PlaceForm, _put),
    "notation": Part(NotationForm, _notation, is_own=True),
    "retire": Part(RetireForm, _retire, is_own=True),
}


@login_required
@require_safe
def concept(request: HttpRequest, layer: str, home: str, word: str) -> HttpResponse:
    """Everything that is said of a concept, as one layer sees it."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    return _page(request, kept, editing.concept_of_layer(kept, home, word))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, layer: str, home: str, word: str, part: str) -> HttpResponse:
    """Add one thing; without script this is the page of its form alone."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    about = editing.concept_of_layer(kept, home, word)
    asked = PARTS.get(part)
    if asked is None or (asked.is_own and about.scheme_id != kept.pk):
        raise Http404(part)
    form = asked.form(request.POST if request.method == "POST" else None, layer=kept, prefix=part)
    if request.method != "POST":
        return _page(request, kept, about, (part, form))
    try:
        if form.is_valid() and written(request, form, lambda: _write(request, asked, kept, about, form)):
            messages.success(request, _("Written down."))
            return See(f"{_address(kept, about)}#{part}")
    except EditedMeanwhile as stale:
        return _page(request, kept, stale.concept, (part, form), stale.since(seen_of(request)))
    return _page(request, kept, about, (part, form))


def _write(request: HttpRequest, asked: Part, kept: Scheme, about: Concept, form: PartForm) -> Any:
    return asked.write(actor=request.user, layer=kept, concept=about, seen=seen_of(request), **form.cleaned_data)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_label(request: HttpRequest, layer: str, home: str, word: str, label: str) -> HttpResponse:
    """Say a label of this layer otherwise."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    about = editing.concept_of_layer(kept, home, word)
    found = get_object_or_404(Label.objects.select_related("scheme", "concept"), pk=label, concept=about, scheme=kept)
    form = ChangeLabelForm.of(request.POST if request.method == "POST" else None, found)
    changes: Any = ()
    try:
        if form.is_valid() and written(
            request,
            form,
            lambda: actions.edit_label(actor=request.user, label=found, seen=seen_of(request), **form.cleaned_data),
        ):
            messages.success(request, _("Written down."))
            return See(f"{_address(kept, about)}#label")
    except EditedMeanwhile as stale:
        about, changes = stale.concept, stale.since(seen_of(request))
    context = {**_head(kept, about), "form": form, "changes": editing.changes_of(changes, lang()), "label": found}
    status = 409 if changes else 422 if form.errors else 200
    return render(request, f"{PAGE}label.html", context, status=status)


@login_required
@require_POST
def approve(request: HttpRequest, layer: str, home: str, word: str) -> HttpResponse:
    """A candidate becomes a concept like the others; one out of use is used again."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    about = editing.concept_of_layer(kept, home, word)
    if about.scheme_id != kept.pk:
        raise Http404(word)
    return _done(
        request, kept, about, lambda: actions.approve_concept(actor=request.user, concept=about, seen=seen_of(request))
    )


@login_required
@require_POST
def take(request: HttpRequest, layer: str, home: str, word: str) -> HttpResponse:
    """Take away one thing that this layer says of the concept."""
    kept = editing.kept_scheme(actor=request.user, code=layer)
    about = editing.concept_of_layer(kept, home, word)
    what, ref = request.POST.get("what", ""), request.POST.get("ref", "")[:200]
    return _done(request, kept, about, lambda: _take(request, kept, about, what, ref))


def _take(request: HttpRequest, kept: Scheme, about: Concept, what: str, ref: str) -> None:
    who: dict[str, Any] = {"actor": request.user, "seen": seen_of(request)}
    mine = {"concept": about, "scheme": kept}
    if what == "label":
        for label in Label.objects.filter(pk=_uuid(ref), **mine).select_related("scheme", "concept"):
            actions.remove_label(label=label, **who)
    elif what == "note" and ref.isdecimal():
        for note in Note.objects.filter(pk=int(ref), **mine).select_related("scheme", "concept"):
            actions.remove_note(note=note, **who)
    elif what == "match" and ref.isdecimal():
        for match in Mapping.objects.filter(pk=int(ref), **mine).select_related("scheme", "concept"):
            actions.remove_mapping(mapping=match, **who)
    elif what == "group":
        for group in Group.objects.filter(scheme=kept, key=ref).select_related("scheme"):
            actions.take_out_of_group(group=group, concept=about, **who)
    elif what in (*RelationKind.values, NARROWER):
        _unrelate(kept, about, what, ref, who)


def _unrelate(kept: Scheme, about: Concept, kind: str, ref: str, who: dict[str, Any]) -> None:
    """``ref`` is the other concept's id; of something narrower the kind stands before it."""
    kind, pk = ref.split(":", 1) if kind == NARROWER and ":" in ref else (kind, ref)
    other = Concept.objects.filter(pk=_uuid(pk)).select_related("scheme").first()
    if other is None:
        return
    if ":" in ref:
        actions.remove_relation(layer=kept, concept=other, other=about, kind=kind, actor=who["actor"])
    else:
        actions.remove_relation(layer=kept, concept=about, other=other, kind=kind, **who)


def _uuid(ref: str) -> UUID:
    """An id; one that nothing has where it is none."""
    try:
        return UUID(ref)
    except ValueError:
        return UUID(int=0)


def _done(request: HttpRequest, kept: Scheme, about: Concept, action: Callable[[], Any]) -> HttpResponse:
    try:
        action()
    except EditRefused as refused:
        messages.error(request, str(refused))
    except EditedMeanwhile as stale:
        return _page(request, kept, stale.concept, changes=stale.since(seen_of(request)))
    else:
        messages.success(request, _("Written down."))
    return See(_address(kept, about))


def _address(kept: Scheme, about: Concept) -> str:
    return reverse("thesaurus-desk:concept", kwargs={"layer": kept.code, "home": about.scheme.code, "word": about.key})


def _head(kept: Scheme, about: Concept) -> dict[str, Any]:
    called = names([about.pk], lang()).get(about.pk, Name(about.key, "", ""))
    return {
        "layer": kept,
        "layer_title": title(kept.titles, lang()) or kept.code,
        "concept": about,
        "name": called,
    }


def _page(
    request: HttpRequest,
    kept: Scheme,
    about: Concept,
    opened: tuple[str, PartForm | None] = ("", None),
    changes: Any = (),
) -> HttpResponse:
    """The concept; the part that is open holds the form as it was typed."""
    own = about.scheme_id == kept.pk
    forms = {name: each.form(None, layer=kept, prefix=name) for name, each in PARTS.items() if own or not each.is_own}
    if "notation" in forms:
        forms["notation"].initial = {"notation": about.notation}
    part, form = opened
    if form is not None:
        forms[part] = form
    uses = usage.uses(actor=request.user, concept=about, lang=lang(), limit=_MOST_USES)
    context = {
        **_head(kept, about),
        "is_own": own,
        "opened": part,
        "forms": forms,
        "labels": editing.labels_of(about, kept),
        "relations": editing.relations_of(about, kept, lang()),
        "notes": editing.notes_of(about),
        "matches": editing.matches_of(about),
        "groups": editing.groups_of(about),
        "successors": editing.lines_of(editing.successors(about), lang()),
        "uses": uses,
        "counts": editing.kind_counts(usage.counts(actor=request.user, concepts=[about.pk])),
        "log": editing.latest_changes(about, lang()),
        "changes": editing.changes_of(changes, lang()),
    }
    status = 409 if changes else 422 if form is not None and form.errors else 200
    return render(request, f"{PAGE}concept.html", context, status=status)
