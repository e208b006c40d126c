"""One record of a meeting joined to what is here: taken where there was nothing, matched by meaning otherwise, never added up."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts.policy import Decision
from hamroh.groups.actions.frame import NotNow
from hamroh.groups.actions.meetings import BAGS, put_attendance
from hamroh.groups.actions.savings import put
from hamroh.groups.models import Meeting, Member, Parcel
from hamroh.groups.parcels import Told
from hamroh.groups.selectors import books
from hamroh.kernel.savings import Book, Difference, Kind, Line, Refused, compare
from hamroh.kernel.savings.matching import About, kind_of, meaning

OURS, THEIRS, BOTH = "ours", "theirs", "both"
Said = dict[About, list[str]]
_WITH = "; "


def worded(decision: Any) -> str:
    """A decision in one line: what two records are compared by, and what is shown."""
    votes = [str(decision.get(name, "")) for name in ("for", "against", "abstained")]
    counted = f" ({'/'.join(votes)})" if any(votes) else ""
    return f"{decision['words']}{counted}" + (
        f" → № {decision['member']}" if decision.get("member") is not None else ""
    )


def theirs_of(told: Told) -> dict[str, Said]:
    """What a telephone says, part by part."""
    return {
        "lines": meaning(told.lines),
        "attendance": {("attendance", number): [how] for number, how in told.attendance.items()},
        "decisions": _texts("decision", [worded(each) for each in told.decisions]),
        "agenda": _texts("agenda", told.agenda),
        "cash": {("cash", None): [str(told.cash[bag]) for bag in BAGS]} if told.cash else {},
    }


def _texts(name: str, texts: Iterable[str]) -> Said:
    found = sorted(texts)
    return {(name, None): found} if found else {}


def ours_of(meeting: Meeting, decision: Decision) -> dict[str, Said]:
    """What is here of a meeting, part by part."""
    minutes = books.document(meeting, "minutes", decision) or {}
    attendance = books.document(meeting, "attendance", decision) or {}
    cash = books.document(meeting, "cash", decision)
    standing = books.book_of(meeting, decision).standing() if meeting.cycle else []
    return {
        "lines": meaning(standing),
        "attendance": {("attendance", int(number)): [how] for number, how in attendance.items()},
        "decisions": _texts("decision", [worded(each) for each in minutes.get("decisions", [])]),
        "agenda": _texts("agenda", minutes.get("agenda", [])),
        "cash": {("cash", None): [str(cash[bag]["counted"]) for bag in BAGS]} if cash else {},
    }


def join(actor: Any, meeting: Meeting, told: Told, decision: Decision) -> int:
    """Take each part that nothing is known of yet into an open meeting; how many things differ after that."""
    ours = ours_of(meeting, decision)
    if meeting.state == "open":
        if not ours["lines"]:
            put_lines(actor, meeting, told.lines, decision)
        if not ours["attendance"]:
            _put_attendance(meeting, told, {})
        _put_minutes(meeting, told, decision, decisions=not ours["decisions"], agenda=not ours["agenda"])
        meeting.save()
    return len(_differences(meeting, told, decision, {}))


def put_lines(actor: Any, meeting: Meeting, lines: Iterable[Line], decision: Decision) -> None:
    """Those lines that can stand, in one entry; the others stay what differs."""
    if meeting.cycle is None or meeting.cycle.state != "open":
        return
    numbers = set(Member.objects.filter(group=meeting.group).values_list("number", flat=True))
    trial, found = books.book_of(meeting, decision), []
    for at, line in enumerate(lines):
        if line.member is None or line.member in numbers:
            found += [line] if _stands(trial, line, meeting.number, at) else []
    if found:
        put(actor, meeting, books.book_of(meeting, decision), found)


def _stands(trial: Book, line: Line, meeting: int, at: int) -> bool:
    try:
        trial.enter(replace(line, id=f"trial {at}", meeting=meeting))
    except Refused:
        return False
    return True


def _put_attendance(meeting: Meeting, told: Told, kept: dict[int, str]) -> None:
    """Members who are known here; whoever is not stays what differs."""
    numbers = set(Member.objects.filter(group=meeting.group).values_list("number", flat=True))
    wanted = kept | {number: how for number, how in told.attendance.items() if number in numbers}
    if wanted:
        put_attendance(meeting, wanted)


def _put_minutes(meeting: Meeting, told: Told, may: Decision, *, decisions: bool, agenda: bool) -> None:
    kept = dict(books.document(meeting, "minutes", may) or {"agenda": [], "decisions": []})
    if decisions and told.decisions:
        kept["decisions"] = [*kept["decisions"], *told.decisions]
    if agenda and told.agenda:
        kept["agenda"] = [*kept["agenda"], *told.agenda]
    if any(kept.values()):
        meeting.minutes = kept
        meeting.save()


def differences(parcel: Parcel, told: Told, decision: Decision) -> list[Difference]:
    """What is still to be settled between a parcel and its meeting."""
    assert parcel.meeting is not None
    settled = books.document(parcel, "settled", decision) or {}
    return _differences(parcel.meeting, told, decision, settled)


def _differences(meeting: Meeting, told: Told, decision: Decision, settled: dict[str, str]) -> list[Difference]:
    ours, theirs = ours_of(meeting, decision), theirs_of(told)
    if meeting.state == "open":
        theirs["cash"] = ours["cash"] = {}  # it is counted when the meeting is closed
    found = [each for part in ours for each in compare(ours[part], theirs[part])]
    return [each for each in found if each.key not in settled]


def put_choice(actor: Any, meeting: Meeting, told: Told, about: Difference, *, choice: str, decision: Decision) -> None:
    """Do what was chosen. NotNow where it would change a meeting that is closed."""
    if choice == OURS:
        return
    if choice not in (THEIRS, BOTH):
        raise NotNow(_("Choose one of the records for each line."))
    if meeting.state != "open":
        raise NotNow(
            _(
                "This meeting is closed: open it again first, or keep what is here and write the rest into the next meeting."
            )
        )
    if about.kind == "attendance":
        kept = books.document(meeting, "attendance", decision) or {}
        _put_attendance(meeting, told, {int(number): how for number, how in kept.items()})
        meeting.save()
    elif about.kind in ("decision", "agenda"):
        _choose_texts(meeting, told, about.kind, choice, decision)
    elif about.kind != "cash":
        _choose_lines(actor, meeting, told, about, choice=choice, decision=decision)


def _choose_texts(meeting: Meeting, told: Told, kind: str, choice: str, decision: Decision) -> None:
    name, theirs = ("decisions", list(told.decisions)) if kind == "decision" else ("agenda", list(told.agenda))
    kept = dict(books.document(meeting, "minutes", decision) or {"agenda": [], "decisions": []})
    ours = kept[name] if choice == BOTH else []
    kept[name] = [*ours, *[each for each in theirs if each not in ours]]
    meeting.minutes = kept
    meeting.save()


def _choose_lines(
    actor: Any, meeting: Meeting, told: Told, about: Difference, *, choice: str, decision: Decision
) -> None:
    """Undo ours where theirs is taken, then write theirs; all or none."""
    book = books.book_of(meeting, decision)
    mine = [line for line in book.standing() if (kind_of(line), line.member) == (about.kind, about.member)]
    undone = [Line("", Kind.CORRECTION, 0, of=line.id) for line in reversed(mine)] if choice == THEIRS else []
    theirs = [line for line in told.lines if (kind_of(line), line.member) == (about.kind, about.member)]
    put(actor, meeting, book, [*undone, *theirs])


def close(meeting: Meeting, told: Told, decision: Decision) -> None:
    """Close a meeting that was closed on the telephone, with what was counted there; a difference is named, and stands."""
    if not told.closed or meeting.state != "open" or meeting.came is None:
        return
    if meeting.cycle is not None:
        if not told.cash:
            return
        book = books.book_of(meeting, decision)
        counted = {bag: {"counted": told.cash[bag], "book": book.of(bag)} for bag in BAGS}
        meeting.cash, meeting.book = {**counted, "why": told.cash["why"]}, book.told()
    meeting.state, meeting.closed_at = "closed", timezone.now()
    meeting.save()
