"""Transcripts and parts on the desk; sets for lessons."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hamroh.accounts import policy
from hamroh.archive import actions
from hamroh.archive.actions import ArchiveRefused, EditedMeanwhile
from hamroh.archive.exchange import transcripts as files
from hamroh.archive.forms.telling import BringForm, CueRows, LineForm, SegmentForm, SetForm
from hamroh.archive.models import Segment, SetLine, Transcript, Unit
from hamroh.archive.selectors import desk
from hamroh.archive.states import UnitStates
from hamroh.archive.views.common import PAGE, ask, at, house, require_form, sent, typed
from hamroh.kernel.cues import Said, webvtt
from hamroh.vault import once

#: rows of the table of cues on one page
ROWS = 40


@login_required
@require_form
def bring(request: HttpRequest, code: str) -> HttpResponse:
    """Words in time from a file or pasted; a file of OHMS brings its index and its second language, too."""
    unit = desk.unit(actor=request.user, code=code, verb="archive.edit")
    start = {"lang": (unit.languages or ["tg"])[0], "is_original": not unit.transcripts.exists()}
    form = BringForm(typed(request), sent(request), initial=start)

    def act() -> str:
        told = form.cleaned_data
        content = told["file"].read() if told["file"] else told["text"].encode()
        found = files.read(content, max((each.duration for each in unit.media.all()), default=0))
        _write(request, unit, told, found)
        return at(unit, "words")

    return ask(request, form, act, title=_("Bring words in"), does=_("Take in"), unit=unit, files=True)


def _write(request: HttpRequest, unit: Unit, told: dict[str, Any], found: files.Brought) -> None:
    if not found.said and not found.parts:
        raise ArchiveRefused(_("There is nothing in it that is said at a time."))
    if found.said:
        actions.write_transcript(
            actor=request.user, unit=unit, lang=told["lang"], said=found.said, is_original=told["is_original"] or None
        )
    if found.other_said and found.other_lang not in ("", told["lang"]):
        actions.write_transcript(actor=request.user, unit=unit, lang=found.other_lang, said=found.other_said)
    if found.parts:
        actions.write_segments(actor=request.user, unit=unit, segments=files.segments_of(found, told["lang"]))


@login_required
@require_form
def words(request: HttpRequest, code: str, lang: str) -> HttpResponse:
    """The table of cues, some at a time; what stands on other pages stays as it is."""
    unit = desk.unit(actor=request.user, code=code, verb="archive.edit")
    transcript = Transcript.objects.filter(unit=unit, lang=lang).first()
    if transcript is None:
        raise Http404
    every = files.said_in(transcript)
    number = _page(request, len(every))
    here = every[number * ROWS : (number + 1) * ROWS]
    start = [{"start": each.start, "end": each.end, "speaker": each.speaker, "text": each.text} for each in here]
    rows = CueRows(typed(request), initial=start)
    trouble, seen = "", transcript.version
    if rows.is_bound and rows.is_valid():
        try:
            return redirect(
                once.write(request, lambda: _save(request, unit, transcript, _merged(every, number, rows), number))
            )
        except EditedMeanwhile as refused:
            trouble, seen = str(refused), transcript.version
        except ArchiveRefused as refused:
            trouble = str(refused)
    context = {
        "unit": unit, "transcript": transcript, "rows": rows, "number": number, "trouble": trouble, "seen": seen,
        "pages": range((len(every) - 1) // ROWS + 1), "meanwhile": here if trouble else [],
    }  # fmt: skip
    return render(
        request, f"{PAGE}words.html", context, status=422 if trouble or (rows.is_bound and not rows.is_valid()) else 200
    )


def _page(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("page", "0")
    return min(int(asked), max(0, (count - 1) // ROWS)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _merged(every: list[Said], number: int, rows: Any) -> list[Said]:
    told = [row.cleaned_data for row in rows if row.cleaned_data.get("text")]
    fresh = [Said(each["start"], each["end"], each["text"], each["speaker"]) for each in told]
    return [*every[: number * ROWS], *fresh, *every[(number + 1) * ROWS :]]


def _save(request: HttpRequest, unit: Unit, transcript: Transcript, said: list[Said], number: int) -> str:
    seen = request.POST.get("seen", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1
    actions.write_transcript(actor=request.user, unit=unit, lang=transcript.lang, said=said, seen=version)
    return f"{reverse('archive-desk:words', kwargs={'code': unit.code, 'lang': transcript.lang})}?page={number}"


@login_required
@require_safe
def words_file(request: HttpRequest, code: str, lang: str) -> HttpResponse:
    """The whole transcript as WebVTT, shut parts too: for those who edit."""
    unit = desk.unit(actor=request.user, code=code, verb="archive.edit")
    found = Transcript.objects.filter(unit=unit, lang=lang).prefetch_related("cues").first()
    if found is None:
        raise Http404
    return _file(
        webvtt.write(files.said_in(found), lang).encode(), "text/vtt; charset=utf-8", f"{unit.code}-{lang}.vtt"
    )


@login_required
@require_safe
def ohms_file(request: HttpRequest, code: str) -> HttpResponse:
    """Words and parts as a cache file of OHMS."""
    unit = desk.unit(actor=request.user, code=code, verb="archive.edit")
    return _file(files.as_ohms(unit), "application/xml", f"{unit.code}-ohms.xml")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@login_required
@require_form
def segment(request: HttpRequest, code: str, pk: Any = None) -> HttpResponse:
    """A part of the index: a new one, another text for one, or take one out."""
    unit = desk.unit(actor=request.user, code=code, verb="archive.edit")
    row = Segment.objects.filter(unit=unit, pk=pk).select_related("unit", "place").first() if pk else None
    if pk and row is None:
        raise Http404
    if row and request.POST.get("does") == "remove":
        actions.remove_segment(actor=request.user, segment=row)
        return redirect(at(unit, "parts"))
    form = SegmentForm(typed(request), segment=row)

    def act() -> str:
        actions.write_segment(actor=request.user, unit=unit, segment=row, facts=form.cleaned_data)
        return at(unit, "parts")

    return ask(request, form, act, "segment.html", unit=unit, segment=row)


# -- sets for lessons ----------------------------------------------------------------------------------------------


@login_required
@require_form
def sets(request: HttpRequest) -> HttpResponse:
    """Sets for lessons, and a new one."""
    policy.require(request.user, "archive.edit")
    form = SetForm(typed(request))

    def act() -> str:
        return _set_at(actions.add_set(actor=request.user, organisation=house(request), **form.cleaned_data))

    return ask(request, form, act, "sets.html", sets=desk.sets(actor=request.user))


@login_required
@require_form
def one_set(request: HttpRequest, code: str) -> HttpResponse:
    """A set: its lines in order, and another one."""
    found = desk.one_set(actor=request.user, code=code)
    does = request.POST.get("does", "")
    if does and does != "add":
        return _change(request, found, does)
    form = LineForm(typed(request))

    def act() -> str:
        told = dict(form.cleaned_data)
        item = desk.units(actor=request.user).filter(code=told.pop("unit").strip(), level="item").first()
        if item is None:
            raise ArchiveRefused(_("No item that you may use has this code."))
        actions.add_line(actor=request.user, teaching_set=found, unit=item, **told)
        return _set_at(found)

    moves = [(name, UnitStates.states[name].label) for name in UnitStates.moves(found.state) if name != "erased"]
    lines = found.lines.select_related("unit")
    return ask(request, form, act, "set.html", set=found, lines=lines, moves=moves)


def _change(request: HttpRequest, found: Any, does: str) -> HttpResponse:
    """One press: a line goes up, down or out; or the set is released or closed."""
    try:
        if does == "state":
            actions.move_set(actor=request.user, teaching_set=found, state=request.POST.get("to", ""))
        else:
            line = SetLine.objects.filter(teaching_set=found, pk=_uuid(request.POST.get("line", ""))).first()
            by = {"up": -1, "down": 1, "out": 0}.get(does)
            if line is None or by is None:
                raise Http404
            actions.order_lines(actor=request.user, teaching_set=found, line=line, by=by)
    except ArchiveRefused as refused:
        messages.warning(request, str(refused))
    return redirect(_set_at(found))


def _uuid(text: str) -> Any:
    import uuid

    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _set_at(row: Any) -> str:
    return reverse("archive-desk:set", kwargs={"code": row.code})
