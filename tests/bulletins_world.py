"""Who makes the bulletin in tests: Zarina edits, Lola plans, Manizha supervises; a story whose narrator allows it, a table that was let out."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cases_world import Office, open_office
from desk_world import NOW, employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.bulletins import actions
from hamroh.bulletins.actions import Told
from hamroh.bulletins.models import Issue, Section
from hamroh.bulletins.tokens import confirm_link
from hamroh.pages.actions import add_picture, record_story, withdraw_story
from hamroh.pages.models import Allowed, Story

#: told where it is allowed, so that it must be found there and nowhere else
WORDS = "Zwqxstory: my son has his name on paper now."
ADDRESS = "zwqxreader@example.org"
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 6, 30)


@dataclass(frozen=True)
class Press:
    """An office with an editor and who plans; an editor of another organisation."""

    office: Office
    zarina: User  #: editor
    lola: User  #: programme manager
    aygun: User  #: editor of the other organisation

    @property
    def house(self) -> Organisation:
        return self.office.centre

    @property
    def manizha(self) -> User:
        return self.office.manizha

    @property
    def zebo(self) -> User:
        return self.office.zebo


def open_press() -> Press:
    office = open_office()
    return Press(
        office, employ("zarina", office.centre, Role.EDITOR), employ("lola", office.centre, Role.PROGRAMME_MANAGER),
        employ("aygun", office.other, Role.EDITOR),
    )  # fmt: skip


def begun(press: Press, **more: Any) -> Issue:
    told = {
        "titles": {"en": "Nobody went to court alone", "tg": "Ҳеҷ кас танҳо ба суд нарафт", "ru": "Никто не шёл в суд один", "az": "Heç kim məhkəməyə tək getmədi"},
        "leads": {"en": "Half a year."}, "from_date": FIRST, "until_date": LAST,
    }  # fmt: skip
    return actions.begin_issue(actor=press.zarina, organisation=press.house, **told | more)


def article(
    press: Press, issue: Issue, title: str = "In the villages", text: str = "Lawyers drove out.", **more: Any
) -> Section:
    return actions.write_section(actor=press.zarina, issue=issue, told=Told({"en": title}, {"en": text}, **more))


def story(press: Press, *allows: str, texts: dict[str, str] | None = None, **more: Any) -> Story:
    return record_story(
        actor=press.zarina, organisation=press.house, texts=texts or {"en": WORDS}, allows=allows or (Allowed.BULLETIN,),
        given_date=dt.date(2026, 5, 1), **more,
    )  # fmt: skip


def with_story(press: Press, issue: Issue) -> tuple[Story, Section]:
    told = story(press)
    return told, actions.take(actor=press.zarina, issue=issue, key=f"story:{told.pk}")


def taken_back(press: Press, told: Story) -> None:
    withdraw_story(actor=press.zarina, story=told)


def out(press: Press, issue: Issue) -> Issue:
    """Zarina asks, Lola lets it out."""
    issue.refresh_from_db()
    actions.ask_for_release(actor=press.zarina, issue=issue, seen=issue.version)
    actions.release_issue(actor=press.lola, issue=issue, seen=issue.version)
    issue.refresh_from_db()
    return issue


def reader(press: Press, address: str = ADDRESS, lang: str = "en") -> Any:
    """Somebody who asked and said yes; the letter that asked her is not kept."""
    from hamroh.bulletins.models import Letter, Reader

    known = set(Reader.objects.values_list("pk", flat=True))
    actions.ask_for_it(organisation=press.house, address=address, lang=lang)
    row = Reader.objects.exclude(pk__in=known).get()
    assert actions.confirm(token=confirm_link(row.pk, lang).partition("k=")[2])
    Letter.objects.filter(reader=row).delete()
    row.refresh_from_db()
    return row


def picture(press: Press, **more: Any) -> Any:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((900, 600), 60).convert("RGB").save(out, "JPEG")
    facts = {"content": out.getvalue(), "alts": {"en": "A road through mountains"}, "credit": "Own"} | more
    return add_picture(actor=press.zarina, organisation=press.house, **facts)


__all__ = ["NOW"]
