"""Records as tests of the library need them: a special issue with two articles, a law, a research record."""

from typing import Any

TITLES = {"tg": "Занон ва муҳоҷират", "az": "Qadınlar və miqrasiya"}


def world() -> None:
    """Places and the starter vocabulary, which records name."""
    from hamroh.directory.actions import load_places
    from hamroh.thesaurus.actions import load_starter_vocabulary

    load_places(actor=None)
    load_starter_vocabulary(actor=None)


def facts(kind: str = "publication", **given: Any) -> Any:
    """Facts of a record of this kind."""
    from hamroh.library.actions import RecordFacts

    return RecordFacts(**({"kind": kind, "titles": TITLES, "date": "2026-05"} | given))


def kept(actor: Any, kind: str = "publication", **given: Any) -> Any:
    """A draft of who edits."""
    from hamroh.library.actions import keep_record

    return keep_record(actor=actor, facts=facts(kind, **given))


def published(actor: Any, kind: str = "publication", **given: Any) -> Any:
    """A record that everybody reads."""
    from hamroh.library.actions import publish_record

    return publish_record(actor=actor, record=kept(actor, kind, **given))


def special_issue(actor: Any) -> tuple[Any, list[Any]]:
    """A published issue with two published articles in it, the first in Tajik, the second in Azerbaijani."""
    issue = published(actor, "issue", details={"number": "1"})
    says = ({"tg": "Номаи нафақа"}, {"az": "Aliment məktubu"})
    return issue, [published(actor, "article", titles=each, part_of=issue.code) for each in says]


def law(actor: Any, **given: Any) -> Any:
    """A published law of Tajikistan that the rule packs cite."""
    from hamroh.library.actions import ActFacts

    act = {"country": "tj", "number": "574", "adopted": "1998-05-21", "status": "in_force", "law": "tj.crim"} | given
    titles = {"tg": "Кодекси ҷиноятӣ", "en": "Criminal Code"}
    return published(actor, "law", titles=titles, date="1998-05-21", act=ActFacts(**act))
