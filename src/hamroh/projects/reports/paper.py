"""A report in one language as page, PDF and Word lay it out: sections of words, tables and pictures. Everything comes from its content."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from hamroh.projects.reports import money, progress, told
from hamroh.projects.reports.parts import Block, Cell, Part, note, table
from hamroh.projects.reports.told import Content
from hamroh.web.texts import pick

#: the words of a story while its narrator allows them; none where she does not
Stories = Callable[[Sequence[str]], Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Paper:
    """One report in one language. ``state`` is empty where it is approved; ``changes`` stand in an annex."""

    lang: str
    house: str
    title: str
    project: str
    period: str
    state: str
    imprint: tuple[tuple[str, str], ...]
    sections: tuple[Part, ...]
    changes: Part | None
    digest: str
    words: Mapping[str, str]


def paper(content: Content, lang: str, *, stories: Stories, digest: str = "", signed: Sequence[str] = ()) -> Paper:
    """The report in a language; ``digest`` and who ``signed`` it are known once it is approved."""
    with override(lang):
        return Paper(
            lang=lang, house=told.text(content["house"]["names"], lang), title=told.text(content["report"]["titles"], lang),
            project=told.text(content["project"]["titles"], lang), period=told.period(content["period"], lang),
            state="" if digest else _("Draft: figures may still change"), imprint=tuple(_imprint(content, lang, signed)),
            sections=tuple(_sections(content, lang, stories)), changes=_changes(content, lang), digest=digest, words=_words(),
        )  # fmt: skip


def _words() -> dict[str, str]:
    return {"page": pgettext("paper", "Page"), "digest": pgettext("report", "Fingerprint of this report (SHA-256)")}


def _imprint(content: Content, lang: str, signed: Sequence[str]) -> Iterator[tuple[str, str]]:
    project, report = content["project"], content["report"]
    yield (
        pgettext("report", "Project"),
        " · ".join(filter(None, (told.text(project["titles"], lang), project["reference"]))),
    )
    yield pgettext("report", "Period of the report"), told.period(content["period"], lang)
    yield from told.parties(project["parties"], lang)
    if project["places"]:
        yield pgettext("report", "Places"), ", ".join(told.text(each["names"], lang) for each in project["places"])
    yield pgettext("report", "Version"), f"{report['code']}, {report['version']}"
    if signed:
        yield pgettext("report", "Approved by"), ", ".join(signed)


def _sections(content: Content, lang: str, stories: Stories) -> Iterator[Part]:
    """Sections that say something; one without words and figures is left out."""
    for section in content["sections"]:
        blocks = [*_own(section["words"], lang), *_drawn(section["draws"], content, lang, stories)]
        if blocks:
            yield Part(section["code"], told.text(section["titles"], lang), tuple(blocks))


def _own(words: Mapping[str, str], lang: str) -> Iterator[Block]:
    found = pick({key: text for key, text in words.items() if text.strip()}, lang)
    if found.text:
        lines = tuple(line.strip() for line in found.text.splitlines() if line.strip())
        yield Block("words", lines=lines, lang=found.lang if found.lang != lang else "")


def _drawn(draws: Sequence[str], content: Content, lang: str, stories: Stories) -> Iterator[Block]:
    for name in draws:
        if name == "stories":
            yield from _stories(stories(content["stories"]), lang)
        else:
            yield from _DRAWN[name](content, lang)


def _stories(found: Mapping[str, Mapping[str, str]], lang: str) -> Iterator[Block]:
    for texts in found.values():
        said = pick(texts, lang)
        lines = tuple(line.strip() for line in said.text.splitlines() if line.strip())
        yield Block("quote", lines=lines, lang=said.lang if said.lang != lang else "")
    if found:
        yield note(
            _(
                "Told with the consent of the narrator, so that nobody knows her. If she takes it back, her words leave this report."
            )
        )


def _activities(content: Content, lang: str) -> Iterator[Block]:
    head = (_("Who?"), _("What?"), _("Where?"), pgettext("activity", "When?"), _("For whom?"))
    rows = [
        (
            Cell(told.text(row["who"], lang)), Cell(told.text(row["what"], lang), soft=told.state(row["state"])),
            Cell(", ".join(filter(None, (told.text(row["where"], lang), row["spot"])))),
            Cell(told.days(row["starts"], row["ends"], lang)), Cell(told.reach(row["reach"], content["figures"], lang)),
        )
        for row in content["activities"]
    ]  # fmt: skip
    if rows:
        yield table(_("Who did what, where, when and for whom"), head, rows)


def _map(content: Content, lang: str) -> Iterator[Block]:
    yield from told.pictures(content, lang, "map")


def _trainings(content: Content, lang: str) -> Iterator[Block]:
    head = (_("Course"), _("Where?"), pgettext("activity", "When?"), _("People who took part"))
    rows = [
        (
            Cell(told.text(row["course"], lang)), Cell(told.text(row["where"], lang)), Cell(told.days(row["starts"], row["ends"], lang)),
            told.cell(content["figures"].get(row["figure"]), lang),
        )
        for row in content["trainings"]
    ]  # fmt: skip
    if rows:
        yield table(_("Trainings that were held"), head, rows, right=(3,))
        if any(content["figures"].get(row["figure"], {}).get("withheld") for row in content["trainings"]):
            yield note(told.withheld_why())


def _campaigns(content: Content, lang: str) -> Iterator[Block]:
    head = (_("Campaign"), pgettext("activity", "When?"), _("What was given out"), _("How many it reached"))
    rows = [
        (
            Cell(told.text(row["titles"], lang)), Cell(told.days(row["starts"], row["ends"], lang)),
            Cell("; ".join(told.material(each, lang) for each in row["materials"])),
            Cell("; ".join(told.reached(each, content["figures"], lang) for each in row["reach"])),
        )
        for row in content["campaigns"]
    ]  # fmt: skip
    if rows:
        yield table(_("Campaigns"), head, rows)
        yield note(_("Numbers of one campaign in different channels are never added up: they count the same people."))


def _statistics(content: Content, lang: str) -> Iterator[Block]:
    for row in content["statistics"]:
        head = ("", *(told.text(each, lang) for each in row["columns"]))
        rows = [
            (Cell(told.text(line["labels"], lang)), *(told.cell(content["figures"].get(key), lang) for key in line["figures"]))
            for line in row["rows"]
        ]  # fmt: skip
        yield table(told.text(row["titles"], lang), head, rows, right=tuple(range(1, len(head))))
    if content["statistics"]:
        yield note(
            _(
                "Only figures that were released are shown. Small ones are withheld, and so is what would give them away."
            )
        )


def _risks(content: Content, lang: str) -> Iterator[Block]:
    head = (_("Risk"), _("How likely"), _("How grave"), _("What is done about it"))
    rows = [
        (Cell(told.text(row["titles"], lang)), Cell(told.grade(row["likely"])), Cell(told.grade(row["grave"])), Cell(told.text(row["answers"], lang)))
        for row in content["risks"]
    ]  # fmt: skip
    if rows:
        yield table(pgettext("report", "Risks"), head, rows)


def _lessons(content: Content, lang: str) -> Iterator[Block]:
    lines = tuple(
        ": ".join(filter(None, (told.text(row["titles"], lang), told.text(row["texts"], lang))))
        for row in content["lessons"]
    )
    if lines:
        yield Block("list", lines=lines)


_DRAWN: dict[str, Callable[[Content, str], Iterator[Block]]] = {
    "progress": progress.blocks, "activities": _activities, "map": _map, "trainings": _trainings, "campaigns": _campaigns,
    "statistics": _statistics, "money": money.blocks, "risks": _risks, "lessons": _lessons,
}  # fmt: skip
#: what a template may draw
DRAWS = frozenset({*_DRAWN, "stories"})


# -- the annex -------------------------------------------------------------------------------------------------------


def _changes(content: Content, lang: str) -> Part | None:
    """What this report says otherwise than the last one, figure by figure."""
    before = content["before"]
    if before is None:
        return None
    last = _("The last report: %(code)s, version %(version)s, %(period)s. Its fingerprint: %(digest)s") % {
        "code": before["code"], "version": before["version"], "period": told.period(before["period"], lang), "digest": before["digest"],
    }  # fmt: skip
    head = (_("Figure"), _("Last report"), _("This report"), _("Why"))
    rows = [
        (Cell(told.text(each["labels"], lang)), Cell(told.number(each["before"], lang)), Cell(told.number(each["after"], lang)), Cell(told.why(each["why"])))
        for each in content["changes"]
    ]  # fmt: skip
    found = (
        table(_("Figures that are others than in the last report"), head, rows, right=(1, 2))
        if rows
        else note(_("No figure has changed."))
    )
    return Part("changes", _("What changed since the last report"), (note(last), found))
