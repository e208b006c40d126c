"""What differs between two editions: figure by figure at its place, and block by block. Plain data in, plain data out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hamroh.evidence.freezing import blocks_of
from hamroh.evidence.references import references

Manifest = Mapping[str, Any]
ADDED, REMOVED, CHANGED, MOVED, SAME = "added", "removed", "changed", "moved", "same"
_SAID = ("value", "low", "high", "qualifier", "missing", "period")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure at its place in a block; ``before`` and ``after`` are its codes, empty where it is not there. ``percent`` is by how much it moved."""

    block: str
    place: str
    kind: str
    before: str = ""
    after: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block whose words, figures or place differ."""

    key: str
    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Difference:
    figures: tuple[FigureChange, ...]
    blocks: tuple[BlockChange, ...]

    @property
    def moved_figures(self) -> list[FigureChange]:
        return [each for each in self.figures if each.kind != SAME]


def difference(before: Manifest, after: Manifest) -> Difference:
    """Every figure of either edition with what became of it, and the blocks that are not as they were."""
    return Difference(tuple(_figures(before, after)), tuple(_blocks(before, after)))


def _figures(before: Manifest, after: Manifest) -> Iterator[FigureChange]:
    old, new = places(before), places(after)
    for block, place in dict.fromkeys([*new, *old]):
        was, now = old.get((block, place), ""), new.get((block, place), "")
        facts = before["figures"].get(was), after["figures"].get(now)
        yield FigureChange(block, place, _kind(*facts), was, now, _percent(*facts))


def _kind(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> str:
    if was is None or now is None:
        return ADDED if was is None else REMOVED
    return SAME if all(was.get(name) == now.get(name) for name in _SAID) else CHANGED


def _percent(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> Decimal | None:
    """By how much a number moved; None where either is none, or the first is nothing."""
    if not was or not now or was.get("value") is None or now.get("value") is None:
        return None
    first, then = Decimal(was["value"]), Decimal(now["value"])
    return (100 * (then - first) / abs(first)).quantize(Decimal("0.1")) if first else None


def places(manifest: Manifest) -> dict[tuple[str, str], str]:
    """The code of every figure by its block and place: a cell by row and column, a figure in prose by what it counts where."""
    found = dict[tuple[str, str], str]()
    for key, block in blocks_of(manifest).items():
        for place, code in _within(block["kind"], block["content"], manifest):
            found[key, _free(found, key, place)] = code
    return {at: code for at, code in found.items() if code in manifest["figures"]}


def _within(kind: str, content: Mapping[str, Any], manifest: Manifest) -> Iterator[tuple[str, str]]:
    if kind == "table":
        columns = [str(each) for each in content.get("frame", {}).get("columns", ())]
        for row in content.get("rows", ()):
            for at, code in enumerate(row.get("cells", ())):
                if code:
                    yield f"{row.get('label', '')} · {columns[at] if at < len(columns) else at + 1}", code
    elif kind == "figure":
        yield "", content.get("obs", "")
    elif kind == "ranked":
        yield from ((str(item.get("area", "")), item["obs"]) for item in content.get("items", ()) if item.get("obs"))
    elif kind == "map":
        yield from content.get("values", {}).items()
    elif kind == "chart" and isinstance(content.get("obs"), list):
        yield from ((str(label), code) for label, code in content["obs"])
    else:
        codes = (code for text in content.get("texts", {}).values() for code in references(text))
        yield from ((_counted(manifest["figures"].get(code, {})), code) for code in dict.fromkeys(codes))


def _counted(figure: Mapping[str, Any]) -> str:
    dims = figure.get("dims", {})
    return " ".join(
        [str(figure.get("indicator", "")), str(figure.get("area", "")), *(dims[each] for each in sorted(dims))]
    )


def _free(found: Mapping[tuple[str, str], str], key: str, place: str) -> str:
    """The place, numbered where the block has it already."""
    at, name = 1, place
    while (key, name) in found:
        at += 1
        name = f"{place} ({at})".strip()
    return name


def _blocks(before: Manifest, after: Manifest) -> Iterator[BlockChange]:
    old, new = blocks_of(before), blocks_of(after)
    for key in dict.fromkeys([*new, *old]):
        if key not in old:
            yield BlockChange(key, ADDED, new[key]["kind"])
        elif key not in new:
            yield BlockChange(key, REMOVED, old[key]["kind"])
        elif old[key]["content"] != new[key]["content"]:
            yield BlockChange(key, CHANGED, new[key]["kind"])
        elif old[key]["section"] != new[key]["section"]:
            yield BlockChange(key, MOVED, new[key]["kind"])
