"""Expansion of a query by a vocabulary: which other words may stand for what was typed, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Expansion:
    """A further way to say part of a query.

    ``replaces`` is the typed part (its folded words), ``text`` and ``lang`` what else is searched, ``weight`` from 0
    to 1 how near it is, ``why`` the reason as a code (``same``, ``other_language``, ``narrower``, ``related``) and
    ``concept`` the key of the concept that links them.
    """

    replaces: str
    text: str
    lang: str
    weight: float
    why: str
    concept: str
