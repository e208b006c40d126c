"""Checks of a vocabulary: what is wrong with it, why that is wrong, and what would mend it.

``examine`` looks at concepts as plain values. A finding names the concept by its key, carries what its sentence needs
(``about``), and says by ``mend`` what one click may do; without it an editor decides.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hamroh.kernel import text as analysis


class Rule(StrEnum):
    """What a check looks for, the gravest first."""

    RING = "ring"
    BOTH = "both"
    TWO_PREFERRED = "two_preferred"
    MAPPING_CLASH = "mapping_clash"
    DEPRECATED_ABOVE = "deprecated_above"
    NO_SUCCESSOR = "no_successor"
    SAME_LABEL = "same_label"
    ALT_IS_PREF = "alt_is_pref"
    REDUNDANT = "redundant"
    MIXED_SCRIPTS = "mixed_scripts"
    ODD_SPACES = "odd_spaces"
    ORPHAN = "orphan"
    NO_LABEL = "no_label"


class Mend(StrEnum):
    """What one click may do without a question left open."""

    UNRELATE = "unrelate"
    DROP_LABEL = "drop_label"
    DROP_BROADER = "drop_broader"
    TIDY = "tidy"


@dataclass(frozen=True)
class Term:
    """A label; ``ref`` names it to whoever mends it, and is empty for one that another layer gives."""

    lang: str
    kind: str
    text: str
    ref: str = ""


@dataclass(frozen=True)
class Node:
    """A concept; ``is_own`` is false for one of another layer, of which only what this one says is looked at.

    ``own_broader`` and ``own_related`` are what this vocabulary says itself; ``broader`` is what all of them say. ``is_placed``: it
    stands in a group or has something under it.
    """

    key: str
    is_own: bool = True
    status: str = "approved"
    terms: tuple[Term, ...] = ()
    broader: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    own_broader: frozenset[str] = frozenset()
    own_related: frozenset[str] = frozenset()
    mappings: tuple[tuple[str, str], ...] = ()
    has_successor: bool = False
    is_placed: bool = False


@dataclass(frozen=True)
class Finding:
    """What is wrong with a concept."""

    rule: Rule
    concept: str
    about: Mapping[str, str] = field(default_factory=dict)
    mend: Mend | None = None


_GAPS = re.compile(r"^\s|\s$|\s\s|[\u00a0\u2000-\u200b\u202f\u3000\ufeff\t\n]")
_SCRIPTS = ("LATIN", "CYRILLIC", "ARABIC", "GREEK")


def examine(nodes: Iterable[Node], languages: Sequence[str]) -> list[Finding]:
    """Everything that is wrong, by rule and then by concept; ``nodes`` hold what lies above the vocabulary's own, too."""
    known = {node.key: node for node in nodes}
    found = [*_rings(known), *_same_labels(known), *_shared_matches(known)]
    for node in known.values():
        found += _of_relations(node, known)
        found += _of_labels(node, languages)
        found += _of_fate(node)
    order = list(Rule)
    return sorted(found, key=lambda each: (order.index(each.rule), each.concept, sorted(each.about.items())))


def tidied(text: str) -> str:
    """A label with plain single spaces."""
    return " ".join(re.sub(r"[\u200b\ufeff]", "", text).split())


def mixed_word(text: str) -> str:
    """The first word whose letters come from two scripts; empty where there is none."""
    for word in re.findall(r"\w+", text):
        scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in word if sign.isalpha()}
        if len(scripts & set(_SCRIPTS)) > 1:
            return str(word)
    return ""


def _rings(known: Mapping[str, Node]) -> Iterator[Finding]:
    """Each ring once, by its first key."""
    told: set[frozenset[str]] = set()
    for start in sorted(known):
        path = _way_back(start, known)
        if path and frozenset(path) not in told:
            told.add(frozenset(path))
            yield Finding(Rule.RING, start, {"path": " → ".join([*path, start])})


def _way_back(start: str, known: Mapping[str, Node]) -> list[str]:
    """The shortest way up from a concept to itself."""
    waiting, seen = [[start]], set[str]()
    while waiting:
        path = waiting.pop(0)
        for above in sorted(known[path[-1]].broader if path[-1] in known else ()):
            if above == start:
                return path
            if above not in seen:
                seen.add(above)
                waiting.append([*path, above])
    return []


def _above(keys: Iterable[str], known: Mapping[str, Node]) -> set[str]:
    found: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += known[key].broader if key in known else ()
    return found


def _of_relations(node: Node, known: Mapping[str, Node]) -> Iterator[Finding]:
    beside = node.related & _above(node.broader, known)
    for other in sorted(beside):
        mend = Mend.UNRELATE if other in node.own_related else None
        yield Finding(Rule.BOTH, node.key, {"other": other}, mend)
    for other in sorted(node.own_broader):
        if other in _above(node.broader - {other}, known) and node.key not in _above([other], known):
            yield Finding(Rule.REDUNDANT, node.key, {"other": other}, Mend.DROP_BROADER)
        if node.status != "deprecated" and other in known and known[other].status == "deprecated":
            yield Finding(Rule.DEPRECATED_ABOVE, node.key, {"other": other})


def _of_labels(node: Node, languages: Sequence[str]) -> Iterator[Finding]:
    preferred = Counter(term.lang for term in node.terms if term.kind == "pref" and term.ref)
    for lang, number in preferred.items():
        if number > 1:
            yield Finding(Rule.TWO_PREFERRED, node.key, {"lang": lang})
    said = {(term.lang, term.text) for term in node.terms if term.kind == "pref"}
    for term in node.terms:
        if not term.ref:
            continue
        about = {"lang": term.lang, "text": term.text, "ref": term.ref}
        if term.kind != "pref" and (term.lang, term.text) in said:
            yield Finding(Rule.ALT_IS_PREF, node.key, about, Mend.DROP_LABEL)
        if _GAPS.search(term.text):
            yield Finding(Rule.ODD_SPACES, node.key, about, Mend.TIDY)
        if word := mixed_word(term.text):
            yield Finding(Rule.MIXED_SCRIPTS, node.key, {**about, "word": word})
    if node.is_own and node.status != "deprecated":
        spoken = {lang for lang, _text in said}
        missing = [lang for lang in languages if lang not in spoken]
        if missing:
            yield Finding(Rule.NO_LABEL, node.key, {"lang": ", ".join(missing)})


def _of_fate(node: Node) -> Iterator[Finding]:
    if not node.is_own:
        return
    if node.status == "deprecated":
        if not node.has_successor:
            yield Finding(Rule.NO_SUCCESSOR, node.key)
    elif not (node.broader or node.related or node.is_placed):
        yield Finding(Rule.ORPHAN, node.key)
    ways = defaultdict(set)
    for kind, uri in node.mappings:
        ways[uri].add(kind)
    for uri, kinds in sorted(ways.items()):
        if "exactMatch" in kinds and kinds & {"broadMatch", "narrowMatch", "relatedMatch"}:
            yield Finding(Rule.MAPPING_CLASH, node.key, {"uri": uri})


def _same_labels(known: Mapping[str, Node]) -> Iterator[Finding]:
    """Preferred labels that read alike in one language; of each such set every concept is told but the first."""
    held: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in known.values():
        if node.is_own and node.status != "deprecated":
            for term in node.terms:
                if term.kind == "pref":
                    held[term.lang, analysis.fold(term.text, term.lang or "en")].append(node.key)
    for (lang, _folded), keys in held.items():
        first, *others = sorted(set(keys))
        for key in others:
            text = next(term.text for term in known[key].terms if term.kind == "pref" and term.lang == lang)
            yield Finding(Rule.SAME_LABEL, key, {"lang": lang, "text": text, "other": first})


def _shared_matches(known: Mapping[str, Node]) -> Iterator[Finding]:
    """Two concepts that say they are exactly the same as one elsewhere."""
    held: dict[str, list[str]] = defaultdict(list)
    for node in known.values():
        for kind, uri in node.mappings:
            if kind == "exactMatch" and node.is_own:
                held[uri].append(node.key)
    for uri, keys in held.items():
        first, *others = sorted(set(keys))
        yield from (Finding(Rule.MAPPING_CLASH, key, {"uri": uri, "other": first}) for key in others)
