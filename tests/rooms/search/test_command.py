"""``hamroh reindex`` brings search back to what the records say."""

from click.testing import CliRunner

from hamroh.search import actions
from hamroh.search.models import Content
from hamroh.site.cli import main
from hamroh.thesaurus.actions.starter import load_starter_vocabulary
from hamroh.thesaurus.models import LabelKey
from search_documents import document, found


def test_it_builds_the_index_and_the_keys_of_labels_anew(db):
    load_starter_vocabulary(actor=None)
    keys = LabelKey.objects.count()
    LabelKey.objects.all().delete()
    actions.index_documents([document("stale", {"en": "Zebrawood"})])
    result = CliRunner().invoke(main, ["reindex"])
    assert result.exit_code == 0
    assert f"records: {Content.objects.count()}" in result.output
    assert found("zebrawood") == []
    assert len(found("алимент")) > 0
    assert LabelKey.objects.count() == keys


def test_it_explains_a_row_written_before_its_words_were_kept(db):
    actions.index_documents([document("a", {"tg": "Алимент"}, {"tg": "Алименти кӯдак аз падар."})])
    before = _shown("алимент")
    Content.objects.update(words=b"")
    assert "<mark>" in before[1]
    assert _shown("алимент") == before


def _shown(query):
    from hamroh.search import selectors

    (hit,) = selectors.results(query=query, language="tg").hits
    return hit.title, hit.snippet, hit.reasons
