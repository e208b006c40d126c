"""What came in: the list, one submission, its answers, and those of many in a table."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork import showing
from hamroh.fieldwork.models import Attachment, Carried, Form, FormVersion, ReviewLine, Submission
from hamroh.fieldwork.states import ReviewStates
from hamroh.vault import opening
from hamroh.vault.decisions import Decision
from hamroh.web.texts import pick

#: submissions whose answers one table or chart opens at most
MOST = 2_000
#: what may be asked of the list beside its columns
MARKS = ("clash", "missing", "shut")


@dataclass(frozen=True)
class Filters:
    """What of the list is asked for; each empty where it does not matter. Codes and days, and no word of an answer."""

    form: str = ""
    state: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    who: str = ""
    mark: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Filters":
        """From an address; what is no such thing is left out."""
        told = {each.name: str(query.get(each.name, ""))[:60] for each in fields(cls)}
        told["state"] = told["state"] if told["state"] in ReviewStates.states else ""
        told["mark"] = told["mark"] if told["mark"] in MARKS else ""
        told["who"] = told["who"] if _uuid(told["who"]) else ""
        return cls(
            **{name: value if name not in ("since", "until") or _day(value) else "" for name, value in told.items()}
        )

    @property
    def query(self) -> str:
        return urlencode({each.name: value for each in fields(self) if (value := getattr(self, each.name))})

    def narrow(self, rows: QuerySet[Submission]) -> QuerySet[Submission]:
        """The rows that are asked for."""
        plain = {
            "form__code": self.form,
            "state": self.state,
            "sent_by": self.who,
            "place__ancestry__ancestor__key": self.place,
        }
        rows = rows.filter(**{name: value for name, value in plain.items() if value})
        if since := _day(self.since):
            rows = rows.filter(Q(filled_date__gte=since) | Q(filled_date=None, received_at__date__gte=since))
        if until := _day(self.until):
            rows = rows.filter(Q(filled_date__lte=until) | Q(filled_date=None, received_at__date__lte=until))
        wanted = {"clash": {"clashes": True}, "missing": {"is_whole": False}, "shut": {"is_shut": True}}
        return rows.filter(**wanted.get(self.mark, {}))


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def submissions(
    *, actor: Any, organisation: Organisation, filters: Filters, verb: str = "submission.read"
) -> QuerySet[Submission]:
    """What the actor may read of what came in, the newest first. Nothing sealed is read for it."""
    rows = policy.visible(actor, verb, Submission.objects.filter(organisation=organisation))
    rows = filters.narrow(rows).select_related("form", "place", "sent_by")
    return rows.defer("xml", "answers").order_by("-received_at", "-pk")


def choices(*, actor: Any, organisation: Organisation, lang: str) -> dict[str, list[tuple[str, str]]]:
    """Forms, places and people that the list can be narrowed to: those of what the actor may read."""
    rows = policy.visible(actor, "submission.read", Submission.objects.filter(organisation=organisation))
    forms = Form.objects.filter(pk__in=rows.values("form")).order_by("form_id")
    places = AdminUnit.objects.filter(pk__in=rows.values("place"))
    people = User.objects.filter(pk__in=rows.values("sent_by"))
    return {
        "form": [(each.code, pick(each.titles, lang).text or each.form_id) for each in forms],
        "place": sorted(((each.key, name_of(each, lang)) for each in places), key=lambda each: each[1]),
        "who": sorted(((str(each.pk), str(each)) for each in people), key=lambda each: each[1]),
    }


def name_of(place: AdminUnit | None, lang: str) -> str:
    return "" if place is None else pick(place.names, lang).text or place.key


def submission_of(*, actor: Any, code: str, verb: str = "submission.read") -> tuple[Submission, Decision]:
    """The submission of a code with the decision that opens it; Refused otherwise."""
    rows = Submission.objects.filter(code=code)
    return policy.fetch(
        actor, verb, rows.select_related("form", "version", "organisation", "place", "sent_by", "device")
    )


def answers_of(*, row: Submission, decision: Decision, purpose: str = "page") -> Mapping[str, Any]:
    """The answers of one submission; empty where they do not open, or are sealed to a key that is not here."""
    found = opening.open_each(row, ("answers",), decision=decision, purpose=purpose)["answers"]
    return found if isinstance(found, Mapping) else {}


def history(*, row: Submission, decision: Decision) -> list[dict[str, Any]]:
    """What was said and mended, the newest first."""
    rows = ReviewLine.objects.filter(submission=row).select_related("made_by").order_by("-made_at", "-pk")
    return [
        {"row": each, **opening.open_each(each, ("words", "changes"), decision=decision, purpose="page")}
        for each in rows
    ]


def files(*, row: Submission) -> list[Attachment]:
    """Files that the answers name, those that never came among them."""
    return list(Attachment.objects.filter(submission=row).order_by("made_at", "pk"))


def beside(*, row: Submission) -> list[Submission]:
    """Submissions of the same name with other content, and those that mend this one or are mended by it."""
    same = Q(instance_id=row.instance_id) | Q(deprecates=row.instance_id)
    if row.deprecates:
        same |= Q(instance_id=row.deprecates)
    rows = Submission.objects.filter(same, form_id=row.form_id).exclude(pk=row.pk)
    return list(rows.select_related("sent_by", "version", "form").defer("xml", "answers").order_by("received_at", "pk"))


def carried(*, row: Submission) -> list[Carried]:
    """What became of it, as it stands."""
    return list(Carried.objects.filter(submission=row, undone_at=None).order_by("made_at"))


# -- the answers of many -------------------------------------------------------------------------------------------


def form_of(*, actor: Any, code: str) -> Form:
    """A form of which the actor may read everything that came in; Refused otherwise."""
    found: Form
    found, _decision = policy.fetch(
        actor, "submission.review", Form.objects.filter(code=code).select_related("organisation")
    )
    return found


def questions_of(form: Form) -> list[dict[str, Any]]:
    """The questions of all versions, those of the newest first and in its order, each path once."""
    found: dict[str, dict[str, Any]] = {}
    for asked in FormVersion.objects.filter(form=form).order_by("-made_at").values_list("questions", flat=True):
        for each in asked:
            found.setdefault(each["path"], each)
    return list(found.values())


@dataclass(frozen=True)
class Opened:
    """A submission with its answers opened."""

    row: Submission
    answers: Mapping[str, Any]


def opened(*, actor: Any, rows: Iterable[Submission], purpose: str = "table") -> list[Opened]:
    """Submissions with their answers, one line of the journal for each. One that is sealed to another key has none."""
    found = []
    for row in rows:
        decision = policy.require(actor, "submission.read", row)
        found.append(Opened(row, {} if row.is_shut else answers_of(row=row, decision=decision, purpose=purpose)))
    return found


def of_form(*, actor: Any, form: Form, filters: Filters) -> QuerySet[Submission]:
    """What came in of a form, with its answers to be opened, the newest first."""
    rows = policy.visible(actor, "submission.read", Submission.objects.filter(form=form))
    return filters.narrow(rows).select_related("form", "place", "sent_by").defer("xml").order_by("-received_at", "-pk")


@dataclass(frozen=True)
class Row:
    """A row of a table of answers: of which submission, and its cells in words."""

    row: Submission
    cells: Sequence[str]


def table(
    found: Sequence[Opened], asked: Sequence[showing.Column], lang: str, *, repeat: str, about_children: bool
) -> list[Row]:
    """Answers under the questions of a form, or of one of its repeats; words and names of children are held back."""
    lines = []
    for each in found:
        for answers in showing.rows_of(each.answers, repeat) if repeat else [each.answers]:
            cells = [cell(one, answers, lang, about_children=about_children) for one in asked]
            lines.append(Row(each.row, cells))
    return lines


def cell(column: showing.Column, answers: Mapping[str, Any], lang: str, *, about_children: bool) -> str:
    """One answer of a table."""
    if column.path not in answers:
        return ""
    held = showing.is_held(column, about_children=about_children, leaves=True)
    return showing.not_shown() if held else showing.said(column, answers[column.path], lang)
