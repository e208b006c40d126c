"""Reports in the words of one language, for a page and for paper: of a campaign from what was frozen, of a day from its counts."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hamroh.cases.printing import fonts
from hamroh.cases.sheets import breakable
from hamroh.fieldwork import pictures
from hamroh.fieldwork.models import FieldDay, Severity
from hamroh.fieldwork.selectors import days as of_days
from hamroh.fieldwork.selectors.campaigns import UNANSWERED
from hamroh.fieldwork.selectors.results import name_of
from hamroh.kernel.disclosure import Dimension, Shape, Table, protect
from hamroh.kernel.text import sort_key
from hamroh.web import dates
from hamroh.web.texts import pick

TEMPLATES = Path(__file__).parent / "typst"
#: what stands where a number is withheld
WITHHELD = "×"
Column = str | tuple[str, str]


@dataclass(frozen=True)
class Sheet:
    """A table of a report: ``columns`` are words, or words with ``num``."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Paper:
    """A report. ``pictures`` are pairs of a title and a drawing; ``foot`` says what it is and what it is not."""

    lang: str
    title: str
    lead: str
    facts: Sequence[tuple[str, str]]
    pictures: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]
    notes: Sequence[str]
    foot: str


def campaign_paper(content: Mapping[str, Any], lang: str, *, digest: str = "", number: int = 0) -> Paper:
    """The report of a campaign; without a digest it is a look at how it stands, which nobody froze."""
    with translation.override(lang):
        note = pick(content["remarks"], lang).text
        return Paper(
            lang=lang, title=pick(content["titles"], lang).text, lead=pick(content["questions"], lang).text,
            facts=_facts(content, lang), pictures=_pictures(content, lang, note), sheets=list(_sheets(content, lang)),
            notes=list(_notes(content, note)), foot=_foot(digest, number),
        )  # fmt: skip


def _facts(content: Mapping[str, Any], lang: str) -> list[tuple[str, str]]:
    def number(value: int | None) -> str:
        return WITHHELD if value is None else dates.number(value, lang)

    days = (dt.date.fromisoformat(content[name]) for name in ("from", "until"))
    went = len([each for each in content["areas"] if each["visited"]])
    follow = content["follow_ups"]
    return [
        (_("Organisation"), pick(content["house"], lang).text), (_("Time"), " – ".join(dates.day(day, lang) for day in days)),
        (_("Organisations that went"), number(len(content["parties"]))),
        (_("Areas"), _("%(done)s of %(planned)s") % {"done": number(went), "planned": number(len(content["areas"]))}),
        (_("Visits"), _("%(done)s of %(planned)s") % {"done": number(content["visits"]), "planned": number(content["planned"])}),
        (_("People who were talked with"), number(content["people"])),
        (_("Findings"), number(sum(content["findings"].values()))),
        (_("Done about them"), _("%(done)s of %(planned)s") % {"done": number(follow["done"]), "planned": number(sum(follow.values()))}),
    ]  # fmt: skip


def _pictures(content: Mapping[str, Any], lang: str, note: str) -> list[tuple[str, str]]:
    found = []
    if answers := content["answers"]:
        title = pick(answers["labels"], lang).text
        unit = "\n".join(each for each in (note, _("per cent of those who were asked")) if each)
        bars = [
            (_answer(labels, name, lang), share, WITHHELD if share is None else f"{dates.number(share, lang)} %")
            for name, labels, _count, share in answers["choices"]
        ]
        found.append((title, str(pictures.bars(title, bars, lang, note=unit.replace("\n", " · ")))))
    title = _("Where people went, and how often")
    spots = [
        pictures.Spot(pick(each["names"], lang).text, each["at"][0], each["at"][1], each["visited"], dates.number(each["visited"], lang))
        for each in content["areas"] if each["at"][0] is not None
    ]  # fmt: skip
    spots.sort(key=lambda each: sort_key(each.name, lang))
    found.append((title, str(pictures.scope_map(title, spots, lang, note=note))))
    return found


def _sheets(content: Mapping[str, Any], lang: str) -> Any:
    def number(value: int | None) -> str:
        return WITHHELD if value is None else dates.number(value, lang)

    if answers := content["answers"]:
        rows = [
            [
                _answer(labels, name, lang),
                number(count),
                WITHHELD if share is None else f"{dates.number(share, lang)} %",
            ]
            for name, labels, count, share in answers["choices"]
        ]
        yield Sheet(
            pick(answers["labels"], lang).text,
            [pgettext("figures", "Answer"), (_("How often"), "num"), (_("Share"), "num")],
            rows,
        )
    areas = sorted(content["areas"], key=lambda each: sort_key(pick(each["names"], lang).text, lang))
    rows = [
        [pick(each["names"], lang).text, number(each["planned"]), number(each["visited"]), number(each["to_ask"]), number(each["asked"])]
        for each in areas
    ]  # fmt: skip
    heads: list[Column] = [
        _("District"),
        *(
            (word, "num")
            for word in (_("Visits planned"), _("Visits made"), _("Talks planned"), _("People talked with"))
        ),
    ]
    yield Sheet(_("Areas, as planned and as done"), heads, rows)
    labels = dict(Severity.choices)
    rows = [[str(labels[code]), number(content["findings"].get(code, 0))] for code in reversed(Severity.values)]
    yield Sheet(_("What was found"), [_("How grave"), (_("Findings"), "num")], rows)
    yield Sheet(
        _("Organisations that went"), [_("Organisation")], [[pick(each, lang).text] for each in content["parties"]]
    )


def _notes(content: Mapping[str, Any], note: str) -> Any:
    if note:
        yield note
    if content["about_children"]:
        yield _(
            "About children no names, no words and no small numbers are told: × is withheld, and so is what would give it away."
        )
    if content["answers"] is None:
        yield _("The answers to its question were not let out, so they are not drawn.")
    yield _("Answers stand as they were let out through the register of figures.")


def _answer(labels: Mapping[str, str], name: str, lang: str) -> str:
    return _("Not answered") if name == UNANSWERED and not labels else pick(labels, lang).text or name


def _foot(digest: str, number: int) -> str:
    if not digest:
        return _("How it stands now. Nobody has frozen it.")
    return _("Report %(number)s, frozen. SHA-256 of its content: %(digest)s") % {"number": number, "digest": digest}


# -- a day ---------------------------------------------------------------------------------------------------------


def day_paper(day: FieldDay, lang: str) -> Paper:
    """The report of a day, for the organisation alone; small counts are withheld on paper all the same."""
    with translation.override(lang):
        lines, evening = of_days.tally(day=day), of_days.evening(day=day)
        shown = _guarded({(line.topic, code): count for line in lines for code, _label, count in line.counts})
        kinds = [str(label) for _code, label, _count in lines[0].counts]
        rows = [
            [line.label, *(_withheld(shown, line.topic, code, lang) for code, _label, _count in line.counts)]
            for line in lines if line.all
        ]  # fmt: skip
        place = name_of(day.place, lang)
        return Paper(
            lang=lang, title=_("A day of advice in %(place)s") % {"place": place}, lead="",
            facts=[
                (_("Day"), dates.day(day.on_date, lang)), (_("People who came"), _least(evening.came, lang)),
                (_("First talks that came in"), _least(evening.talks_in, lang)),
            ],
            pictures=[], sheets=[Sheet(_("Who came and what about"), [_("Asked about"), *((kind, "num") for kind in kinds)], rows)],
            notes=[_("× is withheld, so that nobody can be recognised."),
                   _("For the organisation alone. Numbers for others leave through the page of figures.")],
            foot=pgettext("day in a place", "Closed") if day.state == "closed" else _("The day is not closed yet."),
        )  # fmt: skip


def _guarded(counts: Mapping[tuple[str, ...], int]) -> Mapping[tuple[str, ...], int]:
    """What of a day's counts may stand on paper."""
    topics = list(dict.fromkeys(cell[0] for cell in counts))
    kinds = list(dict.fromkeys(cell[1] for cell in counts))
    found = protect(Table(Shape((Dimension.of("topic", topics), Dimension.of("who", kinds))), dict(counts)))
    return {} if found.refusal else found.published().shown


def _withheld(shown: Mapping[tuple[str, ...], int], topic: str, who: str, lang: str) -> str:
    count = shown.get((topic, who))
    return WITHHELD if count is None else dates.number(count, lang)


def _least(count: int, lang: str) -> str:
    return dates.number(count, lang) if count >= 5 else WITHHELD


# -- paper ---------------------------------------------------------------------------------------------------------


def pdf(paper: Paper) -> bytes:
    """The report as PDF; all words are data there, never markup."""
    import typst

    data = asdict(paper) | {
        "facts": [[term, breakable(value)] for term, value in paper.facts],
        "sheets": [
            {"title": each.title, "columns": [[column, ""] if isinstance(column, str) else list(column) for column in each.columns],
             "rows": [[breakable(cell) for cell in row] for row in each.rows]}
            for each in paper.sheets
        ],
    }  # fmt: skip
    found = typst.compile(
        TEMPLATES / "report.typ", root=TEMPLATES, font_paths=fonts(), format="pdf",
        sys_inputs={"report": json.dumps(data, ensure_ascii=False)},
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found
