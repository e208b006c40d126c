"""``hamroh learn-names``: weights and probabilities of the name engine learned from searches, with a report."""

from pathlib import Path

import click


@click.command("learn-names")
@click.argument("pool", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("searches", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for weights.csv and calibration.csv."
)
@click.option("--unjudged", is_flag=True, help="Nobody judged the searches: their answers are guessed.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def learn_names(pool: Path, searches: Path, out: Path | None, unjudged: bool, as_json: bool) -> None:
    """Learn from SEARCHES in a POOL of people, each a file of JSON lines: records as the index takes them, and lines as
    {"query": record, "same": "id"}, where "same" is "" for nobody; with --unjudged the answers need not be there."""
    from hamroh.site import names_learning

    try:
        learn = names_learning.guessed_by if unjudged else names_learning.taught_by
        told = learn(pool, searches, out)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(told.json() if as_json else told.text())
    if out:
        click.echo(f"{out.name}: weights.csv and calibration.csv are written", err=True)
