"""A QR code as a drawing of our own, for a page or a letter."""

import io

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString


def drawn(text: str, label: str) -> SafeString:
    """No style and one path, so that the page's rules stand; ``label`` says what it is for."""
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    code.make(fit=True)
    rows, path = code.get_matrix(), io.StringIO()
    for y, row in enumerate(rows):
        path.writelines(f"M{x} {y}h1v1h-1z" for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}"><path class="qr-paper" d="M0 0h{0}v{0}H0z"/>'
        '<path class="qr-ink" d="{2}"/></svg>',
        len(rows), label, path.getvalue(),
    )  # fmt: skip


def runs(text: str) -> list[list[tuple[int, int]]]:
    """The same for a paper: of each row where dark squares begin and how many there are."""
    code = qrcode.QRCode(border=0)
    code.add_data(text)
    code.make(fit=True)
    return [_runs(row) for row in code.get_matrix()]


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
