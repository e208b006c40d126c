"""A bulletin of the demonstration: a half-year told anew from what was printed of it, and a draft to try things out."""

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.bulletins import actions
from hamroh.bulletins.actions import Told
from hamroh.bulletins.models import Issue, Letter, Reader
from hamroh.bulletins.tokens import KEY, confirm_link
from hamroh.kernel import datafiles
from hamroh.pages.actions import add_picture, record_story
from hamroh.pages.models import Allowed, Picture
from hamroh.vault import journal

FILE = "demo/bulletin.yml"


def load_bulletin() -> None:
    """Through the room's own actions; a house that has an issue already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Issue.objects.filter(organisation=house).exists():
        return
    writes, releases = (User.objects.get(username=told[name]) for name in ("writes", "releases"))
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        pictures = {
            name: add_picture(actor=writes, organisation=house, content=_drawn(name), alts=alts)
            for name, alts in told["pictures"].items()
        }
        issue = _issue(writes, house, told, pictures)
        actions.ask_for_release(actor=writes, issue=issue, seen=issue.version)
        actions.release_issue(actor=releases, issue=issue, seen=issue.version)
        _draft(writes, house, told["draft"])
        _readers(house, told["readers"])


def _issue(writes: User, house: Organisation, told: Mapping[str, Any], pictures: Mapping[str, Picture]) -> Issue:
    issue = actions.begin_issue(
        actor=writes, organisation=house, titles=told["titles"], leads=told["leads"], from_date=told["from"], until_date=told["until"],
    )  # fmt: skip
    for each in told["sections"]:
        if each["kind"] == "story":
            _story(writes, issue, each)
        else:
            actions.write_section(actor=writes, issue=issue, told=_told(each, pictures))
    issue.refresh_from_db()
    return issue


def _told(each: Mapping[str, Any], pictures: Mapping[str, Picture]) -> Told:
    figures = {name: each[name] for name in ("look", "unit", "rows") if name in each}
    return Told(
        titles=each["titles"], texts=each.get("texts", {}), quotes=each.get("quotes", {}), source=each.get("source", ""),
        picture=pictures.get(each.get("picture", "")), figures=figures, kind=each["kind"],
    )  # fmt: skip


def _story(writes: User, issue: Issue, each: Mapping[str, Any]) -> None:
    """Recorded with what its invented narrator allows, taken as any other, and given a title."""
    row = record_story(
        actor=writes, organisation=issue.organisation, texts=each["texts"], allows=[Allowed.BULLETIN], given_date=dt.date(2011, 5, 2),
    )  # fmt: skip
    section = actions.take(actor=writes, issue=issue, key=f"story:{row.pk}")
    issue.refresh_from_db()
    actions.change_section(actor=writes, issue=issue, section=section.pk, told=Told(each["titles"]), seen=issue.version)


def _draft(writes: User, house: Organisation, told: Mapping[str, Any]) -> None:
    """The last half-year until today: what happened in it waits to be taken."""
    today = timezone.now().date()
    actions.begin_issue(
        actor=writes, organisation=house, titles=told["titles"], leads={}, from_date=today - dt.timedelta(days=182), until_date=today,
    )  # fmt: skip


def _readers(house: Organisation, told: list[tuple[str, str]]) -> None:
    for address, lang in told:
        actions.ask_for_it(organisation=house, address=address, lang=lang)
    for pk, lang in Reader.objects.filter(organisation=house).values_list("pk", "lang"):
        actions.confirm(token=confirm_link(pk, lang).partition(f"{KEY}=")[2])
    Letter.objects.filter(organisation=house).delete()


def _drawn(name: str) -> bytes:
    """A picture of the demonstration, drawn here: a road to hills, or bowls with coins."""
    from PIL import Image, ImageDraw

    made = Image.new("RGB", (1200, 620), "#f6f0e4")
    pen = ImageDraw.Draw(made)
    {"fields": _fields, "market": _bowls}[name](pen)
    out = io.BytesIO()
    made.save(out, "PNG")
    return out.getvalue()


def _fields(pen: Any) -> None:
    pen.rectangle((0, 0, 1200, 300), fill="#dbe6ee")
    pen.ellipse((960, 110, 1050, 200), fill="#e9b949")
    for points, colour in (
        ([(0, 300), (180, 150), (390, 260), (600, 120), (860, 290), (1200, 170), (1200, 330), (0, 330)], "#8aa3b5"),
        ([(0, 330), (260, 230), (520, 320), (800, 240), (1200, 310), (1200, 360), (0, 360)], "#b98a5e"),
    ):
        pen.polygon(points, fill=colour)
    pen.rectangle((0, 355, 1200, 620), fill="#c9b37e")
    for at in range(-900, 2200, 90):
        pen.line((600 + (at - 600) * 0.08, 356, at, 620), fill="#a78f58", width=7)
    pen.polygon([(575, 356), (625, 356), (790, 620), (410, 620)], fill="#efe3c8")


def _bowls(pen: Any) -> None:
    for middle, coins, colour in ((220, 6, "#1f4e79"), (600, 4, "#a4472b"), (980, 2, "#3d7a55")):
        for coin in range(coins):
            x, y = middle - 70 + (coin % 3) * 70, 300 - (coin // 3) * 62
            pen.ellipse((x - 36, y - 36, x + 36, y + 36), fill="#e9b949", outline="#a97c1c", width=5)
        pen.pieslice((middle - 160, 150, middle + 160, 510), 0, 180, fill=colour)
        pen.rectangle((middle - 70, 505, middle + 70, 525), fill=colour)
