"""Azerbaijani stems: a lexicon of roots, a grammar of the endings that follow them, and rules for words it lacks.

Endings are matched in a neutral spelling in which vowel harmony, softened q and k, and letters typed as ASCII make no
difference: A stands for a, ə, e; I for ı, i, u, ü; q for q, x; G for ğ, g. Harmony is checked where the root is unknown.
A verb's stem ends in a hyphen: `yaz-` (to write) is not `yaz` (spring).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from hamroh.kernel.text.folding import fold_letters
from hamroh.kernel.text.lexicon import read_pairs, read_words
from hamroh.kernel.text.transliteration import azerbaijani_to_latin

_NEUTRAL = str.maketrans("aəeıiuüqxğgşç", "AAAIIIIqqGGsc")
_BACK, _FRONT = frozenset("aıou"), frozenset("eəiöü")
_VOWELS = _BACK | _FRONT
_FULL_ENDINGS = {"lig": "liğ", "lug": "luğ", "mis": "miş", "mus": "muş", "dig": "diğ", "dug": "duğ", "cag": "cağ"}
_ASCII_ENDINGS = re.compile("|".join(_FULL_ENDINGS))
_AFTER_VOWEL = {
    last: dict.fromkeys("ae", "a" if last in _BACK else "ə") | dict.fromkeys("iu", close)
    for close, lasts in {"ı": "aı", "u": "ou", "ü": "öü", "i": "eəi"}.items()
    for last in lasts
}
_LONG = re.compile("[aeəıioöuü].*[aeəıioöuü]")  # two syllables
_SOFTENING = ("A", "I")
_NEUTRAL_VOWELS = frozenset("AIoö")

# After a consonant, after a vowel, after "his, her, its".
_CASE_C = "(?:In?|A|[dt]An?|lA|nAn)"
_CASE_V = "(?:nIn?|yA|dAn?|y(?:lA|nAn)|nnAn)"
_CASE_3 = "(?:n(?:In?|A|dAn?|nAn)|y(?:lA|nAn))"
_MY = "[mn](?:Iz)?"
_PLURAL = "lAr"
_AFTER_C = f"(?:I{_MY}{_CASE_C}?|I{_CASE_3}?|{_CASE_C})"
_AFTER_V = f"(?:{_MY}{_CASE_C}?|sI{_CASE_3}?|{_CASE_V})"
_WHOSE = f"kI(?:{_PLURAL})?(?:n?(?:In?|A|dAn?)|lA)?"
_WITHOUT = f"sIz(?:{_PLURAL})?{_AFTER_C}?"
_PERSON = "(?:[yG]?(?:Am|I[kqG])|s(?:An|InIz)|(?:dIr)?lAr|dIr?)"
_WAS = "y?I?(?:dI(?:[mnkq]|nIz|lAr)?|mIs(?:Am|sAn|I[kq]|sInIz|lAr)?|sA(?:[mnkq]|nIz|lAr)?|kAn)"
_SAYS = f"(?:dIr(?:lAr)?|{_WAS})?(?:mI(?:dIr)?)?"

_NOUN_C = re.compile(f"(?:(?:{_PLURAL})?{_AFTER_C}?(?:{_WHOSE})?|{_WITHOUT}){_SAYS}")
_NOUN_V = re.compile(f"(?:(?:{_PLURAL}{_AFTER_C}?|{_AFTER_V}?)(?:{_WHOSE})?|{_WITHOUT}){_SAYS}")
# What may stand alone as a sentence: I am, you are, we are.
_AM = re.compile("(?:lAr)?(?:y?Am|sAn|y?I[kqG]|sInIz)")

_NOMINAL = f"(?:{_PLURAL})?(?:s?I|I?[mn](?:Iz)?)?(?:n?(?:In?|dAn?)|[ny]?A|y?(?:lA|nAn))?(?:{_WHOSE})?"
_VOICE = "(?:dIr|dAr|Ird|t|Ir|Ar|Il|In|Is|n|s|l){0,3}"
_FINITE = (
    "dI(?:[mnkq]|nIz|lAr)?|mIs|y?I[bp]|y?I?r|y?A?r|z|y?AcA[kqGy]|mAlI|sA(?:[mnkq]|nIz|lAr)?|y?A(?:[mkq]|lAr)?|y?AsI|"
    "y?In(?:Iz)?|sIn(?:lAr)?|y?[AI]?y?Im"
)
_NON_FINITE = f"(?:y?An|dI[kqGy]|mIs|y?AcA[kqGy]|mA[kqGy]|m[AI]|y?Is){_NOMINAL}"
_GERUND = "y?ArA[kq]|y?IncA(?:yA)?|dI[kq]cA|m[AI]dAn|y?A?rA?kAn|y?AlI|mAzdAn|y?A?nnAn"
_VERB = re.compile(f"{_VOICE}(?:m[AI]|m(?=Ir)|m(?=Iy))?(?:(?:(?:{_FINITE}){_PERSON}?|{_NON_FINITE}|{_GERUND}){_SAYS})?")
# Endings of verbs that no noun's ending looks like.
_CLEARLY_VERBAL = re.compile("mA[kqGy]|mI[sry]|dI[kqG]|AcA|Ir|dIr|Il|sIn|dI(?:m|n|lAr)?$|Ib|An|ArA[kq]|mAlI|mAd")
# The verb in a word that is also a noun of the lexicon: gəlir (comes, income), baxış (look).
_VERBAL_NOUN = re.compile(f"(?:(?:{_VOICE})(?:mA|y?Is|y?I?r|y?A?r|y?An|mIs|y?AcA[kq]))?")

# Of an unknown verb only such endings are believed as are long or hardly a noun's.
_SURE_VERB = re.compile(
    f"(?:(?:m[AI])?(?:dI(?:[mnkq]|nIz|lAr)?|mIs|y?Ib|y?Ir|y?AcA[kqGy]|mAlI|sIn(?:lAr)?|sA(?:[mnkq]|nIz|lAr)?){_PERSON}?|"
    f"(?:m?Ir|(?<!l)Ar|mAz){_PERSON}?|(?:m[AI])?(?:y?An|dI[kqGy]|y?AcA[kqGy]|mA[kqGy]|mA|y?Is){_NOMINAL}|"
    f"yIn(?:Iz)?|(?:m[AI])?y?ArA[kq]|(?:m[AI])?dI[kq]cA){_SAYS}"
)
_VOICE_ENDING = re.compile("(?:dIr|I[ln]|(?<=[AI])n)+$")

_DERIVED = re.compile("(?:sIz)?lI[kqGy]|cI(?:lI[kqGy])?|lI|dAs(?:lI[kqGy])?|cA")
_DERIVED_VERB = re.compile("(lA)(s|n|t)?(?=.)")


_Table = dict[str, list[str]]  # spelling -> tokens of the roots so spelt; a verb's token ends in a hyphen


class _Roots(NamedTuple):
    plain: _Table
    softened: _Table  # as a root is spelt before an ending that begins with a vowel: uşağ-, ged-


def stems(word: str) -> tuple[str, ...]:
    """Stems of an Azerbaijani word in small letters, Latin or Cyrillic."""
    word = azerbaijani_to_latin(word)
    if "'" in word:
        word = _without_apostrophe(word)
    found, weak = _known(word, _roots())
    if not found:
        found, weaker = _known(fold_letters(word), _folded_roots())
        found += weak + weaker + _guesses(word)
    return tuple(dict.fromkeys(found))


def knows(word: str) -> bool:
    """Whether a word in small letters is a form of a root of the lexicon."""
    return bool(_known(word, _roots())[0])


def respell(word: str) -> str | None:
    """Word typed without ə ş ç ğ ı ö ü in its full spelling, or None where the lexicon has no root for it."""
    plain = fold_letters(word)
    neutral = plain.translate(_NEUTRAL)
    for end in range(len(plain), 1, -1):
        for spelling, token in _spellings(before_vowel=neutral[end : end + 1] in _SOFTENING).get(plain[:end], ()):
            if _fits(token, neutral, end):
                return spelling + _harmonised(spelling, plain[end:])
    return None


def _harmonised(head: str, tail: str) -> str:
    """Ending typed in ASCII, with the vowels that follow the head's last one."""
    out = ""
    for char in _ASCII_ENDINGS.sub(lambda found: _FULL_ENDINGS[found.group()], tail):
        last = next((letter for letter in reversed(head + out) if letter in _VOWELS), "ə")
        out += _AFTER_VOWEL[last].get(char, char)
    return out


def _without_apostrophe(word: str) -> str:
    head, _, tail = word.partition("'")
    return head if len(head) > 2 else head + tail.replace("'", "")


def _known(word: str, roots: _Roots) -> tuple[list[str], list[str]]:
    """Tokens of the known roots that a word may come from, and those it may only come from as "I am", "we are"."""
    neutral = word.translate(_NEUTRAL)
    heads = list(_heads(word, neutral, roots))
    whole = [token for token, end in heads if end == len(word) and token[-1] != "-"]
    if whole:
        return whole + [token for token, end in heads if token[-1] == "-" and _VERBAL_NOUN.fullmatch(neutral, end)], []
    fitting = [(token, end) for token, end in heads if _fits(token, neutral, end)]
    if fitting:
        return [token for token, _ in fitting] + list(_nouns_beside(word, neutral, fitting)), []
    nouns = [(token, end) for token, end in heads if token[-1] != "-"]
    weak = [token for token, end in nouns if _AM.fullmatch(neutral, end)]
    derived = [] if weak else [token for _, end in nouns for token in _derived(word, neutral, end)]
    return derived, weak


def _heads(word: str, neutral: str, roots: _Roots) -> Iterator[tuple[str, int]]:
    """Tokens of the known roots with which a word begins, longest first, and where each ends."""
    plain, softened = roots
    for end in range(len(word), 0, -1):
        head = word[:end]
        for token in plain.get(head, ()):
            yield token, end
        if head in softened and neutral[end : end + 1] in _SOFTENING:
            for token in softened[head]:
                yield token, end


def _nouns_beside(word: str, neutral: str, fitting: list[tuple[str, int]]) -> Iterator[str]:
    """Unknown nouns that a word may be although known roots explain it: ürək is more than ür-, alçalar than alçal-."""
    if any(token[-1] != "-" and end > 2 for token, end in fitting):
        return
    if not _CLEARLY_VERBAL.search(neutral, min(end for _, end in fitting)):
        yield word
        yield from _noun_heads(word, neutral, 3)
    plural = neutral.find("lAr", 3)
    if plural > 0 and _NOUN_C.fullmatch(neutral, plural + 3) and not knows(word[:plural]):
        yield word[:plural]


def _fits(token: str, neutral: str, end: int) -> bool:
    """Whether what follows a root is a chain of endings that it can take."""
    return bool((_VERB if token[-1] == "-" else _noun_endings(neutral, end)).fullmatch(neutral, end))


def _noun_endings(neutral: str, end: int) -> re.Pattern[str]:
    return _NOUN_V if neutral[end - 1] in _NEUTRAL_VOWELS else _NOUN_C


def _derived(word: str, neutral: str, end: int) -> Iterator[str]:
    match = _DERIVED.match(neutral, end)
    if match and _noun_endings(neutral, match.end()).fullmatch(neutral, match.end()):
        yield _hardened(word[: match.end()])
    match = _DERIVED_VERB.match(neutral, end)
    if match and _VERB.fullmatch(neutral, match.end()):
        yield word[: match.end()] + "-"
        if match[2] in ("n", "t"):  # a voice of the verb in -la, not a verb of its own as -laş
            yield word[: match.end(1)] + "-"


def _hardened(root: str) -> str:
    if root.endswith("ğ"):
        return root[:-1] + "q"
    return root[:-1] + "k" if root.endswith("y") else root


def _guesses(word: str) -> list[str]:
    neutral = word.translate(_NEUTRAL)
    return [word, *_noun_heads(word, neutral, 3), *_guessed_verb(word, neutral)]


def _noun_heads(word: str, neutral: str, shortest: int) -> Iterator[str]:
    """Beginnings of a word that may be an unknown noun, by the endings and the harmony of what follows."""
    for end in range(len(word) - 1, shortest - 1, -1):
        head = word[:end]
        if not _VOWELS.intersection(head) or not _harmonious(head, word[end:]):
            continue
        if _noun_endings(neutral, end).fullmatch(neutral, end):
            yield head
            if head[-1] in "ğy" and neutral[end] in _SOFTENING:
                yield _hardened(head)


def _guessed_verb(word: str, neutral: str) -> Iterator[str]:
    """Root of an unknown verb, with and without its voice; it has no hyphen, because its imperative shows no verb."""
    for end in range(2, len(word) - 1):
        if _SURE_VERB.fullmatch(neutral, end) and _VOWELS.intersection(word[:end]):
            yield word[:end]
            if (voice := _VOICE_ENDING.search(neutral, 2, end)) and _VOWELS.intersection(word[: voice.start()]):
                yield word[: voice.start()]
            return


def _harmonious(head: str, tail: str) -> bool:
    last = next(char for char in reversed(head) if char in _VOWELS)
    return all((char in _BACK) == (last in _BACK) for char in tail if char in _VOWELS)


@cache
def _roots() -> _Roots:
    nouns, verbs = read_words("az/nouns.txt"), read_words("az/verbs.txt")
    plain = {root: [root] for root in nouns}
    softened: _Table = {}
    for root in nouns:
        if root[-1] in "qk" and len(root) > 2:
            softened.setdefault(root[:-1] + ("ğ" if root[-1] == "q" else "y"), []).append(root)
    for root in verbs:
        plain.setdefault(root, []).append(root + "-")
        if root[-1] == "t" and _LONG.search(root):
            softened.setdefault(root[:-1] + "d", []).append(root + "-")
    for token, forms in read_pairs("az/irregular.txt"):
        for form in forms:
            plain.setdefault(form, []).append(token)
    return _Roots(plain, softened)


@cache
def _folded_roots() -> _Roots:
    return _Roots(*map(_folded, _roots()))


def _folded(table: _Table) -> _Table:
    folded: _Table = {}
    for spelling, tokens in zip(fold_letters("\n".join(table)).split("\n"), table.values(), strict=True):
        if len(spelling) > 2:
            folded.setdefault(spelling, []).extend(tokens)
    return folded


@cache
def _spellings(*, before_vowel: bool) -> dict[str, list[tuple[str, str]]]:
    """Folded spelling of each root -> its full spellings and their tokens."""
    table: dict[str, list[tuple[str, str]]] = {}
    for roots in _roots() if before_vowel else _roots()[:1]:
        for spelling, tokens in roots.items():
            table.setdefault(fold_letters(spelling), []).extend((spelling, token) for token in tokens)
    return table
