"""Figures that are recorded from the editor: one, another in its place, a table out of a sheet."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hamroh.accounts import policy
from hamroh.evidence.actions import placing
from hamroh.evidence.actions.editing import EditedMeanwhile
from hamroh.evidence.actions.recording import RecordingRefused
from hamroh.evidence.areas import area_name
from hamroh.evidence.forms.figures import ROLES, PasteForm, RecordForm
from hamroh.evidence.models import Block, Edition, Observation
from hamroh.evidence.selectors import editing
from hamroh.evidence.selectors.data import codes_in
from hamroh.evidence.selectors.picking import figures_named, indicator_named
from hamroh.evidence.views.blocks import place_of
from hamroh.evidence.views.common import PAGE, suggestions, typed, writing_in, written
from hamroh.web.texts import pick


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, code: str) -> HttpResponse:
    """A new figure with the block that shows it."""
    edition = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.edit")
    slot, section = place_of(request, edition)
    lang = writing_in(request, edition)
    first = "".join(sorted(slot.concepts)[:1]) if slot else ""
    form = RecordForm(
        typed(request),
        lang=lang,
        initial={
            "area": area_name(edition.profile.area, get_language() or "en"),
            "indicator": _called(first) if first else "",
        },
    )

    def act() -> str:
        told = form.cleaned_data
        made = placing.record_figure(
            actor=request.user, edition=edition, section=section, slot=slot.key if slot else "", label={},
            indicator=told["indicator"], cited=form.cited(), facts=form.facts(),
        )  # fmt: skip
        return _address(made)

    return _asked(request, form, act, edition, title=_("Record a figure"), choose=_choose(edition, section, slot))


def _choose(edition: Edition, section: str, slot: Any) -> str:
    """Where a figure that is recorded already is looked for instead."""
    address = reverse("evidence-desk:new-block", kwargs={"code": edition.code, "kind": "figure"})
    return f"{address}?section={section}&slot={slot.key if slot else ''}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, code: str, key: str, figure: str) -> HttpResponse:
    """A figure that corrects another in a block; the old one stays recorded."""
    block = editing.block_on_desk(actor=request.user, code=code, key=key, verb="evidence.edit")
    old = figures_named([figure]).get(figure) if figure in set(codes_in(block.content)) else None
    if old is None:
        raise policy.Refused("no such figure in this block")
    form = RecordForm(typed(request), lang=writing_in(request, block.edition), initial=_as_typed(old))

    def act() -> str:
        told = form.cleaned_data
        try:
            saved = placing.replace_figure(
                actor=request.user, block=block, old=old, indicator=told["indicator"], cited=form.cited(), facts=form.facts(),
                seen=block.version,
            )  # fmt: skip
        except EditedMeanwhile as meanwhile:
            raise RecordingRefused(_("Somebody saved this block meanwhile. Look at it once more.")) from meanwhile
        return _address(saved)

    return _asked(request, form, act, block.edition, title=_("Correct a figure"), old=old, piece=block)


def _called(code: str) -> str:
    """How the reader's language calls an indicator, where that name leads back to it; else its code."""
    found = indicator_named(code)
    name = str(pick(found.names, get_language() or "en")) if found else ""
    led = indicator_named(name) if name else None
    return name if found and led and led.pk == found.pk else code


def _as_typed(old: Observation) -> dict[str, Any]:
    plain = {
        name: getattr(old, name)
        for name in ("period", "printed", "value", "low", "high", "qualifier", "missing", "flags", "locator")
    }
    series = old.series
    return {
        **plain, "indicator": _called(series.indicator.code), "area": area_name(series.area, get_language() or "en"), "source": old.source.key if old.source else "",
        "definition": old.detail.get("definition", ""), **{name: series.dims.get(name, "") for name in ("origin", "destination", "sex")},
    }  # fmt: skip


def _asked(request: HttpRequest, form: RecordForm, act: Any, edition: Edition, **said: Any) -> HttpResponse:
    if form.is_bound and form.is_valid() and (address := written(request, form, act)):
        return redirect(address)
    context = {"form": form, "edition": edition, **suggestions("indicators", "sources"), **said}
    return render(request, f"{PAGE}record.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, code: str) -> HttpResponse:
    """A table out of a sheet: pasted, shown as it was read, then recorded."""
    edition = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.edit")
    slot, section = place_of(request, edition)
    lang = writing_in(request, edition)
    counts = sorted(slot.concepts)[:1] if slot else []
    form = PasteForm(typed(request), initial={"area": edition.profile.area, "concepts": "".join(counts)})

    def act() -> str:
        made = placing.record_table(
            actor=request.user, edition=edition, section=section, slot=slot.key if slot else "", sheet=form.as_sheet(lang), cited=form.cited()
        )  # fmt: skip
        return _address(made)

    fits = form.is_bound and form.is_valid()
    if fits and request.POST.get("do") == "record" and (address := written(request, form, act)):
        return redirect(address)
    read = form.pasted if form.is_bound else None
    context = {
        "form": form, "edition": edition, "pasted": read, "rows": form.roles() if read else [], "roles": ROLES, "fits": fits and not form.errors,
        **suggestions("concepts", "sources"),
    }  # fmt: skip
    return render(request, f"{PAGE}paste.html", context, status=422 if form.errors else 200)


def _address(found: Block) -> str:
    return reverse("evidence-desk:block", kwargs={"code": found.edition.code, "key": found.key})
