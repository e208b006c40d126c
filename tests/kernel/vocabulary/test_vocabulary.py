"""Labels are recognised inside queries, and what they lead to is weighed."""

from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel import vocabulary
from hamroh.kernel.vocabulary import Candidate, Window

TEXTS = st.text(st.sampled_from("abcəıİğ қҳӯяё'’- 9\u0301"), max_size=30)


def candidate(text, distance=0, lang="en", concept="c"):
    return Candidate("home", text, text.lower(), lang, concept, distance, frozenset({"en"}))


def keys_of(query, words):
    return next(run.keys for run in vocabulary.windows(query) if run.words == words)


def test_it_keys_a_label_by_its_folded_words():
    assert "womens rights" in vocabulary.phrase_keys("Women’s Rights", "en")


def test_it_gives_an_inflected_query_a_key_of_the_label():
    assert vocabulary.phrase_keys("women's right", "en") & keys_of("my women's rights", "womens rights")


def test_it_keeps_the_folded_words_of_a_language_nobody_analyses():
    assert vocabulary.phrase_keys("Droits des femmes", "fr") == {"droits des femmes"}


def test_it_gives_no_key_to_a_label_too_long_to_be_typed():
    assert vocabulary.phrase_keys("one two three four five six seven", "en") == frozenset()


@given(TEXTS)
def test_it_always_recognises_a_typed_label(text):
    for lang in vocabulary.READ:
        keys = vocabulary.phrase_keys(text, lang)
        assert not keys or any(run.keys & keys for run in vocabulary.windows(text))


def test_it_gives_the_longest_windows_first():
    assert [run.words for run in vocabulary.windows("a b c", longest=2)] == ["a b", "b c", "a", "b", "c"]


def runs(*spans):
    return [Window(start, end, key, frozenset({key})) for start, end, key in spans]


def test_it_gives_the_longest_run_its_words():
    known = {"night shelter": [("n", "en")], "night": [("x", "en")], "shelter": [("s", "en")]}
    matches = vocabulary.longest_matches(runs((0, 2, "night shelter"), (0, 1, "night"), (1, 2, "shelter")), known)
    assert [(match.words, dict(match.concepts)) for match in matches] == [("night shelter", {"n": frozenset({"en"})})]


def test_it_matches_all_runs_beside_each_other():
    known = {"a": [("x", "en")], "b": [("y", "ru"), ("y", "tg")]}
    matches = vocabulary.longest_matches(runs((0, 1, "a"), (1, 2, "b")), known)
    assert [dict(match.concepts) for match in matches] == [{"x": {"en"}}, {"y": {"ru", "tg"}}]


def test_it_lets_weights_fall_with_distance():
    near = [
        candidate("dwelling"),
        candidate("дом", lang="ru"),
        candidate("house", 1),
        candidate("hut", 2),
        candidate("loft", 3),
    ]
    found = vocabulary.expansions([*near, candidate("land", None)], "en")
    assert [(one.text, one.weight, one.why) for one in found] == [
        ("dwelling", 1.0, "same"),
        ("дом", 1.0, "other_language"),
        ("house", 0.7, "narrower"),
        ("hut", 0.49, "narrower"),
        ("loft", 0.343, "narrower"),
        ("land", 0.3, "related"),
    ]


def test_it_does_not_repeat_what_was_typed():
    assert vocabulary.expansions([candidate("home")], "en") == []


def test_it_counts_the_nearest_way_to_a_label():
    (found,) = vocabulary.expansions([candidate("hut", 2, concept="far"), candidate("hut", 1, concept="near")], "en")
    assert (found.concept, found.weight) == ("near", 0.7)


def test_it_puts_the_readers_language_first_among_equals():
    found = vocabulary.expansions([candidate("ev", lang="az"), candidate("хона", lang="tg")], "tg")
    assert [one.lang for one in found] == ["tg", "az"]


@given(st.permutations("abcdef"), st.permutations("abcdef"))
def test_it_orders_by_nothing_but_the_labels(some, others):
    def found(order):
        nearest_first = [candidate(text, distance) for distance in (0, 1, None) for text in order]
        return vocabulary.expansions(nearest_first, "en", 4)

    assert found(some) == found(others)


def test_it_takes_no_farther_labels_than_it_needs():
    def candidates():
        yield from (candidate(text) for text in "abc")
        yield from (candidate(text, 1) for text in "def")
        raise AssertionError

    assert [one.text for one in vocabulary.expansions(candidates(), "en", 2)] == ["a", "b"]


def test_it_starts_at_every_word():
    places = vocabulary.starts("Right to education", "en")
    assert [(place, bytes.fromhex(start).decode()) for place, start in places] == [
        (0, "right to education"),
        (1, "to education"),
        (2, "education"),
    ]


@given(st.text("абғқҳӯя 9", min_size=1, max_size=30), st.integers(1, 10))
def test_it_finds_the_label_by_every_beginning(text, length):
    for _place, start in vocabulary.starts(text, "tg")[:1]:
        low, high = vocabulary.prefix_range(bytes.fromhex(start).decode(errors="ignore")[:length].strip(), "tg")
        assert low <= start < high


def test_it_has_no_range_for_no_word():
    assert vocabulary.prefix_range("  ", "en") == ("", "")


def test_it_sorts_by_the_languages_alphabet():
    words = sorted(
        ["Ҷавон", "Қишлоқ", "Кор", "Лаб", "Чой"], key=lambda word: vocabulary.spelling(word, "tg")["sort_key"]
    )
    assert words == ["Кор", "Қишлоқ", "Лаб", "Чой", "Ҷавон"]


def test_it_sorts_other_languages_by_their_letters():
    words = sorted(["Été", "Art", "Zèbre"], key=lambda word: vocabulary.spelling(word, "fr")["sort_key"])
    assert words == ["Art", "Été", "Zèbre"]
    assert vocabulary.spelling("Été", "fr")["initial"] == "E"
