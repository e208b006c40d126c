"""One block of an edition: added, written, moved, taken out; what it said before."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.evidence import actions, references
from hamroh.evidence.actions import EditedMeanwhile, EditRefused
from hamroh.evidence.contents import Unfit, cleaned, lacking
from hamroh.evidence.forms.blocks import BlockForm
from hamroh.evidence.forms.figures import LookForm
from hamroh.evidence.forms.kinds import FORMS
from hamroh.evidence.forms.profiles import AnswerForm, PlaceForm
from hamroh.evidence.histories import difference
from hamroh.evidence.lawlists import laws_of
from hamroh.evidence.models import Block, BlockKind, Edition
from hamroh.evidence.outline import Slot, outline, slots
from hamroh.evidence.presenting.lines import figure_line
from hamroh.evidence.presenting.manifest import manifest
from hamroh.evidence.presenting.naming import amount
from hamroh.evidence.presenting.presenter import present
from hamroh.evidence.presenting.reading import Reading
from hamroh.evidence.selectors import editing
from hamroh.evidence.selectors.answers import examined
from hamroh.evidence.selectors.completeness import as_of
from hamroh.evidence.selectors.data import codes_in
from hamroh.evidence.selectors.picking import figures_found, figures_named
from hamroh.evidence.views.common import PAGE, may_edit, suggestions, tabs, writing_in
from hamroh.vault import once
from hamroh.web.texts import LANGUAGES, pick

#: a choice of the next figure goes here, else to the end of the text
_GAP = "{{}}"


@login_required
@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """What is added: a block of which kind."""
    edition = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.edit")
    slot, section = place_of(request, edition)
    if slot is not None and slot.kind in BlockKind.values:
        return redirect(_new_address(edition, slot.kind, section, slot.key))
    kinds = [(kind.label, _new_address(edition, kind.value, section, "")) for kind in BlockKind]
    return render(request, f"{PAGE}choose.html", {"edition": edition, "kinds": kinds, "section": section})


def _new_address(edition: Edition, kind: str, section: str, slot: str) -> str:
    address = reverse("evidence-desk:new-block", kwargs={"code": edition.code, "kind": kind})
    return f"{address}?{urlencode({'section': section, 'slot': slot})}"


def place_of(request: HttpRequest, edition: Edition) -> tuple[Slot | None, str]:
    """The slot and section that the address names; a section that the template does not know is as it is named."""
    parts = outline(edition.template.sections)
    slot = next((each for each in slots(parts) if each.key == request.GET.get("slot")), None)
    section = slot.section if slot else request.GET.get("section", "")[:12]
    return slot, section or (parts[0].code if parts else "1")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_block(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A block that is not there yet."""
    edition = editing.edition_on_desk(actor=request.user, code=code, verb="evidence.edit")
    slot, section = place_of(request, edition)
    if kind not in BlockKind.values or kind == BlockKind.TABLE:
        return redirect(f"{reverse('evidence-desk:paste', kwargs={'code': code})}?{request.GET.urlencode()}")
    form = _form(request, kind, {}, edition, 0)
    draft = Block(edition=edition, kind=kind, section=section, slot=slot.key if slot else "", content={})

    def act() -> str:
        made = actions.add_block(
            actor=request.user, edition=edition, kind=kind, section=section, slot=draft.slot, content=form.content()
        )
        return _address(made, form.lang)

    return _answered(request, draft, form, act, slot=slot)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One block, to be read and, by who may, written."""
    verb = "evidence.edit" if request.method == "POST" else "evidence.see_draft"
    found = editing.block_on_desk(actor=request.user, code=code, key=key, verb=verb)
    form = _form(request, found.kind, found.content, found.edition, found.version)

    def act() -> str:
        seen = form.cleaned_data["seen"]
        saved = actions.edit_block(
            actor=request.user, block=found, content=form.content(), seen=found.version if seen is None else seen
        )
        return _address(saved, form.lang)

    return _answered(request, found, form, act)


def _form(request: HttpRequest, kind: str, old: dict[str, Any], edition: Edition, seen: int) -> BlockForm:
    """The form as it is stored; as it was sent, to be saved; or as it was sent, to be shown again with what was asked for."""
    facts: dict[str, Any] = {"old": old, "lang": writing_in(request, edition), "edition": edition, "seen": seen}
    if request.method != "POST":
        return FORMS[kind](**facts)
    does = request.POST.get("do", "save")
    bound = FORMS[kind](request.POST, **facts)
    return bound if does == "save" else FORMS[kind](**facts, typed=_asked(bound, does, edition))


def _asked(bound: BlockForm, does: str, edition: Edition) -> dict[str, Any]:
    """Every field as it was typed, with a figure put where it was asked for, or laws fetched."""
    said = {name: bound[name].value() for name in bound.fields}
    what, _colon, code = does.partition(":")
    if what == "choose" and bound.picks_into:
        said[bound.picks_into] = code if bound.picks_into == "obs" else put_figure(said[bound.picks_into] or "", code)
    if what == "fetch":
        laws = laws_of(said.get("country") or "", _day(said.get("as_of")) or as_of(edition))
        lines = [" | ".join((law["date"], pick(law["title"], bound.lang).text, "")) for law in laws]
        said["items"] = "\n".join(lines) or said["items"]
    return said


def put_figure(text: str, code: str) -> str:
    """The text with a figure at the first gap, else at its end."""
    reference = f"{{{{obs:{code}}}}}"
    return text.replace(_GAP, reference, 1) if _GAP in text else f"{text.rstrip()} {reference}".lstrip()


def _answered(
    request: HttpRequest, found: Block, form: BlockForm, act: Callable[[], str], slot: Slot | None = None
) -> HttpResponse:
    """Saved, or the page again: with what is wrong, with what somebody else saved meanwhile, or with figures to choose from."""
    said: dict[str, Any] = {"slot": slot}
    if form.is_bound and form.is_valid():
        try:
            address = once.write(request, act)
        except EditedMeanwhile as meanwhile:
            form, said = _beside(request, found, form, meanwhile.block)
        except EditRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(address)
    status = 422 if form.errors or said.get("meanwhile") else 200
    return render(request, f"{PAGE}block.html", _context(request, found, form) | said, status=status)


def _beside(request: HttpRequest, found: Block, form: BlockForm, now: Block) -> tuple[BlockForm, dict[str, Any]]:
    """The form again with every word as it was typed, and beside it what somebody saved meanwhile; saved again, it stands over that."""
    mine = form.content()
    again = FORMS[found.kind](
        old=now.content, lang=form.lang, edition=found.edition, seen=now.version,
        typed={name: form[name].value() for name in form.fields if name != "seen"},
    )  # fmt: skip
    try:
        mine = cleaned(found.kind, mine)
    except Unfit as unfit:
        messages.error(request, str(unfit))
    return again, {"meanwhile": now, "apart": difference(now.content, mine)}


def _context(request: HttpRequest, found: Block, form: BlockForm) -> dict[str, Any]:
    edition, may = found.edition, may_edit(request, found.edition)
    slot, _section_code = place_of(request, edition)
    first = "".join(sorted(slot.concepts)[:1]) if slot else ""
    look = LookForm(
        request.POST if request.POST.get("do") else None,
        initial={"look_area": edition.profile.area, "look_concept": first},
    )
    stands = bool(found.pk) and not found._state.adding  # noqa: SLF001 - Django's documented face of a row
    languages = edition.languages or LANGUAGES
    content = found.content
    return {
        "piece": found, "edition": edition, "form": form, "may_edit": may, "may_read_back": policy.allowed(request.user, "evidence.edit", edition), "stands": stands, "section": _section(edition, found.section),
        "tabs": tabs(edition, form.lang, lacking(found.kind, content, languages)), "look": look, "lang_in": form.lang,
        "figures": _to_choose(request, look) if may else [], "looked": request.POST.get("do") == "find",
        "numbers": _typed_numbers(form), "prose": _prose(form), "shown": _shown(found, form.lang) if stands else None,
        "findings": examined(edition).of_block().get(found.key, []) if stands else [], "answer": AnswerForm(),
        "place": PlaceForm(places=places(edition, found.section), initial={"place": f"{found.section}/{found.slot}"}),
        "corrects": _corrects(found) if may and stands else [], **(suggestions("concepts") if may else {}),
    }  # fmt: skip


def _corrects(found: Block) -> list[tuple[str, str]]:
    """Figures that the block shows, each with how it is known."""
    codes = list(dict.fromkeys(codes_in(found.content)))
    named = figures_named(codes)
    return [
        (code, f"{named[code].printed or named[code].value or '-'} · {named[code].period} · {code}")
        for code in codes
        if code in named
    ]


def _section(edition: Edition, code: str) -> dict[str, Any]:
    part = next((each for each in outline(edition.template.sections) if each.code == code), None)
    return {"code": code, "number": part.number if part else code, "titles": part.titles if part else {}}


def places(edition: Edition, here: str) -> list[tuple[str, str]]:
    """Sections and slots of the template, as ``2.1/`` and ``2.1/idps``, and the section where something stands already."""
    lang, parts = get_language() or "en", outline(edition.template.sections)
    found = [] if any(part.code == here for part in parts) else [(f"{here}/", here)]
    for part in parts:
        found.append((f"{part.code}/", f"{part.number} {pick(part.titles, lang)}".strip()))
        found += [
            (f"{part.code}/{slot.key}", f"{part.number or pick(part.titles, lang)} {pick(slot.titles, lang)}")
            for slot in part.slots
        ]
    return found


def _to_choose(request: HttpRequest, look: LookForm) -> list[Any]:
    if not look.is_bound:
        return []
    lang = get_language() or "en"
    return [figure_line(each, lang) for each in figures_found(actor=request.user, look=look.look())]


def _text(form: BlockForm) -> str:
    return str(form["text"].value() or "") if "text" in form.fields else ""


def _typed_numbers(form: BlockForm) -> list[str]:
    """Numbers that stand in the text by themselves, without saying whose they are."""
    return references.typed_numbers(_text(form))


def _prose(form: BlockForm) -> list[str]:
    """The text as it will read: figures in their places."""
    text = _text(form)
    named = figures_named(references.references(text))
    said = references.replaced(text, {code: amount(figure, form.lang) for code, figure in named.items()})
    return [each for each in said.replace("\r\n", "\n").split("\n\n") if each.strip()]


def _shown(found: Block, lang: str) -> dict[str, Any] | None:
    """The block as readers will see it."""
    page = present(manifest(found.edition), lang)
    made = next((each for part in page.sections for each in part.blocks if each.key == found.key), None)
    return {"page": page, "block": made, "reading": Reading(page)} if made else None


def _day(said: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(said)) if said else None
    except ValueError:
        return None


@login_required
@require_POST
def move(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One up, one down, or into another section and slot."""
    found = editing.block_on_desk(actor=request.user, code=code, key=key, verb="evidence.edit")
    form = PlaceForm(request.POST, places=places(found.edition, found.section))
    try:
        if request.POST.get("to") in ("up", "down"):
            actions.move_block(actor=request.user, block=found, up=request.POST["to"] == "up")
        elif form.is_valid():
            section, _slash, slot = form.cleaned_data["place"].partition("/")
            actions.place_block(actor=request.user, block=found, section=section, slot=slot)
        messages.success(request, _("Moved."))
    except EditRefused as refused:
        messages.error(request, str(refused))
    return redirect(f"{_address(found)}#place")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Ask once more, then take the block out."""
    found = editing.block_on_desk(actor=request.user, code=code, key=key, verb="evidence.edit")
    edition = reverse("evidence-desk:edition", kwargs={"code": code})
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            actions.remove_block(actor=request.user, block=found, seen=int(seen) if seen.isdecimal() else -1)
        except EditedMeanwhile as meanwhile:
            found = meanwhile.block
            messages.error(request, _("Somebody saved this block meanwhile. Look at it once more."))
        except EditRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Taken out."))
            return redirect(edition)
    context = {"piece": found, "edition": found.edition, "shown": _shown(found, writing_in(request, found.edition))}
    return render(request, f"{PAGE}remove.html", context)


@login_required
@require_safe
def history(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """What a block said before, the newest first, with what each edit changed; not for those to whom the draft is lent."""
    found = editing.block_on_desk(actor=request.user, code=code, key=key, verb="evidence.edit")
    lines = list(found.versions.select_related("saved_by").order_by("-version"))
    later = [found.content, *(each.content for each in lines)]
    rows = [(each, difference(each.content, after)) for each, after in zip(lines, later, strict=False)]
    context = {"piece": found, "edition": found.edition, "rows": rows, "may_edit": may_edit(request, found.edition)}
    return render(request, f"{PAGE}history.html", context)


@login_required
@require_POST
def restore(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Make a block say again what it said."""
    found = editing.block_on_desk(actor=request.user, code=code, key=key, verb="evidence.edit")
    version, seen = request.POST.get("version", ""), request.POST.get("seen", "")
    try:
        actions.restore_block(
            actor=request.user, block=found, version=int(version) if version.isdecimal() else 0, seen=int(seen) if seen.isdecimal() else -1
        )  # fmt: skip
        messages.success(request, _("Restored. What stood there is kept, too."))
    except EditedMeanwhile:
        messages.error(request, _("Somebody saved this block meanwhile. Look at it once more."))
    except EditRefused as refused:
        messages.error(request, str(refused))
    return redirect("evidence-desk:history", code=code, key=key)


def _address(found: Block, lang: str = "") -> str:
    address = reverse("evidence-desk:block", kwargs={"code": found.edition.code, "key": found.key})
    return f"{address}?in={lang}" if lang else address
