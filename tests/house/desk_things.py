"""What the routes of the desk are about: something of every sort in the database, and the same of nothing."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from desk_routes import route
from django.urls import reverse
from django.utils import timezone
from world import World

#: nobody of these works with figures
_FIGURES = {"concept": "idps", "area": "AZE", "period": "2006", "form": "pdf"}


@dataclass(frozen=True)
class Things:
    """What routes are about: ``there`` stands in the database, ``missing`` does not."""

    there: dict[str, str]
    missing: dict[str, str]

    def address(self, name: str, *, missing: bool = False) -> str:
        wanted = route(name).pattern.regex.groupindex
        kwargs = dict(self.missing if missing else self.there)
        if name == "retention:period":
            kwargs["of"] = "nothing" if missing else "sealed_matter"
        if name.startswith("upkeep:"):
            kwargs["task"] = kwargs["broken"]
        if name.startswith("pages-desk:"):
            story = "letter" if name in ("pages-desk:letter", "pages-desk:answered") else "story"
            kwargs |= {"code": kwargs["article"], "pk": kwargs[story], "lang": "az"}
        elif name.startswith("library-desk:"):
            kwargs |= {"code": kwargs["book"], "kind": "publication"}
        elif "party" in name or name.endswith(("new-service", "consent", "stand-for")):
            kwargs |= {"of": "party", "code": kwargs["party"]}
        return reverse(name, kwargs={field: kwargs[field] for field in wanted})


def made(world: World) -> Things:
    """Something of every sort that a route is about."""
    from hamroh.accounts.models import User
    from hamroh.directory import actions
    from hamroh.directory.models import EmergencyRoute, Party, Report, Service

    User.objects.create_user("rustam", display_name="Rustam Saidov")
    service = Service.objects.get(code=world.service)
    group = Party.objects.get(code=world.group)
    actions.report_problem(entry=service, reason="moved")
    nowhere = str(uuid.uuid4())
    return Things(
        there={
            "of": "service", "code": service.code, "party": group.code, "consent": str(group.consents.get().pk),
            "report": str(Report.objects.get().pk), "key": EmergencyRoute.objects.earliest("pk").key,
            "token": "0" * 32, "house": "support-centre", "kind": "narrative", "figure": "tjk-1", **_accounts(), **_law(), **_FIGURES, **_words(), **_pages(), **_library(),
            "number": "1", "remark": nowhere, "other": "zzzzzzzz", "section": "1.1", "lang": "en", "pk": nowhere,
        },
        missing={
            "of": "service", "code": "zzzzzzzz", "party": "zzzzzzzz", "consent": nowhere, "report": nowhere,
            "key": "nowhere", "token": "0" * 32, "house": "nowhere", "member": nowhere, "link": nowhere, "waiting": nowhere, "admission": nowhere,
            "task": nowhere, "broken": nowhere, "glass": nowhere, "release": nowhere, "hold": nowhere, "line": nowhere,
            "kind": "narrative", "figure": "nothing", "rule": "tj.no.rule", "change": nowhere, "state": "XX", "year": "1999", **_FIGURES,
            "number": "1", "remark": nowhere, "other": "zzzzzzzz", "section": "1.1", "lang": "en", "pk": nowhere,
            "book": "zzzzzzzz", "file": nowhere, "row": nowhere, "article": "zzzzzzzz", "story": nowhere, "letter": nowhere,
            **dict.fromkeys(("layer", "home", "word", "part", "group"), "nowhere"), "suggestion": nowhere, "label": nowhere,
        },
    )  # fmt: skip


def _library() -> dict[str, str]:
    """A record of the keeper's organisation with a file and printed copies."""
    from io import BytesIO

    from hamroh.accounts.models import Organisation, User
    from hamroh.directory.models import AdminUnit
    from hamroh.library import actions

    editor, house = User.objects.get(username="zarina"), Organisation.objects.get(code="support-centre")
    facts = actions.RecordFacts(kind="publication", titles={"en": "A book of ours"})
    book = actions.keep_record(actor=editor, organisation=house, facts=facts)
    file = actions.add_file(actor=editor, record=book, content=BytesIO(b"Salom"), name="salom.txt")
    row = actions.record_copies(
        actor=editor, record=book, unit=AdminUnit.objects.earliest("pk"), on_date=timezone.localdate(), copies=5, language="tg"
    )  # fmt: skip
    return {"book": book.code, "file": str(file.pk), "row": str(row.pk)}


def _pages() -> dict[str, str]:
    """News in two languages, a story and a letter of the keeper's organisation."""
    from hamroh.accounts.models import Organisation, User
    from hamroh.pages import actions
    from hamroh.pages.models import Letter

    editor, house = User.objects.get(username="zarina"), Organisation.objects.get(code="support-centre")
    page = actions.write_page(
        actor=editor, organisation=house, lang="en", title="News", kind="news", summary="What is new."
    )
    actions.begin_translation(actor=editor, page=page, lang="az")
    today = timezone.localdate()
    story = actions.record_story(
        actor=editor, organisation=house, texts={"en": "I was."}, allows=["page"], given_date=today
    )
    actions.take_letter(organisation=house, words="Salom", way_back="", lang="tg")
    return {"article": page.code, "story": str(story.pk), "letter": str(Letter.objects.get().pk)}


def _words() -> dict[str, str]:
    """A vocabulary that the keeper's organisation keeps, with a concept, a group and a suggestion."""
    from hamroh.accounts.models import Organisation, User
    from hamroh.thesaurus import actions
    from hamroh.thesaurus.models import Scheme

    editor, house = User.objects.get(username="zarina"), Organisation.objects.get(code="support-centre")
    ours = Scheme.objects.create(
        code="ours", uri="urn:example:ours", titles={"en": "Ours"}, layer="national", maintainer=house
    )
    word = actions.add_concept(actor=editor, scheme=ours, key="our-word", labels={"en": "our word"})
    group = actions.add_group(actor=editor, scheme=ours, titles={"en": "Our group"})
    suggestion = actions.suggest(
        actor=editor,
        organisation=house,
        scheme=ours,
        concept=word,
        kind="label",
        lang="en",
        text="word of ours",
        why="said_so",
    )
    return {
        "layer": "ours", "home": "ours", "word": word.key, "part": "note", "group": group.key,
        "suggestion": str(suggestion.pk), "label": str(word.labels.get().pk),
    }  # fmt: skip


def _law() -> dict[str, str]:
    """A rule of the packs, a change of it that somebody proposed, and days off of a year."""
    from hamroh.accounts.models import Organisation, User
    from hamroh.cases.models import LawChange

    rule = "tj.fc.81.shares"
    change = LawChange.objects.create(
        organisation=Organisation.objects.earliest("pk"), sort="corrected", about=rule, values={"doubt": "?"}, why="?",
        proposed_by=User.objects.get(username="temur"),
    )  # fmt: skip
    return {"rule": rule, "change": str(change.pk), "state": "TJ", "year": str(timezone.now().year)}


def _accounts() -> dict[str, str]:
    """Zarina's role, and a reset of her second factor that waits for the second person."""
    from hamroh.accounts.models import Link, LinkKind, Membership

    row = Membership.objects.get(user__username="zarina")
    ends = timezone.now() + timedelta(hours=1)
    link = Link.objects.create(
        kind=LinkKind.SECOND_FACTOR, organisation=row.organisation, user=row.user, made_by=None, expires_at=ends
    )
    return {"member": str(row.pk), "link": str(link.pk), **_desk(row.organisation), **_recovery(row)}


def _recovery(row: Any) -> dict[str, str]:
    """Zarina has lost her own key: she waits for a second person who lets her in again."""
    from hamroh.accounts.models import Admission
    from hamroh.vault.models import RecordKey, RecordKeyShare

    house, user, now = row.organisation, row.user, timezone.now()
    key = RecordKey.objects.create(
        organisation_id=house.pk,
        kind="sealedroom.shelter",
        record_id=uuid.uuid4(),
        made_at=now,
        commitment=b"",
        proof=b"",
    )
    RecordKeyShare.objects.create(record_key=key, user_id=user.pk, sealed=b"")
    asked = Admission.objects.create(organisation=house, user=user, signs="ABCD EFGH JKLM NPQR", asked_by=user)
    return {"waiting": str(user.pk), "admission": str(asked.pk)}


def _desk(house: Any) -> dict[str, str]:
    """A task of Temur's, and an emergency opening by Zarina's colleague."""
    from hamroh.accounts.models import BreakGlass, Task, User

    temur, now = User.objects.get(username="temur"), timezone.now()
    task = Task.objects.create(organisation=house, assignee=temur, words="Ring the ministry", due_date=now.date())
    glass = BreakGlass.objects.create(
        organisation=house, record_kind="sealedroom.matter", record_id=str(uuid.uuid4()), user=temur, reason="danger",
        words="He is at the door.", ends_at=now + timedelta(hours=4),
    )  # fmt: skip
    return {"task": str(task.pk), "glass": str(glass.pk), "broken": _broken(), **_retention(house, temur)}


def _broken() -> str:
    """A task of the background that failed."""
    from django_tasks_db.models import DBTaskResult

    row = DBTaskResult.objects.create(
        task_path="hamroh.vault.tasks.keep_house_daily", args_kwargs={"args": [], "kwargs": {}}, status="FAILED",
        backend_name="default", run_after=timezone.now(), exception_class_path="builtins.ValueError",
    )  # fmt: skip
    return str(row.pk)


def _retention(house: Any, temur: Any) -> dict[str, str]:
    """A matter that somebody proposed to let go, and one that is held."""
    from hamroh.vault import retention
    from hamroh.vault.actions import retention as actions
    from sealedroom.keeping import MATTERS
    from sealedroom.models import Matter

    old, held = (
        Matter.objects.create(organisation=house, opened_week="2018-01-01", closed_week="2019-03-04", name="Гулнора")
        for _ in range(2)
    )
    proposed = [actions.Proposed(MATTERS.rows().get(pk=old.pk), "old")]
    release = actions.propose(
        actor=temur, role="supervisor", of=MATTERS, organisation_id=house.pk, records=proposed, ground="due"
    )
    until = retention.today() + timedelta(days=9)
    hold = actions.hold(actor=temur, of=MATTERS, record=held, sort="held", why="court", until_date=until)
    return {"release": str(release.pk), "line": str(release.lines.get().pk), "hold": str(hold.pk)}
