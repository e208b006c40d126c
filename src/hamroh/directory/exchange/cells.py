"""Cells of tables that people open in a spreadsheet: nothing in them may run as a formula."""

import re

#: signs with which a spreadsheet begins a formula
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
HARMLESS = re.compile(r"[+-][\d ().-]*")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could run it; telephone numbers stay as they are."""
    return f"'{text}" if text.startswith(RISKY) and not HARMLESS.fullmatch(text) else text


def bare_cell(text: str) -> str:
    """What ``safe_cell`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text
