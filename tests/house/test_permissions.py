"""Who may open and do what at the desk: every route, every role, both methods; and what a form must bring."""

import functools
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from world import World

EDITORS = frozenset({"keeper", "editor"})
STAFF = EDITORS | {"administrator"}
KEEPER = frozenset({"keeper"})
ADMINISTRATOR = frozenset({"administrator"})
NOBODY = frozenset[str]()
#: keeper edits for the organisation that keeps the entry, editor for another one, outsider holds no role
PEOPLE = {"keeper": "zarina", "editor": "aygun", "administrator": "temur", "outsider": "rustam"}
#: route -> who may GET, who may POST; None where the method is not answered at all
EXPECTED: dict[str, tuple[frozenset[str] | None, frozenset[str] | None]] = {
    "desk": (STAFF, None),
    "day:new-task": (ADMINISTRATOR, ADMINISTRATOR),
    "day:task": (ADMINISTRATOR, ADMINISTRATOR),
    "day:finish-task": (None, ADMINISTRATOR),
    "day:reopen-task": (None, ADMINISTRATOR),
    "day:work-for": (None, STAFF),
    "day:notices": (STAFF, None),
    "day:read-notices": (None, STAFF),
    "day:looked": (STAFF, None),
    "day:counted": (NOBODY, None),
    "day:emergency": (NOBODY, NOBODY),
    "day:reviews": (NOBODY, None),
    "day:review": (None, NOBODY),
    "retention:queue": (NOBODY, None),
    "retention:propose": (NOBODY, NOBODY),
    "retention:keep": (NOBODY, NOBODY),
    "retention:asked": (NOBODY, NOBODY),
    "retention:proposal": (NOBODY, None),
    "retention:release": (None, NOBODY),
    "retention:send-back": (None, NOBODY),
    "retention:done": (NOBODY, None),
    "retention:certificate": (NOBODY, None),
    "retention:certificate-file": (NOBODY, None),
    "retention:holds": (NOBODY, None),
    "retention:new-hold": (NOBODY, NOBODY),
    "retention:lift": (None, NOBODY),
    "retention:mine": (NOBODY, None),
    "retention:object": (NOBODY, NOBODY),
    "retention:periods": (ADMINISTRATOR, None),
    "retention:period": (ADMINISTRATOR, ADMINISTRATOR),
    "figures:page": (NOBODY, None),
    "figures:release": (None, NOBODY),
    "figures:csv": (NOBODY, None),
    "figures:xlsx": (NOBODY, None),
    "law:rules": (EDITORS, None),
    "law:rule": (EDITORS, None),
    "law:change-rule": (NOBODY, NOBODY),
    "law:waiting": (EDITORS, None),
    "law:change": (EDITORS, None),
    "law:release": (None, NOBODY),
    "law:refuse": (None, NOBODY),
    "law:withdraw": (None, NOBODY),
    "law:take-back": (NOBODY, NOBODY),
    "law:days": (EDITORS, None),
    "law:new-days": (NOBODY, NOBODY),
    "directory-desk:queue": (EDITORS, None),
    "directory-desk:import": (EDITORS, EDITORS),
    "directory-desk:import-template": (EDITORS, None),
    "directory-desk:import-fate": (EDITORS, EDITORS),
    "directory-desk:new-party": (EDITORS, EDITORS),
    "directory-desk:step-report": (None, KEEPER),
    "directory-desk:verify-route": (None, EDITORS),
    "directory-desk:entries": (EDITORS, None),
    "directory-desk:entry": (KEEPER, None),
    "directory-desk:edit-party": (KEEPER, KEEPER),
    "directory-desk:new-service": (KEEPER, KEEPER),
    "directory-desk:add-consent": (None, KEEPER),
    "directory-desk:end-consent": (None, KEEPER),
    "directory-desk:edit-service": (KEEPER, KEEPER),
    "directory-desk:verify": (None, KEEPER),
    "directory-desk:move": (None, KEEPER),
    "evidence-desk:profiles": (NOBODY, None),
    "evidence-desk:brought": (NOBODY, None),
    "evidence-desk:bring": (NOBODY, NOBODY),
    "evidence-desk:look": (NOBODY, NOBODY),
    "evidence-desk:columns": (NOBODY, NOBODY),
    "evidence-desk:batch": (NOBODY, None),
    "evidence-desk:edition": (NOBODY, None),
    "evidence-desk:edition-file": (NOBODY, None),
    "evidence-desk:new-profile": (NOBODY, NOBODY),
    "evidence-desk:matrix": (NOBODY, None),
    "evidence-desk:front": (NOBODY, NOBODY),
    "evidence-desk:next": (NOBODY, NOBODY),
    "evidence-desk:findings": (NOBODY, None),
    "evidence-desk:answer": (None, NOBODY),
    "evidence-desk:take-back": (None, NOBODY),
    "evidence-desk:choose": (NOBODY, None),
    "evidence-desk:record": (NOBODY, NOBODY),
    "evidence-desk:paste": (NOBODY, NOBODY),
    "evidence-desk:new-block": (NOBODY, NOBODY),
    "evidence-desk:block": (NOBODY, NOBODY),
    "evidence-desk:move": (None, NOBODY),
    "evidence-desk:remove": (NOBODY, NOBODY),
    "evidence-desk:history": (NOBODY, None),
    "evidence-desk:restore": (None, NOBODY),
    "evidence-desk:correct": (NOBODY, NOBODY),
    "evidence-review:mine": (NOBODY, None),
    "evidence-review:edition": (NOBODY, None),
    "evidence-review:draft": (NOBODY, None),
    "evidence-review:whole": (NOBODY, None),
    "evidence-review:part": (NOBODY, None),
    "evidence-review:say": (NOBODY, NOBODY),
    "evidence-review:finish": (None, NOBODY),
    "evidence-review:comments": (NOBODY, None),
    "evidence-review:exchange": (NOBODY, NOBODY),
    "evidence-review:settle": (None, NOBODY),
    "evidence-review:open-round": (NOBODY, NOBODY),
    "evidence-review:ask": (NOBODY, NOBODY),
    "evidence-review:move-deadline": (NOBODY, NOBODY),
    "evidence-review:excuse": (None, NOBODY),
    "evidence-review:close-round": (None, NOBODY),
    "evidence-review:word": (NOBODY, NOBODY),
    "evidence-review:word-copy": (NOBODY, None),
    "evidence-review:move": (None, NOBODY),
    "evidence-review:withdraw": (NOBODY, NOBODY),
    "evidence-review:endorse": (NOBODY, NOBODY),
    "evidence-review:correct": (NOBODY, NOBODY),
    "evidence-review:difference": (NOBODY, None),
    "evidence-review:difference-csv": (NOBODY, None),
    "library-desk:records": (EDITORS, None),
    "library-desk:new": (EDITORS, EDITORS),
    "library-desk:record": (KEEPER, None),
    "library-desk:edit": (KEEPER, KEEPER),
    "library-desk:move": (None, KEEPER),
    "library-desk:order": (None, KEEPER),
    "library-desk:subjects": (KEEPER, KEEPER),
    "library-desk:files": (KEEPER, KEEPER),
    "library-desk:file": (None, KEEPER),
    "library-desk:content": (KEEPER, None),
    "library-desk:copies": (KEEPER, KEEPER),
    "library-desk:sheet": (KEEPER, None),
    "library-desk:remove-copies": (None, KEEPER),
    "archive-desk:units": (EDITORS, None),
    "archive-desk:new": (EDITORS, EDITORS),
    "archive-desk:sets": (EDITORS, EDITORS),
    "archive-desk:unit": (NOBODY, None),
    "archive-desk:original": (NOBODY, None),
    "archive-desk:voice": (NOBODY, None),
    "archive-desk:narrator": (NOBODY, None),
    "archive-desk:words-file": (NOBODY, None),
    "archive-desk:ohms": (NOBODY, None),
    "archive-desk:edit": (NOBODY, NOBODY),
    "archive-desk:move": (NOBODY, NOBODY),
    "archive-desk:add-media": (NOBODY, NOBODY),
    "archive-desk:media": (NOBODY, NOBODY),
    "archive-desk:add-voice": (NOBODY, NOBODY),
    "archive-desk:consent": (NOBODY, NOBODY),
    "archive-desk:withdraw": (NOBODY, NOBODY),
    "archive-desk:bring": (NOBODY, NOBODY),
    "archive-desk:words": (NOBODY, NOBODY),
    "archive-desk:new-part": (NOBODY, NOBODY),
    "archive-desk:part": (NOBODY, NOBODY),
    "archive-desk:set": (NOBODY, NOBODY),
    "archive-desk:state": (None, NOBODY),
    "library-desk:brought": (EDITORS, None),
    "library-desk:bring": (EDITORS, EDITORS),
    "library-desk:template": (EDITORS, None),
    "library-desk:columns": (EDITORS, EDITORS),
    "library-desk:look": (EDITORS, EDITORS),
    "library-desk:batch": (NOBODY, None),
    "library-desk:centres": (EDITORS, None),
    "library-desk:add-centre": (EDITORS, EDITORS),
    "library-desk:centre": (NOBODY, None),
    "library-desk:change-centre": (None, NOBODY),
    "library-desk:show-harvested": (None, NOBODY),
    "thesaurus-desk:bring": (EDITORS, EDITORS),
    "thesaurus-desk:confirm": (None, EDITORS),
    "thesaurus-desk:mine": (EDITORS, None),
    "thesaurus-desk:new-layer": (EDITORS, EDITORS),
    "thesaurus-desk:suggestions": (STAFF, None),
    "thesaurus-desk:suggestion": (EDITORS, None),
    "thesaurus-desk:say": (None, EDITORS),
    "thesaurus-desk:vote": (None, EDITORS),
    "thesaurus-desk:decide": (None, KEEPER),
    "thesaurus-desk:withdraw": (None, EDITORS),
    "thesaurus-desk:suggest-new": (STAFF, STAFF),
    "thesaurus-desk:suggest": (STAFF, STAFF),
    "thesaurus-desk:scheme": (KEEPER, None),
    "thesaurus-desk:find": (KEEPER, None),
    "thesaurus-desk:new-concept": (KEEPER, KEEPER),
    "thesaurus-desk:groups": (KEEPER, KEEPER),
    "thesaurus-desk:drop-group": (None, KEEPER),
    "thesaurus-desk:checks": (KEEPER, None),
    "thesaurus-desk:mend": (None, KEEPER),
    "thesaurus-desk:impact": (KEEPER, KEEPER),
    "thesaurus-desk:release": (KEEPER, KEEPER),
    "thesaurus-desk:concept": (KEEPER, None),
    "thesaurus-desk:take": (None, KEEPER),
    "thesaurus-desk:approve": (None, KEEPER),
    "thesaurus-desk:edit-label": (KEEPER, KEEPER),
    "thesaurus-desk:part": (KEEPER, KEEPER),
    "pages-desk:pages": (EDITORS, None),
    "pages-desk:new": (None, EDITORS),
    "pages-desk:pictures": (EDITORS, EDITORS),
    "pages-desk:stories": (EDITORS, None),
    "pages-desk:new-story": (EDITORS, EDITORS),
    "pages-desk:change-story": (KEEPER, KEEPER),
    "pages-desk:withdraw-story": (KEEPER, KEEPER),
    "pages-desk:letters": (NOBODY, None),
    "pages-desk:letter": (NOBODY, None),
    "pages-desk:answered": (None, NOBODY),
    "pages-desk:page": (KEEPER, None),
    "pages-desk:forward": (None, KEEPER),
    "pages-desk:begin": (None, KEEPER),
    "pages-desk:beside": (KEEPER, None),
    "pages-desk:up-to-date": (None, KEEPER),
    "pages-desk:take-down": (None, KEEPER),
    "accounts-desk:houses": (ADMINISTRATOR, None),
    "accounts-desk:people": (ADMINISTRATOR, None),
    "accounts-desk:invite": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts-desk:member": (ADMINISTRATOR, ADMINISTRATOR),
    "accounts-desk:end-role": (None, ADMINISTRATOR),
    "accounts-desk:password-link": (None, ADMINISTRATOR),
    "accounts-desk:ask-factor-reset": (None, ADMINISTRATOR),
    "accounts-desk:agree-factor-reset": (None, ADMINISTRATOR),
    "accounts-desk:take-back": (None, ADMINISTRATOR),
    "evidence-desk:estimates": (NOBODY, None),
    "evidence-desk:estimate-set": (NOBODY, NOBODY),
}
#: routes that take a POST without a token: they write nothing, or only what anybody may say without a cookie
OPEN_POSTS = {
    "exit", "finder:words", "finder:place", "finder:file", "finder:report",
    "directory:report-party", "directory:report-service", "rights:alimony", "letter:open", "pages:quiz", "pages:write", "thesaurus:suggest", "thesaurus:suggest-new",
}  # fmt: skip
FOUND, FORMS = {200, 302, 303}, {200, 302, 303, 400, 422}


def routes(patterns: Any = None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    """Name, pattern and view of every route."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inside = (*names, each.namespace or each.app_name) if each.namespace or each.app_name else names
            yield from routes(each.url_patterns, path, inside)
        elif isinstance(each, URLPattern):
            yield ":".join([*names, each.name or ""]), path, each


@functools.cache
def route(name: str) -> Any:
    return next(found for each, _path, found in routes() if each == name)


def test_it_states_who_may_for_every_route_of_the_desk() -> None:
    # test_doors.py in tests/rooms/cases and tests/rooms/tracing drives every route of these
    elsewhere = ("desk/cases/", "desk/tracing/")
    desk = {name for name, path, _route in routes() if path.startswith("desk/") and not path.startswith(elsewhere)}
    assert desk == set(EXPECTED)


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
        if name.startswith("pages-desk:"):
            story = "letter" if name in ("pages-desk:letter", "pages-desk:answered") else "story"
            kwargs |= {"code": kwargs["article"], "pk": kwargs[story], "lang": "az"}
        elif name.startswith("library-desk:"):
            kwargs |= {"code": kwargs["book"], "kind": "publication"}
        elif "party" in name or name.endswith(("new-service", "consent")):
            kwargs |= {"of": "party", "code": kwargs["party"]}
        return reverse(name, kwargs={field: kwargs[field] for field in wanted})


@pytest.fixture(scope="module")
def standing(miniature: World, django_db_blocker: Any) -> Iterator[Things]:
    """Made once, and taken back after the last test; each test takes back what it changes of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _made(miniature)
        transaction.set_rollback(True)


@pytest.fixture
def things(standing: Things, db: None) -> Things:
    return standing


#: nobody of these works with figures
_FIGURES = {"concept": "idps", "area": "AZE", "period": "2006", "form": "pdf"}


def _made(world: World) -> Things:
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
            "key": "nowhere", "token": "0" * 32, "house": "nowhere", "member": nowhere, "link": nowhere,
            "task": nowhere, "glass": nowhere, "release": nowhere, "hold": nowhere, "line": nowhere,
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
    return {"member": str(row.pk), "link": str(link.pk), **_desk(row.organisation)}


def _desk(house: Any) -> dict[str, str]:
    """A task of Temur's, and an emergency opening by Zarina's colleague."""
    from hamroh.accounts.models import BreakGlass, Task, User

    temur, now = User.objects.get(username="temur"), timezone.now()
    task = Task.objects.create(organisation=house, assignee=temur, words="Ring the ministry", due_date=now.date())
    glass = BreakGlass.objects.create(
        organisation=house, record_kind="sealedroom.matter", record_id=str(uuid.uuid4()), user=temur, reason="danger",
        words="He is at the door.", ends_at=now + timedelta(hours=4),
    )  # fmt: skip
    return {"task": str(task.pk), "glass": str(glass.pk), **_retention(house, temur)}


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


@pytest.fixture
def people(things: Things) -> dict[str, Any]:
    from hamroh.accounts.models import User

    return {role: User.objects.get(username=name) for role, name in PEOPLE.items()}


def ask(who: Any, method: str, address: str) -> Any:
    client = Client(raise_request_exception=False)
    if who is not None:
        client.force_login(who)
    return getattr(client, method)(address)


def test_it_is_kept_in_no_cache(things: Things, people: dict[str, Any]) -> None:
    """Every page of the desk, as it opens to each and as it is refused."""
    kept = [
        (role, name)
        for role, who in people.items()
        for name, (may, _post) in EXPECTED.items()
        if may is not None and "no-store" not in ask(who, "get", things.address(name)).headers.get("Cache-Control", "")
    ]
    assert kept == []


CASES = [(name, method) for name in sorted(EXPECTED) for method in ("get", "post")]


@pytest.mark.parametrize(("name", "method"), CASES)
def test_it_opens_to_whom_it_should(things: Things, people: dict[str, Any], name: str, method: str) -> None:
    may = EXPECTED[name][method == "post"]
    for role, who in people.items():
        status = ask(who, method, things.address(name)).status_code
        if may is None:
            assert status == 405, role
        else:
            assert status in ((FORMS if method == "post" else FOUND) if role in may else {404}), role


@pytest.mark.parametrize(("name", "method"), CASES)
def test_it_asks_visitors_to_sign_in(things: Things, name: str, method: str) -> None:
    answer = ask(None, method, things.address(name))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in"))


def said(answer: Any, address: str) -> tuple[int, str]:
    """The answer without what differs each time and without its own address."""
    text = answer.content.decode().replace(address, "")
    return answer.status_code, re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_it_looks_the_same_whether_there_is_a_record_or_not(
    things: Things, people: dict[str, Any], name: str, method: str
) -> None:
    may = EXPECTED[name][method == "post"]
    for role in people.keys() - (may or NOBODY):
        real, unreal = things.address(name), things.address(name, missing=True)
        assert said(ask(people[role], method, real), real) == said(ask(people[role], method, unreal), unreal), role


@pytest.mark.parametrize("name", sorted(name for name, (_get, post) in EXPECTED.items() if post))
def test_it_takes_no_form_without_its_token(things: Things, people: dict[str, Any], name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["keeper"])
    assert client.post(things.address(name)).status_code == 403


def test_it_leaves_no_other_form_open() -> None:
    """Uploads read their token themselves, one step in; interfaces for programs only read."""
    exempt = {
        name
        for name, path, route in routes()
        if getattr(route.callback, "csrf_exempt", False) and not path.startswith("api/")
    }
    uploads = {"directory-desk:import", "tracing:upload", "tracing:upload-records"}
    reading = {"oai"}
    # the door to the editors' tool opens none of them but a list, to be read (tests of the pages' room)
    behind = {f"wagtailadmin_api:pages:{name}" for name in ("listing", "detail", "find", "action")}
    assert exempt == OPEN_POSTS | uploads | reading | behind


def test_it_only_reads_for_programs(client: Client, db: None) -> None:
    paths = [path for _name, path, _route in routes() if path.startswith("api/") and "<" not in path]
    answers = {path: client.post(f"/{path}").status_code for path in paths if not path.endswith(".json")}
    assert set(answers.values()) <= {404, 405}
    assert 405 in answers.values()


def test_it_writes_nothing_by_get_at_the_desk(things: Things, people: dict[str, Any]) -> None:
    from test_crawl import tables

    client = Client()
    client.force_login(people["keeper"])
    before = tables()
    for name, (may_get, _may_post) in EXPECTED.items():
        if may_get:
            client.get(things.address(name))
    assert tables() == before
