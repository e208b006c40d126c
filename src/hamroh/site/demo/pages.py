"""News and pages of the demonstration, through the actions of their room."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from hamroh.accounts.models import Organisation, User
from hamroh.pages import actions
from hamroh.pages.models import Article

DATA = Path(__file__).resolve().parents[2] / "data" / "demo" / "pages.yml"


@transaction.atomic
def load_pages() -> None:
    """Write and publish what the file holds, in every language, the first of which the others are translated from; once."""
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    house = Organisation.objects.get(code=told["organisation"])
    author = User.objects.get(username=told["author"])
    if Article.objects.filter(organisation=house).exists():
        return
    actions.ensure_sections(house)
    for item in told["items"]:
        _publish(item, house, author)


def _publish(item: dict[str, Any], house: Organisation, author: User) -> None:
    page = actions.write_page(
        actor=author,
        organisation=house,
        lang="en",
        kind=item["kind"],
        day=dt.date.fromisoformat(f"{item['day'] or item['after']}-01-01"[:10]),
        known={0: "not", 4: "year", 7: "month"}.get(len(item["day"]), "day"),
        **_said(item, "en"),
    )
    actions.publish_now(actor=author, page=page)
    page.refresh_from_db()
    for lang in ("az", "ru", "tg"):
        made = actions.begin_translation(actor=author, page=page, lang=lang)
        for name, value in _said(item, lang).items():
            setattr(made, name, value)
        made.save_revision(user=author)
        actions.publish_now(actor=author, page=made)


def _said(item: dict[str, Any], lang: str) -> dict[str, Any]:
    body = [("text", f"<p>{item['text'][lang]}</p>"), ("help", None)]
    return {"title": item["title"][lang], "summary": item["summary"][lang], "body": body}
