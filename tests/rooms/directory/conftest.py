"""What tests of the directory stand on: a few places and concepts, and the facts of a bureau."""

import datetime as dt
from typing import Any

import pytest

TODAY = dt.date(2026, 11, 22)
_UNITS = (
    ("tj", 1438, "country", None, "TJ", {"en": "Tajikistan", "tg": "Тоҷикистон"}),
    ("tj-kt", 4119, "region", "tj", "TJ-KT", {"en": "Khatlon region", "tg": "Вилояти Хатлон"}),
    ("tj-kt-bokhtar", 4711, "city", "tj-kt", "", {"en": "Bokhtar", "tg": "Бохтар"}),
    ("tj-kt-vakhsh", 4713, "district", "tj-kt", "", {"en": "Vakhsh", "tg": "Вахш"}),
    ("az", 6294, "country", None, "AZ", {"en": "Azerbaijan", "az": "Azərbaycan"}),
    ("az-ba-city", 5100, "city", "az", "AZ-BA", {"en": "Baku", "az": "Bakı"}),
)
_CONCEPTS = (
    ("hm0063", None, {"en": "legal aid", "tg": "кӯмаки ҳуқуқӣ", "ru": "правовая помощь", "az": "hüquqi yardım"}),
    ("hm0064", "hm0063", {"en": "legal consultation", "tg": "машварати ҳуқуқӣ"}),
    ("hm0152", None, {"en": "shelter", "tg": "паноҳгоҳ", "az": "sığınacaq"}),
    ("hm9001", "hm0152", {"en": "shelter for a night"}),
)


@pytest.fixture
def units(db: None) -> dict[str, Any]:
    """Khatlon with Bokhtar and Vakhsh, and Baku, by key."""
    from hamroh.directory.models import AdminUnit, UnitAncestor

    made: dict[str, Any] = {}
    for key, code, level, parent, iso, names in _UNITS:
        unit = AdminUnit.objects.create(
            key=key, code=code, level=level, parent=made.get(parent or ""), iso=iso, names=names
        )
        made[key] = above = unit
        for distance in range(4):
            if above is not None:
                UnitAncestor.objects.create(unit=unit, ancestor=above, distance=distance)
                above = above.parent
    return made


@pytest.fixture
def concepts(db: None) -> dict[str, Any]:
    """Legal aid with legal consultation beneath it, and shelter with one for a night."""
    from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, Scheme

    scheme = Scheme.objects.create(code="words", uri="https://example.org/words", titles={"en": "Words"})
    made: dict[str, Any] = {}
    for key, broader, labels in _CONCEPTS:
        concept = made[key] = Concept.objects.create(scheme=scheme, key=key, uri=f"https://example.org/words/{key}")
        for distance, ancestor in enumerate([concept, *([made[broader]] if broader else [])]):
            ConceptAncestor.objects.create(concept=concept, ancestor=ancestor, distance=distance)
        for lang, text in labels.items():
            Label.of(concept, lang, text).save()
    return made


@pytest.fixture
def bureau_facts(units: dict[str, Any], concepts: dict[str, Any]) -> Any:
    """A registered organisation in Bokhtar with an office, a hotline, a printed number and a short name."""
    from hamroh.directory.actions import LocationFacts, NameFacts, PartyFacts, PhoneFacts, SourceFacts

    return PartyFacts(
        kind="registered_ngo",
        names={"en": "Bureau of rights", "tg": "Бюрои ҳуқуқ"},
        other_names=(NameFacts(text="Perspektiva", lang="ru", kind="former", until="2009"),),
        description={"en": "Lawyers for families."},
        seat="tj-kt-bokhtar",
        subjects=("hm0063",),
        sources=(SourceFacts(title="A newsletter", locator="page 3", as_of="2011"),),
        phones=(
            PhoneFacts(number="+992 44 600 01 23", kind="hotline", languages=("tg",), safe_to_call="yes"),
            PhoneFacts(number="2-31-45", printed="2008"),
        ),
        locations=(
            LocationFacts(confidentiality="public", unit="tj-kt-bokhtar", address={"en": "12 Vahdat St"}, key="office"),
        ),
    )


@pytest.fixture
def advice_facts() -> Any:
    """Free legal advice at the office on Mondays, for Khatlon."""
    from hamroh.directory.actions import ScheduleFacts, ServiceFacts

    return ServiceFacts(
        names={"en": "Legal advice", "tg": "Машварати ҳуқуқӣ"},
        kinds=("hm0064",),
        cost="free",
        languages=("tg", "ru"),
        traits=("woman_specialist",),
        areas=("tj-kt",),
        locations=("office",),
        schedules=(ScheduleFacts(days=("MO",), opens_at=dt.time(9), closes_at=dt.time(17)),),
    )


@pytest.fixture
def bureau(cast: Any, bureau_facts: Any) -> Any:
    """The bureau, listed, kept by the centre that Zarina edits for."""
    from hamroh.directory import actions

    party = actions.create_party(actor=cast.zarina, facts=bureau_facts, key="bureau")
    return actions.list_entry(actor=cast.zarina, entry=party)


@pytest.fixture
def advice(cast: Any, bureau: Any, advice_facts: Any) -> Any:
    """The bureau's legal advice, listed."""
    from hamroh.directory import actions

    service = actions.create_service(actor=cast.zarina, party=bureau, facts=advice_facts, key="advice")
    return actions.list_entry(actor=cast.zarina, entry=service)
