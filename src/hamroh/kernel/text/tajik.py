"""Tajik stems."""

import re

_SUFFIX = re.compile(r"(ҳо|ро|и|и|е|он|гон|ам|ат|аш|амон|атон|ашон|тар|тарин|анд|ед|ем|ад)$")


def stems(word: str) -> tuple[str, ...]:
    """Stems of a Tajik word in small letters."""
    while len(word) > 4 and (match := _SUFFIX.search(word)) and match.start() >= 3:
        word = word[: match.start()]
    return (word,)
