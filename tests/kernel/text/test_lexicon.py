import re

import pytest

from hamroh.kernel.text import alphabet, analyse
from hamroh.kernel.text.lexicon import _FOLDER, read_pairs, read_words

LISTS = [
    "az/nouns.txt",
    "az/verbs.txt",
    "az/irregular.txt",
    "tg/nouns.txt",
    "tg/verbs.txt",
    "tg/irregular.txt",
    "en/irregular.txt",
]


@pytest.mark.parametrize("name", LISTS)
def test_it_says_where_its_words_come_from(name):
    head = " ".join(
        line for line in (_FOLDER / name).read_text(encoding="utf-8").splitlines()[:3] if line.startswith("#")
    )
    assert re.search(r"Source: .+ Date: \d{4}-\d\d-\d\d\. Licence: AGPL-3\.0-or-later\.", head)


@pytest.mark.parametrize(("name", "lang"), [("az/nouns.txt", "az"), ("az/verbs.txt", "az"), ("tg/nouns.txt", "tg")])
def test_it_lists_words_in_small_letters_of_the_language(name, lang):
    letters = {"İ": "i", "I": "ı"}
    own = {letters.get(capital, capital.lower()) if lang == "az" else capital.lower() for capital in alphabet(lang)}
    assert [word for word in read_words(name) if not set(word) <= own] == []


def test_it_gives_every_tajik_verb_an_infinitive_and_a_present_stem():
    verbs = list(read_pairs("tg/verbs.txt"))
    assert [verb for verb, _ in verbs if not verb.endswith(("тан", "дан"))] == []
    assert [verb for verb, stems in verbs if not stems and not verb.endswith("идан")] == []


def test_it_lists_no_tajik_noun_with_an_izafat():
    assert [word for word in read_words("tg/nouns.txt") if word.endswith("и") and len(word) > 2] == []


@pytest.mark.parametrize(("name", "lang"), [("az/nouns.txt", "az"), ("tg/nouns.txt", "tg")])
def test_it_finds_every_noun_by_itself(name, lang):
    assert [word for word in read_words(name) if word not in analyse(word, lang)] == []
