"""Tajik stems: a lexicon of roots and of verbs with both their stems, a grammar of endings, and rules for words it lacks.

A verb's token is its infinitive (`мекунад` gives `кардан`), a noun's or adjective's its dictionary form (`марказиро` gives
`марказӣ`, but `маркази` gives `марказ`, because the short и is the izafat).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeVar

from hamroh.kernel.text.folding import fold_letters
from hamroh.kernel.text.lexicon import read_pairs, read_words
from hamroh.kernel.text.transliteration import tajik_of_today, tajik_to_cyrillic

_T = TypeVar("_T")
_VOWELS = frozenset("аеёиоуэюяӣӯ")

_DEGREE = "тар(?:ин)?"
_PLURAL = "(?:[ҳх]о|он|ён|гон|вон)"
_MY = "(?:[ая][мтш](?:он)?)"
_IS = "(?:аст|ст|анд|янд|е[мд]|[ая]м|ӣ)"
_REST = f"(?:{_PLURAL})?[иейӣ]?{_MY}?(?:ро)?{_IS}?[ую]?"
_NOUN = re.compile(f"(?:{_DEGREE})?{_REST}")
# After a root in -ӣ, whose letter is и before an ending; without an ending the и is the izafat of another root.
_AFTER_I = re.compile(f"(?=.)(?:{_DEGREE})?(?:[ҳх]о|ён|гон)?[иейӣ]?{_MY}?(?:ро)?{_IS}?[ую]?")

_PERSON = "(?:[ая]м|ӣ|и|ем|ед|етон|[ая]нд)"
_OBJECT = "(?:[ая](?:мон|тон|шон|[мтш]))"
_PARTICIPLE = f"а(?:г[ӣи]|н[ӣи]?)?{_REST}|агист(?:[ая]м|ӣ|и|ем|ед|[ая]нд)?"
_ANY_PAST = re.compile(f"{_PERSON}?{_OBJECT}?[ую]?|{_PARTICIPLE}")
_SURE_PAST = re.compile(f"(?:е[мд]|етон|анд){_OBJECT}?[ую]?|{_PARTICIPLE}")
_ANY_PRESENT = re.compile(f"(?:(?:{_PERSON}|[ая]д){_OBJECT}?|[ая]нда{_REST}|[оё]н|)[ую]?")
_SURE_PRESENT = re.compile(f"(?:[ая]н?д|ем|ед|етон){_OBJECT}?[ую]?")


class _Endings(NamedTuple):
    past: re.Pattern[str]
    present: re.Pattern[str]


# A noun of the same letters hardly takes the sure endings; after ме- and its like every ending is sure.
_ANY = _Endings(_ANY_PAST, _ANY_PRESENT)
_SURE = _Endings(_SURE_PAST, _SURE_PRESENT)
_BESIDE_NOUN = _Endings(_ANY_PAST, _SURE_PRESENT)

# Of an unknown verb: how its past stem ends, what follows it, and which present stem most such verbs have.
_PAST_STEM = re.compile("(?:[хфшсрн]|[иуӯо])[тд]$")
_LIKELY_AFTER_PAST = re.compile(f"ан{_REST}|{_PARTICIPLE}|(?:[ая]м|ӣ|ем|ед|[ая]нд){_OBJECT}?")
_ANY_AFTER_PAST = re.compile(f"(?:ан{_REST}|{_PARTICIPLE}|{_PERSON}?{_OBJECT}?)[ую]?")
_PRESENT_OF = {"ид": "", "ист": "", "уд": "о", "хт": "з", "фт": "б", "шт": "р", "рд": "р", "нд": "н", "ст": "ҳ"}

_PREVERBS = ("", "бар", "дар", "боз", "воз", "во", "фуру", "фурӯ", "фаро")
_ASPECTS = ("", "на", "ме", "наме", "би", "бу")


def _index_prefixes() -> dict[str, list[tuple[str, str, str]]]:
    pairs = [(aspect, preverb) for aspect in _ASPECTS for preverb in _PREVERBS if aspect or preverb]
    spelled = {(first + second, *pair) for pair in pairs for first, second in (pair, pair[::-1])}
    index: dict[str, list[tuple[str, str, str]]] = {}
    for entry in sorted(spelled):
        index.setdefault(entry[0][:2], []).append(entry)
    return index


_PREFIXES = _index_prefixes()


class _Verb(NamedTuple):
    infinitive: str
    is_past: bool


class _Lexicon(NamedTuple):
    nouns: dict[str, list[str]]
    verbs: dict[str, list[_Verb]]  # by their past and present stems


def stems(word: str) -> tuple[str, ...]:
    """Stems of a Tajik word in small letters, Cyrillic or Latin."""
    word = tajik_of_today(tajik_to_cyrillic(word).replace("'", "ъ"))
    found = _known(word, _lexicon()) or [
        *_verbs(word, _lexicon(), _ANY),
        *_known(fold_letters(word), _folded_lexicon()),
        *_guesses(word),
    ]
    return tuple(dict.fromkeys(found))


def knows(word: str) -> bool:
    """Whether a word in small letters is a form of a root of the lexicon."""
    return bool(_known(word, _lexicon()) or any(_verbs(word, _lexicon(), _ANY)))


def respell(word: str) -> str | None:
    """Word typed without ғ ӣ қ ӯ ҳ ҷ in its full spelling, or None where the lexicon has no root for it."""
    plain = fold_letters(word)
    for end in range(len(plain), 1, -1):
        spelling = _spellings().get(plain[:end])
        tail = plain[end:].replace("хо", "ҳо")
        if spelling and _NOUN.fullmatch(tail):
            return spelling[:-1] + "и" + tail if tail and spelling[-1] == "ӣ" else spelling + tail
    return None


def _known(word: str, lexicon: _Lexicon) -> list[str]:
    nouns = list(_nouns(word, lexicon))
    return [*nouns, *_verbs(word, lexicon, _BESIDE_NOUN if nouns else _SURE)]


def _nouns(word: str, lexicon: _Lexicon) -> Iterator[str]:
    if word in lexicon.nouns:
        yield from lexicon.nouns[word]
        if word[-1] == "ӣ":
            yield from _derived(word, lexicon)
        return
    nouns = lexicon.nouns
    for end in range(len(word), 1, -1):
        head = word[:end]
        if head in nouns and _NOUN.fullmatch(word, end):
            yield from nouns[head]
        if word[end - 1] in "иӣ" and (root := _with_long_i(head, word, end)):
            yield from _derived(root, lexicon)


def _derived(root: str, lexicon: _Lexicon) -> Iterator[str]:
    """The root in -ӣ itself and what it is made of: оилавӣ of оила, хонаводагӣ of хонавода, динӣ of дин."""
    base = root[:-2] if root.endswith(("агӣ", "авӣ")) else root[:-1]
    if root in lexicon.nouns or base in lexicon.nouns:
        yield root
        yield from lexicon.nouns.get(base, ())


def _with_long_i(head: str, word: str, end: int) -> str | None:
    """Root in -ӣ that the head of a word stands for, if what follows allows one."""
    if head[-1] == "ӣ":
        return head if _NOUN.fullmatch(word, end) else None
    return head[:-1] + "ӣ" if _AFTER_I.fullmatch(word, end) else None


def _verbs(word: str, lexicon: _Lexicon, endings: _Endings) -> Iterator[str]:
    for aspect, preverb, length in _prefixes(word):
        for verb in _after_prefix(word[length:], lexicon.verbs, _ANY if aspect else endings):
            yield preverb + verb


def _after_prefix(rest: str, verbs: dict[str, list[_Verb]], endings: _Endings) -> Iterator[str]:
    for end in range(len(rest), 0, -1):
        for verb in verbs.get(rest[:end], ()):
            if (endings.past if verb.is_past else endings.present).fullmatch(rest, end):
                yield verb.infinitive


def _prefixes(word: str) -> Iterator[tuple[str, str, int]]:
    """Aspect, preverb and their length, for each way in which a word may begin: мебар-, барме-."""
    yield "", "", 0
    for prefix, aspect, preverb in _PREFIXES.get(word[:2], ()):
        if word.startswith(prefix):
            yield aspect, preverb, len(prefix)


def _guesses(word: str) -> list[str]:
    found = [word]
    for end in range(len(word) - 1, 1, -1):
        head = word[:end]
        if not _VOWELS.intersection(head):
            break
        if head[-1] == "и" and _AFTER_I.fullmatch(word, end):
            found.append(head[:-1] + "ӣ")
        elif _NOUN.fullmatch(word, end):
            found.append(head)
    return found + list(_guessed_verb(word))


def _guessed_verb(word: str) -> Iterator[str]:
    """Stems of an unknown verb that its endings or a prefix betray: the past one and the present one it likely has."""
    for aspect, _, length in _prefixes(word):
        rest = word[length:]
        after_past, after_present = (_ANY_AFTER_PAST, _ANY_PRESENT) if aspect else (_LIKELY_AFTER_PAST, _SURE_PRESENT)
        for end in range(2, len(rest) + 1):
            if _PAST_STEM.search(rest, 0, end) and after_past.fullmatch(rest, end):
                yield rest[:end]
                yield _likely_present(rest[:end])
            elif after_present.fullmatch(rest, end):
                yield rest[:end]


def _likely_present(past: str) -> str:
    """Present stem of most verbs with such a past one: гузошт has гузор, намуд has намо, парид has пар."""
    for ending, other in _PRESENT_OF.items():
        if past.endswith(ending) and len(past) > 3:
            return past.removesuffix(ending) + other
    return past


@cache
def _lexicon() -> _Lexicon:
    nouns = {root: [root] for root in read_words("tg/nouns.txt")}
    verbs: dict[str, list[_Verb]] = {}
    for infinitive, stems_ in read_pairs("tg/verbs.txt"):
        verbs.setdefault(infinitive[:-2], []).append(_Verb(infinitive, is_past=True))
        for stem in stems_ or [infinitive.removesuffix("идан")]:
            verbs.setdefault(stem, []).append(_Verb(infinitive, is_past=False))
    for lemma, forms in read_pairs("tg/irregular.txt"):
        for form in forms:
            nouns.setdefault(form, []).append(lemma)
    return _Lexicon(nouns, verbs)


@cache
def _folded_lexicon() -> _Lexicon:
    whole = _lexicon()
    return _Lexicon(_folded(whole.nouns), _folded(whole.verbs))


def _folded(table: dict[str, list[_T]]) -> dict[str, list[_T]]:
    folded: dict[str, list[_T]] = {}
    for spelling, roots in zip(fold_letters("\n".join(table)).split("\n"), table.values(), strict=True):
        folded.setdefault(spelling, []).extend(roots)
    return folded


@cache
def _spellings() -> dict[str, str]:
    whole = _lexicon()
    infinitives = (verb.infinitive for verbs in whole.verbs.values() for verb in verbs)
    return {fold_letters(spelling): spelling for spelling in (*whole.verbs, *infinitives, *whole.nouns)}
