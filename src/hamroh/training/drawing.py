"""The cascade as a picture: a line a round, under the round its trainers come from; new people solid, those who came again pale."""

from collections.abc import Mapping
from io import StringIO
from xml.sax.saxutils import escape

from django.utils.safestring import SafeString, mark_safe

from hamroh.training.selectors import Cascade

ROW, STEP, WIDE, LEFT, MOST_DEPTH = 26, 14, 620, 8, 12
_NAME = 40


def drawn_cascade(found: Cascade, titles: Mapping[str, str]) -> SafeString:
    """An SVG of the tree, empty where there is nothing to be counted. The list beside it says the same in words."""
    if found.reach is None or not found.nodes:
        return SafeString("")
    return mark_safe(_svg(found, titles))  # noqa: S308 - every text in it is escaped below


def _svg(found: Cascade, titles: Mapping[str, str]) -> str:
    steps = found.steps
    most = max((step.heads for step in steps.values()), default=0) or 1
    room = WIDE - LEFT - STEP * MOST_DEPTH
    out, rows = StringIO(), {node.key: at for at, node in enumerate(found.nodes)}
    out.write(
        f'<svg class="chart bars" viewBox="0 0 {WIDE} {len(found.nodes) * ROW * 2 + 8}" aria-hidden="true" focusable="false">'
    )
    for at, node in enumerate(found.nodes):
        step, x, y = steps[node.key], LEFT + STEP * min(node.depth, MOST_DEPTH), at * ROW * 2
        if node.parent:
            out.write(
                f'<path class="ch-axis" fill="none" d="M{x - STEP + 4} {rows[node.parent] * ROW * 2 + 40}V{y + 32}h{STEP - 6}"/>'
            )
        out.write(f'<text x="{x}" y="{y + 20}">{escape(_short(titles[node.key]))}</text>')
        sure, maybe, whole = (part * room / most for part in (step.new.low, min(step.new.high, step.heads), step.heads))
        out.write(f'<rect class="ch-q0" x="{x}" y="{y + 26}" width="{whole:.1f}" height="12"/>')
        out.write(f'<rect class="ch-q1" x="{x}" y="{y + 26}" width="{maybe:.1f}" height="12"/>')
        out.write(f'<rect class="ch-q3" x="{x}" y="{y + 26}" width="{sure:.1f}" height="12"/>')
        out.write(f'<text class="soft" x="{x + whole + 6:.1f}" y="{y + 36}">{step.heads or "?"}</text>')
    out.write("</svg>")
    return out.getvalue()


def _short(title: str) -> str:
    return title if len(title) <= _NAME * 2 else f"{title[: _NAME * 2 - 1]}…"
