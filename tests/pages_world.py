"""People and pages of the tests of pages: two editors of the centre, one of the gender centre, and a supervisor who reads letters."""

from dataclasses import dataclass
from typing import Any

from django.test import Client


@dataclass(frozen=True)
class PagesWorld:
    cast: Any
    manizha: Any
    nigora: Any

    def client(self, person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client


def settled(cast: Any) -> PagesWorld:
    """Nigora edits for the centre beside Zarina, Manizha supervises it; both houses have their sections."""
    from hamroh.accounts.models import Membership, Role, User
    from hamroh.pages import actions

    nigora = User.objects.create_user("nigora", cast.password, display_name="Nigora Saidova", language="tg")
    manizha = User.objects.create_user("manizha", cast.password, display_name="Manizha Sharipova", language="tg")
    Membership.objects.create(user=nigora, organisation=cast.centre, role=Role.EDITOR)
    Membership.objects.create(user=manizha, organisation=cast.centre, role=Role.SUPERVISOR)
    for house in (cast.centre, cast.gender_centre):
        actions.ensure_sections(house)
    return PagesWorld(cast, manizha, nigora)


def written(world: PagesWorld, lang: str = "tg", **facts: Any) -> Any:
    """A draft of news by Zarina."""
    from hamroh.pages import actions

    told = {
        "title": "Дафтари нав дар Кӯлоб", "kind": "news", "summary": "Машварати ҳуқуқии ройгон дар маркази ноҳия.",
        "body": [("heading", "Кай ва куҷо"), ("text", "<p>Ҳар рӯзи душанбе.</p>")],
    } | facts  # fmt: skip
    return actions.write_page(actor=world.cast.zarina, organisation=world.cast.centre, lang=lang, **told)


def published(world: PagesWorld, lang: str = "tg", **facts: Any) -> Any:
    """News that anybody may read."""
    from hamroh.pages import actions

    page = written(world, lang, **facts)
    actions.publish_now(actor=world.cast.zarina, page=page)
    page.refresh_from_db()
    return page
