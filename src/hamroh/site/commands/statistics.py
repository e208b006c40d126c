"""``hamroh import figures``."""

import json
import sys
from pathlib import Path
from typing import Any, Self

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

SHAPES = ("auto", "sdmx", "wdi", "unhcr", "undesa", "hdi", "tidy", "crosstab")
_STEPS = {"open": "opening", "read": "reading", "held": "comparing", "checked": "checking", "write": "writing"}
_SHOWN = 20

#: commands speak English
_LANGUAGE = "en"


@click.command("figures")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--shape",
    type=click.Choice(SHAPES),
    default="auto",
    show_default=True,
    help="Whose table it is; auto reads the heading.",
)
@click.option("--source", "key", default="", help="Key of the source; that of the producer where its table is known.")
@click.option("--title", default="", help="Title of the source, where it is new.")
@click.option("--vintage", "label", required=True, help="Name of the release, such as “2020 revision”.")
@click.option("--released", default="", help="When it was released: 2024, 2024-05 or 2024-05-16.")
@click.option(
    "--set",
    "settled",
    multiple=True,
    metavar="NAME=VALUE",
    help="What holds for all figures, such as indicator=UNDP.HDI or multiplier=6.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=ROLE",
    help="What a column is, such as origin_m49=destination; value for figures, nothing to leave it out.",
)
@click.option(
    "--encoding", default="", help="Encoding of a text file that is neither UTF-8 nor UTF-16, such as cp1251."
)
@click.option("--sheet", default="", help="Sheet of a workbook; the longest where none is named.")
@click.option("--by", "username", required=True, help="The analyst in whose name the figures come in.")
@click.option("--despite", default="", help="Why the file comes in although a rule finds it wrong.")
@click.option("--dry-run", is_flag=True, help="Say what would become of the file and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
@at_home
def import_statistics(file: Path, *, as_json: bool, **options: Any) -> None:
    """Bring in figures from CSV, XLSX or SDMX-CSV, plain or packed, as a new release of their source."""
    from hamroh.directory.exchange.tables import FileRefused
    from hamroh.evidence.actions import RecordingRefused

    try:
        told = _brought(file, **options)
    except (FileRefused, RecordingRefused) as refused:
        raise click.ClickException(str(refused)) from None
    _report(told, as_json=as_json)


def _brought(file: Path, *, key: str, username: str, dry_run: bool, **options: Any) -> dict[str, Any]:
    from hamroh.evidence.exchange import bringing
    from hamroh.evidence.models import Source

    analyst, organisation = _analyst(username)
    content = _content(file)
    layout = _layout(bringing, file.name, content, options, analyst)
    key = key or bringing.usual_source(layout)
    if not key:
        raise click.UsageError("say with --source which source it is from: the heading does not tell")
    with _Bar() as bar:
        looked = bringing.look(
            name=file.name, content=content, source=Source.objects.filter(key=key).first(), layout=layout, encoding=options["encoding"],
            sheet=options["sheet"], progress=bar.tell,
        )  # fmt: skip
        batch = None if dry_run else _taken(bringing, bar, analyst, organisation, looked, key=key, **options)
    return _told(looked, key, batch)


def _taken(
    bringing: Any, bar: "_Bar", analyst: Any, organisation: Any, looked: Any, *, key: str, **options: Any
) -> Any:
    facts = {**bringing.facts_of_source(key), **({"title": options["title"]} if options["title"] else {})}
    release = bringing.Release(key=key, label=options["label"], digest="", released=options["released"], facts=facts)
    bar.begin("write", len(looked.plan.figures))
    return bringing.take_in(
        actor=analyst,
        organisation=organisation,
        looked=looked,
        release=release,
        despite=options["despite"],
        progress=bar.bar.update,
    )


def _layout(bringing: Any, name: str, content: bytes, options: dict[str, Any], analyst: Any) -> Any:
    """The layout of the file with what the options say otherwise."""
    from hamroh.evidence.selectors import held

    shape = "" if options["shape"] == "auto" else options["shape"]
    grid = bringing.table_of(name, content, encoding=options["encoding"], sheet=options["sheet"])
    layout, _kept = bringing.layout_for(grid, held.mappings(actor=analyst), shape)
    roles = layout.said()
    for heading, role in _pairs(options["columns"]).items():
        if heading not in layout.header:
            raise click.UsageError(f"the file has no column {heading}; it has: {', '.join(layout.header)}")
        roles[layout.header.index(heading)] = role
    return layout.with_columns(roles, {**layout.settled, **_pairs(options["settled"])})


def _pairs(said: tuple[str, ...]) -> dict[str, str]:
    for each in said:
        if "=" not in each:
            raise click.UsageError(f"{each}: a name and a value with = between them")
    return dict(each.split("=", 1) for each in said)


def _analyst(username: str) -> tuple[Any, Any]:
    """The analyst with the organisation for which she works."""
    from hamroh.accounts import policy
    from hamroh.accounts.models import Organisation, User
    from hamroh.evidence.models import ImportBatch

    user = User.objects.filter(username=username).first()
    for each in Organisation.objects.filter(memberships__user=user).distinct() if user else ():
        if policy.allowed(user, "evidence.import", ImportBatch(organisation=each)):
            return user, each
    raise click.ClickException(f"{username} is no analyst here; hamroh user add makes one")


def _content(file: Path) -> bytes:
    from hamroh.evidence.exchange.opening import LARGEST

    if file.stat().st_size > LARGEST:
        raise click.ClickException(f"the file is larger than {LARGEST // 2**20} MB: split it")
    return file.read_bytes()


class _Bar:
    """One bar for all steps, on the error stream so that the outcome can be piped."""

    def __enter__(self) -> Self:
        self.bar, self.step = tqdm(desc="hamroh", unit="", file=sys.stderr, leave=False), ""
        return self

    def __exit__(self, *_exception: object) -> None:
        self.bar.close()

    def begin(self, step: str, total: int | None = None) -> None:
        self.step = step
        self.bar.reset(total)
        self.bar.set_description(f"hamroh: {_STEPS[step]}")

    def tell(self, step: str, count: int) -> None:
        if step != self.step:
            self.begin(step)
        self.bar.update(count)


def _told(looked: Any, key: str, batch: Any) -> dict[str, Any]:
    plan = looked.plan
    return {
        "source": key, "shape": looked.layout.shape, "written": batch is not None, "counts": plan.counts, "left_out": plan.reasons,
        "columns": dict(zip(looked.layout.header, looked.layout.said(), strict=False)), "settled": dict(looked.layout.settled),
        "findings": [{"rule": each.rule, "severity": str(each.severity), "said": each.said(lang=_LANGUAGE)} for each in plan.findings],
        "changed_much": [
            {"line": each.line, "indicator": each.indicator, "area": each.area, "dims": each.dims_key, "period": each.period,
             "before": _text(each.before), "after": _text(each.after)} for each in plan.large
        ],
        "lines_left_out": [{"line": each.line, "reason": each.code, "detail": each.detail} for each in plan.left_out[:1000]],
    }  # fmt: skip


def _text(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _report(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    counts = told["counts"]
    click.echo(
        f"{told['source']} ({told['shape']}): {', '.join(f'{at} = {role}' for at, role in told['columns'].items() if role)}"
    )
    for each in told["findings"]:
        click.echo(f"{each['severity']}: {each['rule']}: {each['said']}")
    for each in told["changed_much"][:_SHOWN]:
        click.echo(
            f"line {each['line']}: {each['area']} {each['dims']} {each['period']}: {each['before']} -> {each['after']}"
        )
    for code, count in told["left_out"].items():
        lines = [str(each["line"]) for each in told["lines_left_out"] if each["reason"] == code][:5]
        click.echo(f"left out, {code}: {count} (lines {', '.join(lines)}{' …' if count > len(lines) else ''})")
    click.echo(
        f"{counts['read']} rows, {counts['added']} figures: {counts['new']} new, {counts['same']} same, {counts['changed']} changed "
        f"({counts['changed_much']} by more than 5 %); {counts['gone']} are not in this file"
    )
    click.echo("written" if told["written"] else "nothing was written")
