"""Suggestions: made by anybody, discussed, voted on, decided by the keeper's editors and carried out."""

import pytest

from hamroh.accounts.policy import Refused
from hamroh.thesaurus import actions
from hamroh.thesaurus.actions import EditRefused
from hamroh.thesaurus.models import Concept, Label, Suggestion, Vote
from hamroh.vault.models import JournalLine

FORM = {"kind": "label", "lang": "tg", "text": "сарпаноҳ", "why": "said_so"}


@pytest.fixture
def shelter(own):
    return Concept.objects.select_related("scheme").get(key="shelter")


@pytest.fixture
def suggestion(shelter, cast):
    return actions.suggest(
        actor=cast.aygun, organisation=cast.gender_centre, scheme=shelter.scheme, concept=shelter,
        kind="label", lang="tg", text="сарпаноҳ", why="said_so", explanation="So they say in the south.",
    )  # fmt: skip


def decide(cast, suggestion, own, *, to="accepted", reason="Heard in two districts.", actor=None):
    return actions.decide(actor=actor or cast.zarina, suggestion=suggestion, layer=own, to=to, reason=reason)


def test_it_carries_an_accepted_label_out_in_the_layer(suggestion, own, cast):
    assert decide(cast, suggestion, own).state == "accepted"
    label = Label.objects.get(text="сарпаноҳ")
    assert (label.scheme, label.kind) == (own, "alt")


def test_it_makes_an_accepted_concept(own, cast):
    made = actions.suggest(
        actor=cast.zarina, organisation=cast.centre, scheme=own, concept=None,
        kind="concept", lang="en", text="Tent", why="no_word", other=Concept.objects.get(key="shelter"),
    )  # fmt: skip
    done = decide(cast, made, own)
    assert (done.made.key, done.made.status) == ("tent", "approved")


def test_it_changes_a_word_by_a_label_of_the_layer(shelter, own, cast):
    made = actions.suggest(
        actor=cast.zarina, organisation=cast.centre, scheme=shelter.scheme, concept=shelter,
        kind="change", lang="tg", text="сарпаноҳ", instead_of="паноҳгоҳ", why="hurts",
    )  # fmt: skip
    decide(cast, made, own)
    assert Label.objects.get(concept=shelter, lang="tg", kind="pref", scheme=own).text == "сарпаноҳ"
    assert Label.objects.get(concept=shelter, lang="tg", kind="pref", scheme=shelter.scheme).text == "паноҳгоҳ"


def test_it_carries_out_nothing_where_the_vocabulary_refuses(own, cast):
    made = actions.suggest(
        actor=cast.zarina, organisation=cast.centre, scheme=own.extends, why="out_of_use", kind="deprecation",
        concept=Concept.objects.get(key="shelter"),
    )  # fmt: skip
    with pytest.raises(EditRefused):
        decide(cast, made, own)
    assert Suggestion.objects.get().state == "open"


def test_it_lets_only_the_keepers_editors_decide(suggestion, own, cast):
    with pytest.raises(Refused):
        decide(cast, suggestion, own, actor=cast.aygun)


def test_it_wants_a_reason(suggestion, own, cast):
    with pytest.raises(EditRefused, match="Say why"):
        decide(cast, suggestion, own, reason="  ")


def test_it_decides_once(suggestion, own, cast):
    decide(cast, suggestion, own, to="rejected")
    with pytest.raises(EditRefused, match="decided already"):
        decide(cast, suggestion, own)


def test_it_counts_one_vote_each_the_last_one(suggestion, cast):
    for choice in ("for", "against"):
        actions.vote(actor=cast.zarina, suggestion=suggestion, choice=choice)
    actions.vote(actor=cast.aygun, suggestion=suggestion, choice="for")
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["against", "for"]


def test_it_is_in_discussion_once_somebody_spoke(suggestion, cast):
    actions.discuss(actor=cast.zarina, suggestion=suggestion, text="Here too.")
    assert Suggestion.objects.get().state == "discussed"


def test_it_is_taken_back_by_who_made_it_alone(suggestion, cast):
    with pytest.raises(EditRefused):
        actions.withdraw(actor=cast.zarina, suggestion=suggestion)
    assert actions.withdraw(actor=cast.aygun, suggestion=suggestion).state == "withdrawn"


def test_it_hears_the_public_without_a_trace(client, shelter):
    answer = client.post("/tg/thesaurus/homes/c/shelter/suggest/", FORM)
    assert (answer.status_code, answer["Location"]) == (303, "/tg/thesaurus/thanks/")
    made = Suggestion.objects.get()
    assert (made.text, made.made_by, made.organisation) == ("сарпаноҳ", None, None)
    assert not answer.cookies
    assert not JournalLine.objects.filter(verb__startswith="thesaurus.suggest").exists()


def test_it_counts_the_same_of_one_day(client, shelter):
    for _again in range(3):
        client.post("/tg/thesaurus/homes/c/shelter/suggest/", FORM)
    assert Suggestion.objects.get().times == 3


def test_it_keeps_no_more_than_a_days_measure(client, shelter):
    for number in range(14):
        client.post("/tg/thesaurus/homes/c/shelter/suggest/", {**FORM, "text": "панаҳ" + "а" * number})
    assert Suggestion.objects.count() == 10


def test_it_thanks_a_machine_and_keeps_nothing(client, shelter):
    answer = client.post("/tg/thesaurus/homes/c/shelter/suggest/", {**FORM, "website": "http://spam.example"})
    assert answer.status_code == 303
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("text", ["write to a@example.org", "+992 90 123 45 67", "https://example.org"])
def test_it_takes_no_address_or_number_from_the_public(client, shelter, text):
    answer = client.post("/en/thesaurus/homes/c/shelter/suggest/", {**FORM, "text": text})
    assert answer.status_code == 422
    assert "Write only the word itself" in answer.content.decode()
    assert not Suggestion.objects.exists()


def test_it_hears_of_a_missing_concept(client, own):
    client.post("/en/thesaurus/centre/suggest/", {"lang": "en", "text": "Tent", "why": "no_word"})
    assert Suggestion.objects.get().kind == "concept"


def test_it_shows_suggestions_to_editors_and_to_who_made_them(client, suggestion, cast):
    address = f"/desk/thesaurus/suggestions/{suggestion.pk}/"
    for person, status in ((cast.zarina, 200), (cast.aygun, 200), (cast.temur, 404), (cast.rustam, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_it_is_decided_at_the_desk(client, suggestion, own, cast):
    client.force_login(cast.zarina)
    address = f"/desk/thesaurus/suggestions/{suggestion.pk}/"
    client.post(f"{address}say/", {"text": "We hear it too."})
    client.post(f"{address}vote/", {"choice": "for"})
    assert client.post(f"{address}decide/", {"to": "accepted", "layer": "centre", "reason": ""}).status_code == 422
    client.post(f"{address}decide/", {"to": "accepted", "layer": "centre", "reason": "Heard."})
    text = client.get(address).content.decode()
    assert "We hear it too." in text
    assert "Heard." in text
    assert Label.objects.filter(text="сарпаноҳ", scheme=own).exists()


def test_it_lets_anybody_at_work_suggest(client, shelter, cast):
    client.force_login(cast.temur)
    said = {"kind": "mapping", "lang": "en", "text": "https://example.org/x/1", "why": "law", "other": ""}
    answer = client.post("/desk/thesaurus/suggest/homes/shelter/", said)
    assert answer.status_code == 303
    assert Suggestion.objects.get().organisation == cast.centre


def test_it_lists_suggestions_in_a_constant_number_of_queries(client, shelter, cast, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.zarina)
    counts = []
    for number in (1, 6):
        for word in range(number):
            actions.suggest(
                actor=cast.zarina, organisation=cast.centre, scheme=shelter.scheme, concept=shelter,
                kind="label", lang="en", text=f"w{number}{word}", why="said_so",
            )  # fmt: skip
        client.get("/desk/thesaurus/suggestions/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/desk/thesaurus/suggestions/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
