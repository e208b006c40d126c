"""Letters of a case: what is missing is said before, what is typed is in the file, and who took it is written down."""

import io

import pytest
from docx import Document

from cases_world import gulnoras, with_husband
from desk_world import at, page
from hamroh.cases import actions, lettering
from hamroh.cases.actions import Told, matters
from hamroh.cases.models import Part, Side
from hamroh.vault import journal
from hamroh.vault.models import JournalLine


@pytest.fixture
def claim(office, case):
    """An alimony matter of Gulnora's, who has two children."""
    with_husband(office, case)
    for name, year in (("Сомон", 2015), ("Нозанин", 2018)):
        told = Told(name=name, born={"year": year})
        actions.add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=told)
    matter = matters.open_matter(actor=office.farzona, case=case, kind="alimony", country="TJ")
    with journal.openings("task"):
        matters.tell_court(actor=office.farzona, matter=matter, told={"court": "Суди шаҳри Кӯлоб"})
    return f"/desk/cases/{case.code}/letters/alimony_claim/"


def sent(office, address: str, **more: str):
    told = {
        "lang": "tg", "form": "docx", "purpose": "for the court", "fact_client_name": "Гулнора Раҳмонова",
        "fact_husband_name": "Зафар Қурбонов", "fact_children_names": "Сомон, Нозанин", "fact_share": "1/3",
    }  # fmt: skip
    return at(office.farzona).post(address, told | more)


def words_of(answer) -> str:
    return "\n".join(line.text for line in Document(io.BytesIO(answer.content)).paragraphs)


def test_it_fills_a_claim_from_the_file(office, claim):
    shown = page(office.farzona, claim)
    assert all(
        f'value="{each}"' in shown for each in ("Суди шаҳри Кӯлоб", "Гулнора Раҳмонова", "Сомон, Нозанин", "1/3")
    )


def test_it_says_what_is_missing_before_it_is_printed(office, claim):
    shown = page(office.farzona, claim)
    assert "The file does not say" in shown
    assert "His last known place" in shown


def test_it_writes_a_claim_in_word(office, claim):
    said = words_of(sent(office, claim))
    assert all(each in said for each in ("Зафар Қурбонов", "– Сомон, санаи таваллуд 2015", "ба андозаи 1/3", "81"))


def test_it_leaves_a_gap_for_what_nobody_wrote(office, claim):
    assert "Суд: ________________" in words_of(sent(office, claim, fact_court=""))


def test_it_says_on_the_letter_that_a_lawyer_reads_it(office, claim):
    assert "Ҳуқуқшинос" in words_of(sent(office, claim))


@pytest.mark.parametrize("lang", ["tg", "ru"])
def test_it_writes_a_claim_as_pdf(office, claim, lang):
    answer = sent(office, claim, form="pdf", lang=lang)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_it_takes_markup_and_formulas_as_words(office, claim):
    answer = sent(office, claim, form="pdf", fact_husband_name="] #panic(1) $x$ *b* \\ @a <b> // =HYPERLINK()")
    assert answer.content[:5] == b"%PDF-"


def test_it_names_nobody_in_the_name_of_the_file(office, claim, case):
    assert sent(office, claim).headers["Content-Disposition"] == f'attachment; filename="{case.code}.docx"'


def test_it_writes_down_who_took_it_and_what_for(office, claim):
    sent(office, claim)
    line = JournalLine.objects.get(verb="case.hand_out_letter")
    assert (line.actor_id, line.facts["purpose"], line.facts["letter"]) == (
        office.farzona.pk,
        "for the court",
        "alimony_claim",
    )


def test_it_hands_nothing_out_without_a_purpose(office, claim):
    answer = sent(office, claim, purpose="", fact_court="Суди дигар")
    assert (answer.status_code, "Суди дигар" in answer.content.decode()) == (422, True)
    assert not JournalLine.objects.filter(verb="case.hand_out_letter").exists()


BORN = {"tg": "марти 1992", "ru": "март 1992"}


def test_it_puts_words_of_the_file_into_the_language_of_the_letter(office, claim):
    told = {"said_in": "tg", "fact_client_born": BORN["tg"], "fact_husband_born": "соли 88", "purpose": ""}
    shown = sent(office, claim, lang="ru", **told).content.decode()
    assert [f'value="{each}"' in shown for each in (BORN["ru"], BORN["tg"], "соли 88")] == [True, False, True]


def test_it_shows_the_words_in_another_language_before_anything_is_made(office, claim):
    answer = sent(office, claim, lang="ru", said_in="tg", fact_client_born=BORN["tg"], fact_court="", again="1")
    shown = answer.content.decode()
    assert (answer.status_code, f'value="{BORN["ru"]}"' in shown, "Say in a few words" in shown) == (200, True, False)
    assert "Суди шаҳри Кӯлоб" not in shown  # what was emptied stays empty


def test_it_makes_the_letter_of_another_language_in_one_step(office, claim):
    made = sent(office, claim, lang="ru", said_in="tg", fact_client_born=BORN["tg"])
    assert BORN["ru"] in words_of(made)


def test_it_writes_no_claim_without_its_matter(office, case):
    assert at(office.farzona).get(f"/desk/cases/{case.code}/letters/alimony_claim/").status_code == 404


def test_it_lists_letters_of_the_matters_that_are_open(office, case, claim):
    shown = page(office.farzona, f"/desk/cases/{case.code}/letters/")
    assert "alimony_claim" in shown
    assert "missing_petition" not in shown


def test_it_writes_in_the_language_of_the_country(office):
    case = gulnoras(office, country="AZ")
    shown = page(office.farzona, f"/desk/cases/{case.code}/letters/power_of_attorney/")
    assert "Azerbaijani" in shown
    assert "Tajik" not in shown


def test_it_knows_what_every_fact_of_a_letter_is_called():
    asked = {name for letter in lettering.letters.letters().values() for name in letter.facts}
    assert asked <= set(lettering.FACTS)
