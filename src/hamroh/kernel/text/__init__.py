"""Word analysis for Azerbaijani (az), Tajik (tg), Russian (ru) and English (en).

`analyse`, `exact` and `folded` make the tokens that search is built on, `tokens` adds their places in the text, `fold` brings
spellings together, `sort_key`, `alphabet` and `initial` order lists, `guess_language` and `alternates` read typed queries.
"""

from hamroh.kernel.text.folding import fold
from hamroh.kernel.text.letters import alphabet, guess_language, initial, sort_key
from hamroh.kernel.text.readings import alternates
from hamroh.kernel.text.words import Token, analyse, exact, folded, spans, tokens

__all__ = [
    "Token",
    "alphabet",
    "alternates",
    "analyse",
    "exact",
    "fold",
    "folded",
    "guess_language",
    "initial",
    "sort_key",
    "spans",
    "tokens",
]
