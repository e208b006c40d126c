"""The vocabulary, the needs of the help finder and its kinds of help."""

import csv
import dataclasses
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from hamroh.kernel import terms
from hamroh.kernel.datafiles import head
from hamroh.kernel.vocabulary import longest_matches, phrase_keys, windows

HER_WORDS = Path(__file__).parent / "her_words.csv"
FILES = ("terms/concepts.csv", "terms/labels.csv", "terms/needs.yml", "terms/services.yml")


@pytest.fixture(scope="module")
def words():
    return terms.load()


@pytest.mark.parametrize("name", FILES)
def test_it_names_source_licence_and_date_in_each_file(name):
    said = head(name)
    assert all(said.get(key) for key in ("source", "licence", "date"))


def test_it_has_at_least_500_concepts_with_an_english_definition(words):
    assert len(words.concepts) >= 500
    assert all(concept.definitions.get("en") for concept in words.concepts.values())


def test_it_numbers_concepts_without_a_gap(words):
    assert [*words.concepts] == [f"hm{number:04}" for number in range(1, len(words.concepts) + 1)]


def test_it_states_related_concepts_both_ways_and_never_along_broader(words):
    for concept in words.concepts.values():
        for other in concept.related:
            assert concept.id in words.concepts[other].related
            assert other not in words.ancestors(concept.id)


def test_it_has_a_dozen_needs_with_neutral_codes(words):
    codes = [need.code for need in words.needs]
    assert len(codes) == 12
    assert codes == [4127, 8350, 2964, 7513, 5286, 9041, 3678, 1835, 6702, 5469, 2391, 8826]


def test_it_gives_danger_its_routes_first(words):
    assert {need.code for need in words.needs if need.crisis_first} == {8350, 7513, 1835, 6702, 8826}


def test_it_prints_headings_that_do_not_tell(words):
    telling = re.compile(
        r"violen|beat|shelter|divorc|alimon|traffick|suicid|zorak|döy|sığın|boşan|alim|intihar"
        r"|насил|побо|убеж|развод|алим|суиц|зӯровар|латукӯб|паноҳ|талоқ|худкуш",
        re.IGNORECASE,
    )
    for need in words.needs:
        assert not any(telling.search(text) for text in need.heading.values()), need.code


def test_it_leads_each_need_to_help_with_a_weight(words):
    for need in words.needs:
        assert len(need.services) >= 5
        assert max(need.services.values()) == 1
        assert all(0 < weight <= 1 for weight in need.services.values())


def test_it_has_three_more_words_for_each_concept_of_help_in_each_language(words):
    further = Counter((label.concept, label.lang) for label in words.labels if label.kind != "pref")
    helped = {each for need in words.needs for each in (*need.about, *need.services)}
    helped |= {kind.concept for kind in words.services}
    short = [(concept, lang) for concept in sorted(helped) for lang in terms.LANGS if further[concept, lang] < 3]
    assert short == []


def test_it_writes_labels_in_the_script_of_their_language(words):
    cyrillic = re.compile("[\u0400-\u04ff]")
    for label in words.labels:
        if label.lang in {"en", "az"}:
            assert not cyrillic.search(label.text), label
        elif label.kind == "pref" and label.text not in {"BT", "NT"}:
            assert cyrillic.search(label.text), label


def test_it_keeps_russian_letters_out_of_tajik_labels_that_are_shown(words):
    for label in words.labels:
        if label.lang == "tg" and label.kind != "hidden":
            assert not set(label.text) & set("щыьЩЫЬ"), label


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("пул намефиристад", "tg"),
        ("SMS талоқ", "tg"),
        ("таллоқ", "tg"),
        ("ər pul göndərmir", "az"),
        ("qəyyumluq", "az"),
        ("муж бросил", "ru"),
        ("побои", "ru"),
    ],
)
def test_it_knows_the_words_that_women_use(words, text, lang):
    assert any(label.text == text and label.lang == lang for label in words.labels)


@pytest.fixture(scope="module")
def known(words):
    names = defaultdict(set)
    for label in words.labels:
        for key in phrase_keys(label.text, label.lang):
            names[key].add((label.concept, label.lang))
    return names


def needs_of(words, known, text):
    """The two needs whose concepts, or the help for which, the typed words name most."""
    points = Counter()
    for match in longest_matches(windows(text), known):
        for need in words.needs:
            helps = [need.services[each] * 0.9 for each in match.concepts if each in need.services]
            points[need.code] += 2 * any(each in need.about for each in match.concepts) + max(helps, default=0)
    return [code for code, count in points.most_common(2) if count]


@pytest.mark.parametrize("lang", terms.LANGS)
def test_it_leads_what_women_type_to_their_need(words, known, lang):
    lines = [line for line in HER_WORDS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    asked = [row for row in csv.DictReader(lines) if row["lang"] == lang]
    missed = [row["text"] for row in asked if int(row["need"]) not in needs_of(words, known, row["text"])]
    assert len(asked) >= 50
    assert len(missed) <= len(asked) * 0.05, missed


def broken(words, **changes):
    return [*terms.check(dataclasses.replace(words, **changes))]


def test_it_finds_no_fault_in_its_own_files(words):
    assert [*terms.check(words)] == []


def test_it_reports_a_ring_of_broader_concepts(words):
    one, other = (
        dataclasses.replace(words.concepts[key], broader=(up,))
        for key, up in [("hm0001", "hm0002"), ("hm0002", "hm0001")]
    )
    faults = broken(words, concepts={**words.concepts, "hm0001": one, "hm0002": other})
    assert any("ring" in fault and "hm0001" in fault for fault in faults)


def test_it_reports_an_unknown_concept(words):
    lost = dataclasses.replace(words.concepts["hm0001"], related=("hm9999",))
    assert "hm0001: unknown concept hm9999" in broken(words, concepts={**words.concepts, "hm0001": lost})


def test_it_reports_a_preferred_label_that_two_concepts_share(words):
    taken = words.preferred_labels()["hm0002", "en"]
    labels = [
        dataclasses.replace(label, text=taken)
        if (label.concept, label.lang, label.kind) == ("hm0001", "en", "pref")
        else label
        for label in words.labels
    ]
    assert any("preferred label en" in fault for fault in broken(words, labels=tuple(labels)))


def test_it_reports_a_need_without_a_sentence_in_a_language(words):
    mute = dataclasses.replace(words.needs[0], sentence={"en": "He stopped sending money"})
    faults = broken(words, needs=(mute, *words.needs[1:]))
    assert sum("nothing in" in fault for fault in faults) == 3
