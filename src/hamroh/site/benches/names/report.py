"""What a run of the bench says, as a table and a picture for the docs: ``python -m hamroh.site.benches.names.report RUN.json FOLDER``.

RUN.json is what ``hamroh bench names --json`` printed.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

_METHODS = {
    "": "Hamroh",
    "no_lexicon": "Hamroh without the lexicon",
    "pg_trgm": "pg_trgm",
    "token_sort": "Unidecode + token_sort",
    "jaro_winkler": "Unidecode + Jaro-Winkler",
    "splink": "Splink on DuckDB",
    "logic_v2": "nomenklatura logic-v2",
}
_ASKED = {"name": "by the name alone", "facts": "with birth year and place"}
_ROW, _LEFT, _WIDE, _TOP = 26, 190, 420, 34
_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#1d2129}.all{fill:#c9d3ea}.own{fill:#8fa5d6}.first{fill:#1f3a8a}"
    "@media(prefers-color-scheme:dark){text{fill:#e8e6e1}.all{fill:#39456b}.own{fill:#4c62a3}.first{fill:#a9bcf5}}"
)
Values = Mapping[str, dict[str, Any]]


def main() -> None:
    """Write ``names-SET-SIZE.svg`` for each set and size, and print the tables."""
    run, folder = Path(sys.argv[1]), Path(sys.argv[2])
    figures = {figure["id"]: figure for figure in json.loads(run.read_text(encoding="utf-8"))["figures"]}
    for name, size in sorted({(key.split(".")[1], key.split(".")[4]) for key in figures if ".r10.all." in key}):
        (folder / f"names-{name}-{size}.svg").write_text(picture(figures, name, size), encoding="utf-8")
        print(table(figures, name, size))


def table(figures: Values, name: str, size: str) -> str:
    """Recall of each part of a set, as Markdown."""
    parts = [
        key.split(".")[3] for key in figures if key.startswith(f"names.{name}.queries.") and f".{size}.name" in key
    ]
    head = [f"| {name}, {size} | queries | R@1 / R@10 / MRR by name | with facts |", "|---|---|---|---|"]
    return "\n".join([*head, *(_line(figures, name, size, part) for part in parts), ""])


def picture(figures: Values, name: str, size: str) -> str:
    """Bars of R@10 with R@1 in them, a method a row, as SVG."""
    panels = [(words, list(_rows(figures, name, size, asked))) for asked, words in _ASKED.items()]
    high = sum(_TOP + _ROW * len(rows) for _words, rows in panels) + 8
    drawn, top = [], 0
    for words, rows in panels:
        drawn.append(f'<text x="0" y="{top + 20}" font-weight="600">{words}: R@1 (dark) and R@10</text>')
        drawn += [_bar(top + _TOP + _ROW * at, *row) for at, row in enumerate(rows)]
        top += _TOP + _ROW * len(rows)
    said = escape(f"Share of sought people found first and among ten, set {name}, {size} records")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_LEFT + _WIDE + 90} {high}">'
        f"<title>{said}</title><style>{_STYLE}</style>{''.join(drawn)}</svg>\n"
    )


def _line(figures: Values, name: str, size: str, part: str) -> str:
    count = figures[f"names.{name}.queries.{part}.{size}.name"]["value"]
    cells = [
        " / ".join(
            f"{figures[f'names.{name}.{measure}.{part}.{size}.{asked}']['value']:.3f}"
            for measure in ("r1", "r10", "mrr")
        )
        for asked in _ASKED
    ]
    return f"| {part} | {count} | {' | '.join(cells)} |"


def _rows(figures: Values, name: str, size: str, asked: str) -> Iterator[tuple[str, float, float]]:
    """Method, R@1, R@10: Hamroh's over the whole set, peers' over their sample of it."""
    for method, words in _METHODS.items():
        own = f".{method}" if method else ""
        ids = {measure: f"names.{name}.{measure}.all.{size}.{asked}{own}" for measure in ("r1", "r10")}
        if ids["r10"] in figures:
            yield words, figures[ids["r1"]]["value"], figures[ids["r10"]]["value"]
        beside = {measure: f"names.beside.{name}.{measure}.{size}.{asked}.{method}" for measure in ("r1", "r10")}
        if beside["r10"] in figures:
            yield words, _theirs(figures[beside["r1"]]), _theirs(figures[beside["r10"]])


def _theirs(figure: Mapping[str, Any]) -> float:
    return float(figure["value"] if figure["peer_value"] is None else figure["peer_value"])


def _bar(top: int, words: str, first: float, ten: float) -> str:
    kind = "own" if words.startswith("Hamroh") else "all"
    return (
        f'<text x="0" y="{top + 15}">{escape(words)}</text>'
        f'<rect class="{kind}" x="{_LEFT}" y="{top + 2}" width="{ten * _WIDE:.0f}" height="18"/>'
        f'<rect class="first" x="{_LEFT}" y="{top + 7}" width="{first * _WIDE:.0f}" height="8"/>'
        f'<text x="{_LEFT + _WIDE + 8}" y="{top + 15}">{first:.2f} / {ten:.2f}</text>'
    )


if __name__ == "__main__":
    main()
