"""What stands around the figures of a printed profile, as data: names in other languages, and blocks that are written anew."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hamroh.evidence.models import Block, BlockKind, Edition

Data = Mapping[str, Any]
LANGS = ("en", "az", "ru", "tg")
#: where blocks of a kind stand in their section: first what is told, then what is counted, then what to mind
PLACES = {
    BlockKind.NARRATIVE: 0, BlockKind.FIGURE: 1000, BlockKind.TABLE: 2000, BlockKind.RANKED: 2500, BlockKind.DIRECTORY: 2600,
    BlockKind.LAWS: 2700, BlockKind.CHART: 3000, BlockKind.MAP: 3500, BlockKind.CAVEAT: 4000, BlockKind.RECOMMENDATION: 5000,
}  # fmt: skip
#: what of a block's data is not its content
_AROUND = frozenset({"key", "section", "slot", "kind"})


def dressed(data: Data, texts: Data) -> dict[str, Any]:
    """A printed profile with ``texts`` beside its figures (``data/profile/azerbaijan-2008-texts.yml`` shows the form)."""
    words, tables, figures = (texts.get(name, {}) for name in ("words", "tables", "figures"))
    told = {name: texts[name] for name in ("titles", "languages", "apparatus", "as_of") if name in texts}
    return {
        **data, **told,
        "tables": {key: _table(table, tables.get(key, {}), words) for key, table in data.get("tables", {}).items()},
        "figures": [{**each, **_figure(figures.get(each["id"], {}))} for each in data.get("figures", ())],
        "claim_texts": texts.get("claims", {}),
    }  # fmt: skip


def _table(table: Data, said: Data, words: Data) -> dict[str, Any]:
    rows = [{**row, **_row(row, words)} for row in table["rows"]]
    columns = [_called(str(column), words) for column in table["columns"]]
    labels = [each or dict.fromkeys(LANGS, str(column)) for each, column in zip(columns, table["columns"], strict=True)]
    titles = {"en": table["title"], **table.get("titles", {}), **{lang: said[lang] for lang in LANGS if lang in said}}
    return {
        **table,
        "rows": rows,
        "titles": titles,
        "slot": said.get("slot", table.get("slot", "")),
        **({"column_labels": labels} if any(columns) and "column_labels" not in table else {}),
    }


def _row(row: Data, words: Data) -> dict[str, Any]:
    labels = _called(str(row.get("printed_label", row["label"])), words)
    return {"labels": labels} if labels else {}


def _called(label: str, words: Data) -> dict[str, str]:
    return {"en": label, **dict(zip(LANGS[1:], words[label], strict=True))} if label in words else {}


def _figure(said: Data) -> dict[str, Any]:
    return {
        name: said[given] for name, given in (("slot", "slot"), ("label", "label"), ("notes", "note")) if given in said
    }


def blocks(edition: Edition, said: Iterable[Data]) -> Iterator[Block]:
    """Blocks as they are told in a file (``data/profile/azerbaijan-2008-blocks.yml``), in its order within each kind."""
    for at, each in enumerate(said):
        kind = BlockKind(each["kind"])
        content = {name: value for name, value in each.items() if name not in _AROUND}
        yield Block(
            edition=edition, key=each["key"], section=str(each["section"]), slot=each.get("slot", ""), kind=kind,
            position=PLACES[kind] + at, content=_SHAPED.get(kind, dict)(content),
        )  # fmt: skip


def _ranked(content: Data) -> dict[str, Any]:
    items = [{"area": each} if isinstance(each, str) else {"label": dict(each)} for each in content["items"]]
    return {**content, "items": items}


def _laws(content: Data) -> dict[str, Any]:
    items = [_law(each) for each in content.get("items", ())]
    return {**content, "query": content.get("query", {}), "items": items}


def _law(said: Data) -> dict[str, Any]:
    title = {lang: said[lang] for lang in LANGS if lang in said}
    return {"title": title, **({"date": said["date"]} if "date" in said else {})}


def _chart(content: Data) -> dict[str, Any]:
    pairs = {"obs": [list(pair) for pair in content["obs"]]} if "obs" in content else {}
    return {**content, **pairs}


_SHAPED = {BlockKind.RANKED: _ranked, BlockKind.LAWS: _laws, BlockKind.CHART: _chart}
