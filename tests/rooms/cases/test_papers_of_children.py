"""A child's papers open to who works on the case, those of a discipline to that discipline alone, and go out with the child or not at all."""

import pytest

from cases_evidence import a_picture
from cases_referrals import agreed, drafted, there
from cases_world import gulnoras
from desk_world import at, employ, page
from hamroh.accounts import policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import Membership, RecordGrant, Role
from hamroh.cases import actions, selectors
from hamroh.cases.actions import Told, receiving
from hamroh.cases.actions import evidence as taking
from hamroh.cases.actions import referrals as sending
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.models import Evidence, Part, Person, Received, Side
from hamroh.cases.redacting import Box
from hamroh.site.home import Home
from hamroh.vault import journal
from hamroh.vault.models import JournalLine, SealedFile

WORDS, COPIED = "A paper about his hearing.", "His name and the village are left out."
TEAM = "kulob"


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Sealed files lie in a folder of the test."""
    settings.HOME = Home(tmp_path)
    settings.HOME.settle("demo")


@pytest.fixture
def case(office):
    for user in (office.nigora, office.zebo):
        Membership.objects.filter(user=user).update(team=TEAM)
    return gulnoras(office, team=TEAM)


@pytest.fixture
def somon(office, case) -> Person:
    told = Told(name="Сомон Қурбонзода", born={"year": 2023, "month": 5, "day": 2})
    return actions.add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=told)


def paper(actor, case, somon=None, discipline: str = "case") -> Evidence:
    return taking.take_evidence(
        actor=actor, case=case, content=a_picture(), name="a.jpg", kind="document", told={"words": WORDS}, about=somon,
        discipline=discipline,
    )  # fmt: skip


def copied(actor, case, row: Evidence) -> Evidence:
    return taking.add_copy(actor=actor, case=case, of=row, content=a_picture(), name="b.jpg", words=COPIED)


def address(row: Evidence, part: str = "") -> str:
    return f"/desk/cases/{row.case.code}/evidence/{row.pk}/{part}"


def opens(user, row: Evidence) -> list[int]:
    return [at(user).get(address(row, part)).status_code for part in ("", "file/")]


def says_yes(office, case, somon, answer: str = "given") -> None:
    answer_consent(
        actor=office.farzona, case=case, purpose="share", answer=answer, way="voice", lang="tg",
        to_organisation=office.other, about=somon,
    )  # fmt: skip


def sent(office, case, **facts) -> Received:
    agreed(office, case)
    row = drafted(office, case, **facts)
    sending.send_referral(actor=office.farzona, referral=row)
    return Received.objects.get(referral_id=row.pk)


# -- to whom it opens --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "code"), [("farzona", 200), ("zebo", 200), ("manizha", 200), ("temur", 404)])
def test_it_opens_a_childs_paper_to_who_works_on_the_case(office, case, somon, who, code):
    assert opens(getattr(office, who), paper(office.farzona, case, somon)) == [code, code]


@pytest.mark.parametrize("of_a_child", [True, False])
@pytest.mark.parametrize(
    ("who", "code"), [("nigora", 200), ("farzona", 404), ("zebo", 404), ("manizha", 404), ("temur", 404)]
)
def test_it_keeps_safety_rule_14_and_opens_a_psychologists_paper_to_psychologists_alone(
    office, case, somon, *, who, code, of_a_child
):
    row = paper(office.nigora, case, somon if of_a_child else None, "psychological")
    assert opens(getattr(office, who), row) == [code, code]


@pytest.mark.parametrize("make", ["copied", "redacted"])
def test_it_keeps_safety_rule_14_for_copies_as_for_their_original(office, case, somon, make):
    row = paper(office.nigora, case, somon, "psychological")
    if make == "copied":
        copy = copied(office.nigora, case, row)
    else:
        decision = selectors.case_of(actor=office.nigora, code=case.code)[1]
        boxes = [Box(0, 0, 500, 500)]
        copy = taking.redact(actor=office.nigora, case=case, of=row, decision=decision, boxes=boxes, words=COPIED)
    assert (copy.about_id, copy.discipline) == (somon.pk, "psychological")
    assert [opens(user, copy) for user in (office.nigora, office.farzona)] == [[200, 200], [404, 404]]


@pytest.mark.parametrize("part", ["redact/", "copy/"])
def test_it_lets_nobody_copy_a_paper_that_does_not_open_to_her(office, case, somon, part):
    row = paper(office.nigora, case, somon, "psychological")
    assert at(office.farzona).get(address(row, part)).status_code == 404


@pytest.mark.parametrize("part", ["", "story/", "print/", "notes/children/"])
def test_it_keeps_safety_rule_14_and_shows_such_a_paper_on_no_page_of_the_mother(office, case, somon, part):
    paper(office.nigora, case, somon, "psychological")
    where = f"/desk/cases/{case.code}/{part}"
    assert [WORDS in at(user).get(where).content.decode() for user in (office.farzona, office.manizha)] == [False] * 2
    assert (WORDS in page(office.nigora, where)) == (part == "notes/children/")


def test_it_lends_no_childs_paper_with_the_case(office, case, somon):
    hers, his = paper(office.farzona, case), paper(office.farzona, case, somon)
    guest = employ("aysel", office.other, Role.LAWYER)
    RecordGrant.objects.create(
        organisation=office.centre, to_organisation=office.other, verbs=["case.list", "case.read"],
        record_kind="cases.case", record_id=str(case.pk), ends_at=case.changed_at.replace(year=2030),
    )  # fmt: skip
    assert [opens(guest, hers), opens(guest, his)] == [[200, 200], [404, 404]]
    assert str(his.pk) not in page(guest, f"/desk/cases/{case.code}/")


def test_it_opens_no_such_paper_in_an_emergency(office, case, somon):
    row = paper(office.nigora, case, somon, "psychological")
    helper = employ("mehri", office.centre, Role.PSYCHOLOGIST)
    access.break_glass(actor=helper, record=case, reason="danger", words="She rang: he is at the door.")
    assert opens(helper, row) == [404, 404]


@pytest.mark.parametrize("discipline", ["psychological"])
def test_it_takes_a_paper_of_a_discipline_from_that_discipline_alone(office, case, discipline):
    with pytest.raises(policy.Refused):
        paper(office.farzona, case, discipline=discipline)


def test_it_takes_no_paper_about_a_child_of_another_case(office, case, somon):
    with pytest.raises(policy.Refused):
        paper(office.farzona, gulnoras(office, team=TEAM), somon)


def test_it_tells_no_line_of_the_case_that_a_psychologists_paper_came(office, case, somon):
    paper(office.nigora, case, somon, "psychological")
    about = JournalLine.objects.filter(verb="case.take_evidence").get()
    assert about.record_kind == "cases.evidence"


def test_it_asks_whose_paper_it_is_on_the_page(office, case, somon):
    told = {"file": a_picture(), "kind": "document", "words": WORDS, "about": str(somon.pk)}
    told["file"].name = "a.jpg"
    at(office.farzona).post(f"/desk/cases/{case.code}/evidence/new/", told)
    assert Evidence.objects.get().about_id == somon.pk


@pytest.mark.parametrize(("who", "offered"), [("nigora", True), ("farzona", False)])
def test_it_offers_papers_of_the_psychologist_to_psychologists_alone(office, case, who, offered):
    shown = page(getattr(office, who), f"/desk/cases/{case.code}/evidence/new/")
    assert ('value="psychological"' in shown) == offered


# -- what goes out with a referral ------------------------------------------------------------------------------------


def test_it_keeps_safety_rule_14_and_refers_no_childs_paper_without_the_child(office, case, somon):
    says_yes(office, case, somon)
    copy = copied(office.farzona, case, paper(office.farzona, case, somon))
    agreed(office, case)
    with pytest.raises(CannotRefer):
        drafted(office, case, copies=[copy.pk])


def test_it_keeps_safety_rule_14_and_refers_no_childs_paper_without_the_childs_yes(office, case, somon):
    copy = copied(office.farzona, case, paper(office.farzona, case, somon))
    agreed(office, case)
    with pytest.raises(CannotRefer):
        drafted(office, case, copies=[copy.pk], children=[somon.pk])


def test_it_hands_a_childs_paper_over_with_the_child_and_into_the_other_case(office, case, somon):
    says_yes(office, case, somon)
    copy = copied(office.farzona, case, paper(office.farzona, case, somon))
    row = sent(office, case, copies=[copy.pk], children=[somon.pk])
    receiving.accept(actor=office.nermin, received=row)
    assert COPIED in page(office.nermin, there(row))
    theirs = receiving.open_own_case(actor=office.nermin, received=row, note="From the centre.")
    assert Evidence.objects.get(case=theirs).about.part == Part.CHILD


@pytest.mark.parametrize("when", ["before", "after"])
def test_it_keeps_safety_rule_14_and_takes_a_childs_paper_back(office, case, somon, when):
    """The child's yes ends before they accept, or after: they have no paper of it, and no file."""
    says_yes(office, case, somon)
    copy = copied(office.farzona, case, paper(office.farzona, case, somon))
    row = sent(office, case, copies=[copy.pk], children=[somon.pk])
    if when == "before":
        says_yes(office, case, somon, "withdrawn")
    receiving.accept(actor=office.nermin, received=row)
    assert SealedFile.objects.filter(kind="cases.received").exists() == (when == "after")
    if when == "after":
        says_yes(office, case, somon, "withdrawn")
    assert COPIED not in page(office.nermin, there(row))
    assert not SealedFile.objects.filter(kind="cases.received").exists()


def test_it_leaves_her_own_papers_where_the_childs_are_taken_back(office, case, somon):
    says_yes(office, case, somon)
    hers = copied(office.farzona, case, paper(office.farzona, case))
    his = copied(office.farzona, case, paper(office.farzona, case, somon))
    row = sent(office, case, copies=[hers.pk, his.pk], children=[somon.pk])
    receiving.accept(actor=office.nermin, received=row)
    says_yes(office, case, somon, "withdrawn")
    assert SealedFile.objects.filter(kind="cases.received").count() == 1


def test_it_refers_no_paper_of_a_discipline(office, case):
    copy = copied(office.nigora, case, paper(office.nigora, case, discipline="psychological"))
    agreed(office, case)
    row = drafted(office, case, copies=[copy.pk])
    assert str(copy.pk) not in page(office.farzona, f"/desk/cases/{case.code}/referrals/new/")
    sending.send_referral(actor=office.farzona, referral=row)
    theirs = Received.objects.get(referral_id=row.pk)
    receiving.accept(actor=office.nermin, received=theirs)
    assert COPIED not in page(office.nermin, there(theirs))
