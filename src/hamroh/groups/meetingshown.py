"""What pages of meetings show, worked out for a template: who came, lines with their words, balances, a share-out line by line."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.accounts.policy import Decision
from hamroh.groups import wording
from hamroh.groups.models import Attended, Cycle, Meeting
from hamroh.groups.selectors import books
from hamroh.kernel.savings import Book, Kind, Line, Terms


def totals(book: Book | None, cycle: Cycle | None) -> list[tuple[str, str]]:
    """What the group holds."""
    if book is None or cycle is None:
        return []
    rows = (
        (_("Savings"), book.total("saved")), (_("Loans outstanding"), book.total("loan")), (_("Gain"), book.of("gain")),
        *((str(word), book.of(name)) for name, word in (("box", wording.FUNDS["savings"]), ("social", wording.FUNDS["social"]))),
    )  # fmt: skip
    return [(word, wording.amount(value, cycle.currency)) for word, value in rows]


def bags(book: Book | None, cycle: Cycle | None) -> list[tuple[str, str]]:
    """What should lie in each bag."""
    return totals(book, cycle)[3:]


def terms(cycle: Cycle | None) -> list[tuple[str, str]]:
    """What the group agreed."""
    if cycle is None:
        return []
    agreed = Terms(**cycle.terms)
    return [
        (_("One share"), wording.amount(agreed.share_value, cycle.currency)),
        (_("Shares in a meeting, at most"), str(agreed.most_shares)),
        (
            _("Loan, at most"),
            _("%(times)s times her savings") % {"times": wording.plain(Fraction(agreed.loan_multiple, 10))},
        ),
        (_("Charge on a loan a month"), f"{wording.plain(Fraction(agreed.charge_permille, 10))} %"),
        (_("Into the social fund in a meeting"), wording.amount(agreed.fund_paid, cycle.currency)),
    ]


def meeting(row: Meeting, decision: Decision) -> dict[str, Any]:
    """All that is written in a meeting."""
    names = books.called(row.group, decision)
    attendance = books.document(row, "attendance", decision) or {}
    minutes = books.document(row, "minutes", decision) or {}
    how = dict(Attended.choices)
    shown: dict[str, Any] = {
        "attendance": [(names.get(int(number), number), how[said]) for number, said in attendance.items()],
        "agenda": minutes.get("agenda", []), "decisions": [decided(each, names) for each in minutes.get("decisions", [])],
        "why": books.document(row, "why", decision), "lines": [], "totals": [], "cash": [],
    }  # fmt: skip
    if row.cycle is not None:
        entries = books.lines_of(books.entries_of(row), decision)
        book = books.book_of(row, decision)
        shown |= {
            "lines": lines(entries, names, row.cycle.currency), "totals": totals(book, row.cycle),
            "cash": cash(books.document(row, "cash", decision), row.cycle.currency), "begins": not entries,
        }  # fmt: skip
    return shown


def decided(told: dict[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """A decision with its votes in words, and who took it on."""
    words = (
        ("for", pgettext("vote", "For")),
        ("against", pgettext("vote", "Against")),
        ("abstained", pgettext("vote", "Abstained")),
    )
    votes = [f"{word} {told[name]}" for name, word in words if name in told]
    return {"words": told["words"], "votes": ", ".join(votes), "taken": names.get(told.get("member", 0), "")}


def lines(entered: Sequence[Line], names: dict[int, str], currency: str) -> list[dict[str, Any]]:
    """Lines of the ledger; one that was undone says so, and what undoes it stands beside it."""
    by_id = {line.id: line for line in entered}
    undone = {line.of for line in entered if line.of}
    return [
        {
            "id": line.id, "kind": wording.kind(by_id.get(line.of, line)), "undoes": bool(line.of), "is_undone": line.id in undone,
            "member": names.get((by_id.get(line.of, line)).member or 0, ""), "due": line.due,
            "amount": wording.amount(-by_id[line.of].amount if line.of in by_id else line.amount, currency),
        }
        for line in entered
    ]  # fmt: skip


def cash(told: Any, currency: str) -> list[dict[str, Any]]:
    """What was counted in each bag against the book."""
    if not told:
        return []
    return [
        {
            "bag": wording.FUNDS[fund], "counted": wording.amount(told[bag]["counted"], currency),
            "book": wording.amount(told[bag]["book"], currency), "why": told["why"],
            "differs": wording.amount(told[bag]["counted"] - told[bag]["book"], currency) if told[bag]["counted"] != told[bag]["book"] else "",
        }
        for bag, fund in (("box", "savings"), ("social", "social"))
    ]  # fmt: skip


def out(told: dict[str, Any], names: dict[int, str], currency: str) -> dict[str, Any]:
    """A share-out with its working."""
    money = ("saved", "worth", "debt", "paid", "still_owes", "social")
    rows = [
        {"member": names.get(each["member"], f"№ {each['member']}"), **{name: wording.amount(each[name], currency) for name in money}}
        for each in told["lines"]
    ]  # fmt: skip
    numerator, denominator = told["rate"]
    sums = {name: wording.amount(sum(each[name] for each in told["lines"]), currency) for name in money}
    return {
        "rows": rows, "sums": sums, "rate": wording.plain(Fraction(numerator, denominator), 4), "box": wording.amount(told["box"], currency),
        "kept": wording.amount(told["kept"], currency) if told["kept"] else "",
        "kept_social": wording.amount(told["kept_social"], currency) if told["kept_social"] else "",
    }  # fmt: skip


def passbook(found: list[tuple[Meeting, list[Line]]], currency: str) -> list[dict[str, Any]]:
    """A member's own lines: saved, lent and paid back, with her balances after each meeting."""
    saved = owed = 0
    rows = []
    for row, entered in found:
        sums = {kind: sum(line.amount for line in entered if line.kind is kind) for kind in Kind}
        saved += sums[Kind.SHARE] + sums[Kind.OPENING] - sums[Kind.WITHDRAWAL]
        owed += sums[Kind.LOAN] + sums[Kind.CHARGE] - sums[Kind.REPAYMENT]
        shown = {name: wording.amount(value) if value else "" for name, value in (
            ("shares", sums[Kind.SHARE] + sums[Kind.OPENING] - sums[Kind.WITHDRAWAL]), ("fund", sums[Kind.FUND]), ("lent", sums[Kind.LOAN] + sums[Kind.CHARGE]),
            ("repaid", sums[Kind.REPAYMENT]), ("fine", sums[Kind.FINE]),
        )}  # fmt: skip
        rows.append({"meeting": row, **shown, "saved": wording.amount(saved), "owed": wording.amount(owed)})
    del currency
    return rows
