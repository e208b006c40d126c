"""What a search finds, in which order, and what it says of it; on both databases."""

import pytest

from hamroh.kernel.vocabulary import Expansion
from hamroh.search import actions, selectors
from hamroh.search.documents import Part, Passage
from search_documents import document, found, results

pytestmark = pytest.mark.usefixtures("index")


def index(*documents):
    actions.index_documents(documents)


@pytest.mark.parametrize(
    ("title", "lang", "query"),
    [
        ("Кӯмаки ҳуқуқӣ ба занон", "tg", "занонро"),
        ("Кӯмаки ҳуқуқӣ ба занон", "tg", "хукуки"),
        ("Şəxsiyyət vəsiqəsi", "az", "vəsiqələr"),
        ("Qaynar xətt", "az", "QAYNAR"),
        ("Uşaq bağçası", "az", "usaq"),
        ("Алименты на ребёнка", "ru", "алиментов"),
        ("Алименты на ребёнка", "ru", "ребенок"),
        ("Алименты на ребёнка", "ru", "fkbvtyns"),
        ("Divorced women", "en", "divorces"),
    ],
)
def test_it_finds_a_word_however_it_was_typed(title, lang, query):
    index(document("a", {lang: title}), document("b", {"en": "Weather"}))
    assert found(query) == ["a"]


def test_it_puts_titles_before_names_before_subjects_before_texts():
    index(
        document("body", {"en": "One"}, {"en": "A notary."}),
        document("subject", {"en": "Two"}, passages=[Passage(Part.SUBJECT, "en", "notary")]),
        document("name", {"en": "Three"}, passages=[Passage(Part.NAME, "en", "notary")]),
        document("title", {"en": "Notary"}),
    )
    assert found("notary") == ["title", "name", "subject", "body"]


def test_it_puts_the_word_as_written_before_its_other_forms():
    index(document("form", {"ru": "Нотариусы"}), document("exact", {"ru": "Нотариус"}))
    assert found("нотариус") == ["exact", "form"]


def test_it_puts_records_with_every_word_first():
    index(
        document("one", {"en": "Lawyer"}, quality=1.0),
        document("both", {"en": "People"}, {"en": "a lawyer in the district"}, quality=0.0),
    )
    page = results("lawyer district")
    assert [hit.record_id for hit in page.hits] == ["both", "one"]
    assert (page.total, page.complete) == (2, 1)


def test_it_settles_equal_hits_by_quality():
    index(document("poor", {"en": "Court"}, quality=0.2), document("good", {"en": "Court"}, quality=0.9))
    assert found("court") == ["good", "poor"]


def test_it_finds_a_phrase_only_where_its_words_stand_together():
    index(document("apart", {"en": "Aid that is legal"}), document("together", {"en": "Legal aid"}))
    assert found("«legal aid»") == ["together"]


def test_it_leaves_out_what_a_minus_names():
    index(document("a", {"ru": "Алименты: соглашение"}), document("b", {"ru": "Алименты: суд"}))
    assert found("алименты -соглашения") == ["b"]


def test_it_searches_what_the_vocabulary_says_too():
    index(document("a", {"az": "Sığınacaq"}), document("b", {"az": "Bağça"}))
    expansion = Expansion("shelter", "sığınacaq", "az", 1.0, "other_language", "hm0152")
    assert found("shelter", expansions=[expansion]) == ["a"]


def test_it_puts_what_was_typed_before_what_the_vocabulary_says():
    index(document("other", {"ru": "Убежище"}), document("typed", {"en": "Shelter"}))
    assert found("shelter", expansions=[Expansion("shelter", "убежище", "ru", 1.0, "other_language", "x")]) == [
        "typed",
        "other",
    ]


def test_it_puts_a_slip_right_and_says_so():
    index(document("a", {"en": "Passport office"}), document("b", {"en": "Weather"}))
    page = results("pasport")
    assert [hit.record_id for hit in page.hits] == ["a"]
    assert page.did_you_mean == "passport"
    assert page.hits[0].reasons[0].why == "corrected"


def test_it_says_why_each_part_was_met():
    index(document("a", {"tg": "Алименти фарзанд"}, {"tg": "Дар суд."}))
    reasons = results("алимент додгоҳ").hits[0].reasons
    assert [(reason.why, reason.typed, reason.found, str(reason.part)) for reason in reasons] == [
        ("form", "алимент", "Алименти", "title"),
        ("missing", "додгоҳ", "", ""),
    ]


def test_it_marks_words_in_snippets_and_keeps_markup_harmless():
    index(document("a", {"en": "<b>Aid</b>"}, {"en": "Go & see <script>the lawyer</script>"}))
    hit = results("lawyer aid", "en").hits[0]
    assert hit.title == "&lt;b&gt;<mark>Aid</mark>&lt;/b&gt;"
    assert hit.snippet == "Go &amp; see &lt;script&gt;the <mark>lawyer</mark>&lt;/script&gt;"


def test_it_cuts_a_snippet_around_the_words():
    index(document("a", {"en": "Story"}, {"en": "word " * 200 + "notary " + "word " * 200}))
    snippet = results("notary", "en").hits[0].snippet
    assert "<mark>notary</mark>" in snippet
    assert len(snippet) < 300


def test_it_shows_the_title_in_the_reader_s_language():
    index(document("a", {"ru": "Суд", "tg": "Додгоҳ"}))
    hit = results("суд", "tg").hits[0]
    assert (hit.title, hit.title_lang, hit.address) == ("Додгоҳ", "tg", "/tg/d/a/")


def three_services():
    index(
        document("a", {"en": "Court"}, facets={"place": ["tj", "tj.sughd"]}),
        document("b", {"en": "Court"}, facets={"place": ["tj", "tj.khatlon"]}),
        document("c", {"ru": "Court"}, facets={"place": ["az"]}),
    )


def test_it_counts_facets_as_if_nothing_of_their_own_were_chosen():
    three_services()
    page = results("court", facets={"place": ["tj.sughd"], "language": ["en"]})
    assert [(one.value, one.count, one.selected) for one in page.facets["place"]] == [
        ("tj", 2, False),
        ("tj.khatlon", 1, False),
        ("tj.sughd", 1, True),
    ]
    assert [(one.value, one.count) for one in page.facets["language"]] == [("en", 1)]


def test_it_filters_by_any_value_of_a_facet_and_by_all_facets():
    three_services()
    assert set(found("court", facets={"place": ["tj.sughd", "az"]})) == {"a", "c"}
    assert found("court", facets={"place": ["tj.sughd", "az"], "language": ["ru"]}) == ["c"]


def test_it_keeps_a_chosen_value_that_nothing_has():
    three_services()
    page = results("court", facets={"place": ["nowhere"]})
    assert page.total == 0
    assert [one.value for one in page.facets["place"] if one.selected] == ["nowhere"]


def test_it_lists_the_public_records_of_a_value():
    three_services()
    about = selectors.records_about(facet="place", value="tj", language="en")
    assert {hit.record_id for hit in about.hits} == {"a", "b"}
    assert selectors.facet_values()["place"]["tj"] == 2


def test_it_turns_pages_without_losing_or_repeating_a_record():
    index(*(document(f"r{number}", {"en": "Court"}) for number in range(25)))
    pages = [found("court", page=number, per_page=10) for number in (1, 2, 3)]
    assert sorted(one for page in pages for one in page) == sorted(f"r{number}" for number in range(25))


def test_it_finds_nothing_for_nothing():
    three_services()
    assert results("").total == results("   «» - ").total == 0


ATTACKS = [
    'court" OR 1=1',
    "court AND NOT x",
    "NEAR(court place)",
    "court*",
    "title:court",
    "{title}: court",
    "^court",
    "'court'",
    "court' & !x | (y:*)",
    "court\\' \\",
    "\0court",
    "court -",
    "court--",
    '"""court',
    "court 🤝 ﷽ \u202e",
    "court %s %(x)s {0}",
]


@pytest.mark.parametrize("query", ATTACKS)
def test_it_reads_the_syntax_of_databases_as_words(query):
    index(document("a", {"en": "Court"}))
    assert found(query, "en") == ["a"]


def test_it_reads_the_beginning_of_a_giant_query():
    index(document("a", {"en": "Court"}))
    assert found("court " + "x" * 100_000, "en") == ["a"]
