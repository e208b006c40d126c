"""Azerbaijani stems."""
import re

_SUFFIX = re.compile(r"(l[aə]r|d[aə]n|d[aə]|[ıiuü]n|n[ıiuü]|[ıiuü]m[ıiuü]z|[ıiuü]n[ıiuü]z|s[ıiuü]|m[aə][qk]|[ıiuüaə])$")


def stems(word: str) -> tuple[str, ...]:
    """Stems of an Azerbaijani word in small letters."""
    while len(word) > 4 and (match := _SUFFIX.search(word)) and match.start() >= 3:
        word = word[: match.start()]
    return (word,)
