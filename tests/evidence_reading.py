"""The printed profile, published, with a draft and a later release of public data beside it; and public pages asked for by address."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.test import Client

from evidence_world import Analysts, analysts, printed_edition
from hamroh.evidence.models import Edition


@dataclass(frozen=True)
class Shelf:
    """What the public can read: the published edition; a draft beside it that nobody may."""

    people: Analysts
    edition: Edition
    draft: Edition

    def figure(self, name: str) -> str:
        """The code of a figure of the printed profile."""
        return f"aze08-{name}"


def built(people: Analysts) -> Shelf:
    """What the tests of reading read."""
    made = Shelf(people, frozen(printed_edition(people), people), draft_beside(people))
    later_release(people)
    index()
    return made


def centres() -> Analysts:
    from types import SimpleNamespace

    from hamroh.accounts.models import Organisation

    centre = Organisation.objects.create(code="centre", names={"en": "Migrant Support Centre"}, country="tj")
    gender = Organisation.objects.create(code="gender", names={"en": "Gender Centre"}, country="az")
    return analysts(SimpleNamespace(centre=centre, gender_centre=gender))


def frozen(edition: Edition, people: Analysts) -> Edition:
    """The edition as publication leaves it."""
    from hamroh.evidence.models import FrozenEdition
    from hamroh.evidence.presenting.manifest import canonical, digest, manifest

    edition.titles = {"en": "Migration in Azerbaijan", "ru": "Миграция в Азербайджане"}
    edition.apparatus |= {"acronyms": {"IDP": {"en": "internally displaced person"}}, "authors": "The centre"}
    edition.save()
    edition.blocks.create(key="n-6.7", section="6.7", kind="narrative", position=0, content={"texts": {
        "en": "Every IDP counts: {{obs:aze08-6.7g}} were registered. <script>alert(1)</script>",
    }})  # fmt: skip
    content = canonical(manifest(edition))
    FrozenEdition.objects.create(edition=edition, manifest=content, digest=digest(content), frozen_by=people.davlat)
    Edition.objects.filter(pk=edition.pk).update(state="published")
    return Edition.objects.get(pk=edition.pk)


def draft_beside(people: Analysts) -> Edition:
    """An edition for the next year with a figure that is not public."""
    from hamroh.evidence.actions import record_observation
    from hamroh.evidence.models import Block, Indicator, Profile, Template, Vintage

    draft = Edition.objects.create(
        profile=Profile.objects.get(key="azerbaijan"), organisation=people.centre, template=Template.objects.get(),
        label="2009", titles={"en": "Not yet public"},
    )  # fmt: skip
    vintage = Vintage.objects.filter(source__key="statistics-2007").get()
    record_observation(
        actor=people.nigina, indicator=Indicator.objects.get(code="idps"), vintage=vintage, area="AZE", period="2006",
        code="secret-idps", value=Decimal(123_456), locator="draft",
    )  # fmt: skip
    Block.objects.create(edition=draft, key="F1", section="6.7", kind="figure", content={"obs": "secret-idps"})
    return draft


def later_release(people: Analysts) -> None:
    """A file of public data: what is said today of the migrant stock and of displaced people."""
    from hamroh.evidence.actions import record_source
    from hamroh.evidence.actions.recording import dates, series_of
    from hamroh.evidence.models import ImportBatch, Indicator, Observation, Vintage

    source = record_source(
        actor=people.nigina, key="un-desa", title="UN DESA, International Migrant Stock", kind="database", issued="2020"
    )
    vintage = Vintage.objects.create(source=source, label="2020 revision", released="2020-12", file_digest="0" * 64)
    for code, area, period, value in (
        ("migrant_stock", "AZE", "2005", 301_834), ("migrant_stock", "AZE", "2010", 276_901),
        ("migrant_stock", "TJK", "2005", 280_444), ("migrant_stock", "TJK", "2010", 279_808), ("idps", "AZE", "2006-12-31", 686_586),
    ):  # fmt: skip
        series = series_of(Indicator.objects.get(code=code), vintage, area, {})
        Observation.objects.create(
            series=series, value=Decimal(value), source=source, code=f"desa-{code}-{area}-{period}", **dates(period)
        )
    ImportBatch.objects.create(organisation=people.centre, vintage=vintage, digest="0" * 64)


def index() -> None:
    from hamroh.evidence.selectors import search_documents
    from hamroh.search.actions import index_documents

    index_documents(search_documents())


def page(client: Client, path: str, lang: str = "en") -> str:
    """The page as text; it must be there."""
    answer: Any = client.get(f"/{lang}/evidence/{path}")
    assert answer.status_code == 200, path
    return str(answer.content.decode())
