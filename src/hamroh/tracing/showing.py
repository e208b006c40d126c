"""What is known of somebody, as rows of a page."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hamroh.cases.forms.dates import as_text
from hamroh.tracing.forms.requests import SEXES
from hamroh.vault import opening


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values without those that do not open."""
    return {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}


def facts_of(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Terms and values of a request or a record; what is not known has none."""
    known = plain(values)
    news, facts, consent = (known.get(key) or {} for key in ("news", "facts", "consent"))
    sex = known.get("sex") or facts.get("sex")
    rows = [
        *_names(known), (_("Born"), years(known.get("born"))), (_("Sex"), str(dict(SEXES).get(sex, "")) if sex else ""),
        (_("Home district or village"), known.get("home") or known.get("place")),
        (_("Telephone"), ", ".join(map(str, known.get("phones") or ())) or known.get("phone")),
        (_("The last news of him: what was it?"), news.get("what")), (_("When was that?"), _day(news.get("on"))),
        (_("From where did it come?"), news.get("place")), (_("Who brought it?"), news.get("source")),
        (_("What work did he do, and for whom?"), facts.get("work")),
        (_("Who went with him, or saw him there?"), facts.get("companions")),
        (_("Why is he looked for?"), facts.get("why")), (_("In the words of whoever asks"), facts.get("said")),
        (_("Who asks?"), facts.get("asker")), (_("Note"), known.get("note")), (_("How did he agree?"), consent.get("sign")),
    ]  # fmt: skip
    unshown = next((value for value in values.values() if isinstance(value, opening.Unshown)), None)
    found = [{"term": term, "value": value} for term, value in rows if value]
    return [*found, *([{"term": _("Not all of it opens"), "value": unshown}] if unshown else [])]


def _names(known: Mapping[str, Any]) -> list[tuple[str, Any]]:
    names = known.get("names") or ()
    special = {each["kind"]: each["value"] for each in names}
    spellings = [each["value"] for each in names if each["kind"] not in ("maiden", "father")]
    return [
        (_("Name"), known.get("name")), (_("Father’s name"), special.get("father")),
        (_("Surname before marriage"), special.get("maiden")), (_("Other names and spellings"), ", ".join(spellings)),
    ]  # fmt: skip


def years(born: Mapping[str, int] | None) -> str:
    if not born:
        return ""
    return str(born["first"]) if born["first"] == born["last"] else f"{born['first']}–{born['last']}"


def _day(known: Any) -> Any:
    from hamroh.web.templatetags.hamroh import day

    return day(as_text(known)) if known else ""


def side_by_side(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[tuple[Any, Any, Any]]:
    """Facts of two people by the same term, a dash where one is not known."""
    left, right = ({row["term"]: row["value"] for row in facts_of(each)} for each in (ours, theirs))
    return [(term, left.get(term, "–"), right.get(term, "–")) for term in dict.fromkeys((*left, *right))]
