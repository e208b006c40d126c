"""The public library: what is published is found, shown with all around it, cited, fed; drafts are nowhere."""

import json
from typing import Any

import feedparser
import pytest

from hamroh.library import actions, selectors
from library_world import kept, law, published, special_issue


def _page(client: Any, path: str, lang: str = "tg", **asked: str) -> str:
    answer = client.get(f"/{lang}/library/{path}", asked)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_it_shows_shelves_and_what_is_new(client: Any, cast: Any) -> None:
    published(cast.zarina)
    html = _page(client, "")
    assert "Занон ва муҳоҷират" in html
    assert "/tg/library/k/publication/" in html


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_it_shows_nowhere_what_is_not_public(client: Any, cast: Any, state: str) -> None:
    record = kept(cast.zarina, titles={"tg": "Канорист"})
    if state == "withdrawn":
        actions.publish_record(actor=cast.zarina, record=record)
        actions.withdraw_record(actor=cast.zarina, record=record)
    pages = ["", "k/publication/", "?q=канорист"]
    assert all("Канорист" not in _page(client, path) for path in pages)
    for path in ("", "cite.ris", "print/"):
        assert client.get(f"/tg/library/{record.code}/{path}").status_code == 404
    assert "Канорист" not in client.get("/feeds/library/tg.atom").content.decode()


def test_it_shows_the_articles_of_an_issue_in_order(client: Any, cast: Any) -> None:
    issue, (first, second) = special_issue(cast.zarina)
    actions.move_part(actor=cast.zarina, record=second, up=True)
    html = _page(client, f"{issue.code}/", "az")
    assert html.index(second.code) < html.index(first.code)


def test_it_shows_titles_in_every_language(client: Any, cast: Any) -> None:
    record = published(cast.zarina)
    html = _page(client, f"{record.code}/")
    assert '<li lang="az">Qadınlar və miqrasiya</li>' in html


def test_it_shows_status_of_a_law_and_the_rules_that_stand_in_it(client: Any, cast: Any, places: None) -> None:
    record = law(cast.zarina, law="tj.fc")
    html = _page(client, f"{record.code}/")
    assert "Амал мекунад" in html
    assert "/tg/info/r/" in html


def test_it_says_what_was_not_verified(client: Any, cast: Any, places: None) -> None:
    record = law(cast.zarina, status="not_known")
    assert "Бояд санҷида шавад" in _page(client, f"{record.code}/")


def test_it_tells_laws_as_of_a_day(cast: Any, places: None) -> None:
    import datetime as dt

    law(cast.zarina, repealed="2020-01-01")
    days = (dt.date(1998, 5, 20), dt.date(2019, 1, 1), dt.date(2020, 1, 1))
    assert [len(selectors.laws_of("tj", day)) for day in days] == [0, 1, 0]


def test_it_narrows_by_facets(client: Any, cast: Any) -> None:
    published(cast.zarina, "research", titles={"tg": "Занон ва кор"})
    published(cast.zarina)
    html = _page(client, "", q="занон", kind="research")
    assert "Занон ва кор" in html.replace("<mark>", "").replace("</mark>", "")
    assert "муҳоҷират</" not in html.replace("</mark>", "")


def test_it_rolls_subjects_up(client: Any, cast: Any, words: None) -> None:
    from hamroh.thesaurus.models import ConceptAncestor

    row = ConceptAncestor.objects.filter(distance=1).select_related("concept", "ancestor").first()
    assert row is not None
    subject = actions.SubjectFacts(concept=row.concept.uri)
    record = published(cast.zarina, subjects=(subject,))
    assert record.code in _page(client, "", subject=row.ancestor.key)


def test_it_leads_from_names_to_public_entries_only(client: Any, cast: Any) -> None:
    from hamroh.directory.actions import PartyFacts, create_party, list_entry

    party = create_party(actor=cast.zarina, facts=PartyFacts(kind="registered_ngo", names={"en": "House of Light"}))
    who = actions.ContributorFacts(names={"en": "House of Light"}, is_body=True, party=party.code)
    record = published(cast.zarina, contributors=(who,))
    hidden = _page(client, f"{record.code}/")
    list_entry(actor=cast.zarina, entry=party)
    assert f"/directory/{party.code}/" not in hidden
    assert f"/tg/directory/{party.code}/" in _page(client, f"{record.code}/")


def test_it_shows_related_records_both_ways(client: Any, cast: Any) -> None:
    first = published(cast.zarina, titles={"en": "The first one"})
    second = published(
        cast.zarina, titles={"en": "The second"}, links=(actions.LinkFacts(kind="cites", target=first.code),)
    )
    assert second.code in _page(client, f"{first.code}/")
    assert first.code in _page(client, f"{second.code}/")


def test_it_tells_of_no_related_draft(client: Any, cast: Any) -> None:
    draft = kept(cast.zarina, titles={"en": "Hidden plan"})
    record = published(cast.zarina, links=(actions.LinkFacts(kind="cites", target=draft.code),))
    assert "Hidden plan" not in _page(client, f"{record.code}/")


@pytest.mark.parametrize(
    ("form", "said"), [("ris", "TI  - Занон ва муҳоҷират"), ("bib", "title = {Занон ва муҳоҷират}"), ("json", "Занон")]
)
def test_it_is_cited_in_files(client: Any, cast: Any, form: str, said: str) -> None:
    record = published(cast.zarina)
    answer = client.get(f"/tg/library/{record.code}/cite.{form}")
    assert said in answer.content.decode()
    assert answer["Content-Disposition"] == f'attachment; filename="{record.code}.{form}"'


@pytest.mark.parametrize("style", ["gost-r-7-0-5-2008", "apa", "ieee", "nature"])
def test_it_is_cited_in_any_style(client: Any, cast: Any, style: str) -> None:
    who = actions.ContributorFacts(names={"tg": "Набиева, Ширин"})
    record = published(cast.zarina, contributors=(who,))
    html = _page(client, f"{record.code}/", style=style)
    cited = html.partition('id="citation">')[2].partition("</p>")[0]
    assert "Набиева" in cited
    assert "2026" in cited


def test_it_says_that_a_style_is_not_there(client: Any, cast: Any) -> None:
    record = published(cast.zarina)
    html = _page(client, f"{record.code}/", "en", style="../../etc/passwd")
    assert "no style of this name" in html


def test_it_lets_no_title_end_the_words_for_search_engines(client: Any, cast: Any) -> None:
    record = published(cast.zarina, titles={"en": "</script><script>alert(1)</script>"})
    html = _page(client, f"{record.code}/", "en")
    said = html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(said)["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in html


def test_it_leads_programs_by_headers(client: Any, cast: Any) -> None:
    record = published(cast.zarina)
    head = client.get(f"/tg/library/{record.code}/")["Link"]
    assert 'rel="cite-as"' in head
    assert "cite.bib" in head


def test_it_has_a_feed_that_a_parser_reads(client: Any, cast: Any) -> None:
    published(cast.zarina)
    fed = feedparser.parse(client.get("/feeds/library/kind/publication.tg.atom").content)
    assert not fed.bozo
    assert [entry.title for entry in fed.entries] == ["Занон ва муҳоҷират"]


def test_it_holds_what_is_narrower_in_a_feed_about_a_concept(client: Any, cast: Any, words: None) -> None:
    from hamroh.thesaurus.models import ConceptAncestor

    row = ConceptAncestor.objects.filter(distance=1).select_related("concept", "ancestor__scheme").first()
    assert row is not None
    published(cast.zarina, subjects=(actions.SubjectFacts(concept=row.concept.uri),))
    path = f"/feeds/library/about/{row.ancestor.scheme.code}/{row.ancestor.key}.tg.atom"
    assert len(feedparser.parse(client.get(path).content).entries) == 1


@pytest.mark.parametrize("path", ["kind/nothing.tg.atom", "xx.atom", "about/hamroh/nothing.tg.atom"])
def test_it_has_no_feed_of_nothing(client: Any, db: None, path: str) -> None:
    assert client.get(f"/feeds/library/{path}").status_code == 404


def test_it_shows_a_shelf_with_as_many_queries_for_many_as_for_one(
    client: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    published(cast.zarina)
    _page(client, "k/publication/")
    with CaptureQueriesContext(connection) as one:
        _page(client, "k/publication/")
    for _n in range(4):
        published(cast.zarina)
    with CaptureQueriesContext(connection) as many:
        _page(client, "k/publication/")
    assert len(many) == len(one)


def test_it_sets_no_cookie(client: Any, cast: Any) -> None:
    record = published(cast.zarina)
    assert not client.get(f"/tg/library/{record.code}/").cookies


def test_it_lets_programs_read_records_and_laws(client: Any, cast: Any, places: None) -> None:
    issue, articles = special_issue(cast.zarina)
    law(cast.zarina)
    kept(cast.zarina, titles={"en": "Hidden plan"})
    listed = client.get("/api/v1/library/records").json()
    assert listed["total"] == 4
    assert client.get(f"/api/v1/library/records/{issue.code}").json()["parts"] == [each.code for each in articles]
    assert [each["date"] for each in client.get("/api/v1/library/laws?country=tj").json()] == ["1998-05-21"]


def test_it_lets_programs_read_no_draft(client: Any, cast: Any) -> None:
    draft = kept(cast.zarina)
    assert client.get(f"/api/v1/library/records/{draft.code}").status_code == 404
