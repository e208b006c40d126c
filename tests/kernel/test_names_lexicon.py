"""What names are called besides what they sound like: attested spellings, short forms, compounds with a part left out."""

import doctest
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hamroh.kernel.datafiles import DATA, rows
from hamroh.kernel.names import lexicon, read
from hamroh.kernel.names.sounds import plain

MAKER = DATA.parents[2] / "tools" / "name_variants.py"


def called(word: str) -> set[str]:
    """The keys of the groups to which a written word belongs."""
    (part,) = read(word).parts
    return {lexicon.key(number) for root in part.roots for number in lexicon.groups(root, plain(word))}


@pytest.mark.parametrize(
    "words",
    [
        "Толик Анатолий Anatoly Толя", "Лёша Алексей Alexey", "Саша Александр Aleksandr", "Саша Александра", "Лида Лидия", "Гена Геннадий",
        "Маҳмад Муҳаммад Мамад Mehmet محمد Məmməd Магомед", "Файз Feyz", "Məmiş Məmməd", "Əbil Əbülfəz", "Fatma Fatimə Фотима", "Əli Eli Алӣ علی",
        "Eshmat Эшмаҳмад Eshmuhammad", "Шуха Shuhrat", "Жусуп Юсуф Yusif", "حسین Ҳусейн Гусейн Hossein", "Лёва Лев Lyova", "Исо عیسی İsa", "Тавфиқ Tofiq", "Люба Любовь",
    ],
)  # fmt: skip
def test_it_knows_what_one_person_is_called(words: str) -> None:
    one, *others = map(called, words.split())
    assert all(one & other for other in others)


@pytest.mark.parametrize(
    "words",
    ["Али Алим", "Маҳмуд Муҳаммад", "Ҳасан Ҳусейн", "Александр Александра", "Ромин Роман", "Зуҳра Zəhra", "Карим Каромат", "Olim Али", "Ғаффор Cəfər", "Фирӯз Фирӯза", "Алишер Шерзод", "Cəlil Xəlil"],
)  # fmt: skip
def test_it_holds_two_names_apart(words: str) -> None:
    one, other = map(called, words.split())
    assert not one & other


@pytest.mark.parametrize(
    ("compound", "rest"),
    [
        ("Алиҷон", "Али"), ("Abdurahmon", "Раҳмон"), ("Абдулазиз", "Азиз"), ("Sharofiddin", "Шароф"), ("Файзулло", "Файз"), ("Раҷабалӣ", "Раҷаб"),
        ("Mirzoalijon", "Али"), ("Муҳаммадюсуф", "Юсуф"), ("Зебуннисо", "Зеб"), ("Алибек", "Али"), ("Сафаргул", "Сафар"), ("Hüseynağa", "Hüseyn"),
        ("Ağahüseyn", "Hüseyn"), ("Шоҳмурод", "Мурод"),
    ],
)  # fmt: skip
def test_it_leaves_out_what_people_leave_out(compound: str, rest: str) -> None:
    left = {left for root in read(compound).parts[0].roots for left in lexicon.tails(root)}
    assert left & set(read(rest).parts[0].roots)


@pytest.mark.parametrize("name", ["Хон", "Ҷон", "Али", "Гулбаҳор", "Юсуф", "Ҳусейн", "Бахтиёр", "Абдулло"])
def test_it_leaves_enough_of_a_name(name: str) -> None:
    assert all(len(left) >= 3 for root in read(name).parts[0].roots for left in lexicon.tails(root))


def test_it_has_a_key_of_its_own_for_every_group() -> None:
    keys = [lexicon.key(number) for number in range(len(lexicon._groups()))]
    assert len(keys) == len(set(keys)) > 1500


def test_it_says_why_names_are_together() -> None:
    kinds = {lexicon.why(number) for word in ("tolik", "rahmon") for number in lexicon.groups(word)}
    assert kinds == {"diminutive", "variant"}


def test_it_knows_few_names_for_most_forms() -> None:
    counts = [len(numbers) for numbers in lexicon._numbers().values()]
    assert sum(count == 1 for count in counts) / len(counts) > 0.9


@pytest.mark.parametrize("file", [lexicon.VARIANTS, lexicon.DIMINUTIVES])
def test_it_sounds_as_its_tables_of_letters_say(file: str) -> None:
    maker = _maker()
    stale = [row for row in rows(file) if row["sounds"] != " ".join(dict.fromkeys(maker._sounds(row)))]
    assert stale == [], "run tools/name_variants.py"


def test_it_writes_our_own_names_in_one_script_a_word() -> None:
    words = [word for row in rows(lexicon.DIMINUTIVES) for word in (row["name"], *row["forms"].split())]
    assert [
        word for word in words if re.search("[a-z]", word, re.IGNORECASE) and re.search("[а-яё]", word, re.IGNORECASE)
    ] == []


def test_it_says_how_sure_it_is_of_each_row() -> None:
    files = (lexicon.DIMINUTIVES, lexicon.COMPOUNDS)
    assert {row["certainty"] for file in files for row in rows(file)} <= {"A", "B", "C"}


def test_it_shows_what_each_head_and_tail_is_for() -> None:
    for row in rows(lexicon.COMPOUNDS):
        roots = read(row["example"]).parts[0].roots
        pattern = re.compile(lexicon._PLACES[row["place"]].format(**row))
        assert any(pattern.search(root) for root in roots), row["example"]


@settings(deadline=None)
@given(text=st.text(max_size=200))
@example(text="алиҷон" * 2_000)
@example(text="\u202eдиаС 👩‍👧 \x00")
def test_it_looks_up_whatever_was_written(text: str) -> None:
    for part in read(text).parts:
        assert all(lexicon.head(number) for root in part.roots for number in lexicon.groups(root, part.written))
        assert all(len(left) < len(root) for root in part.roots for left in lexicon.tails(root))
    assert all(lexicon.head(number) for number in lexicon.groups(text, text))
    assert all(len(left) < len(text) for left in lexicon.tails(text))


def test_it_gives_true_examples() -> None:
    assert doctest.testmod(lexicon).failed == 0


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("name_variants", Path(MAKER))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
