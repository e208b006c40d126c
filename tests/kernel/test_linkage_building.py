"""An index made in several processes is the one that a single process makes."""

from collections.abc import Iterator

import pytest

from hamroh.kernel.linkage import Index, building
from here import Here

BATCH = 40


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "BATCH", BATCH)


@pytest.fixture(autouse=True, params=["here", pytest.param("in processes", marks=pytest.mark.long)])
def _pool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes start for three seconds: the long tier has them, each change what they would be sent and send back."""
    if request.param == "here":
        monkeypatch.setattr(building, "ProcessPoolExecutor", Here)


def people(count: int) -> Iterator[dict[str, object]]:
    given = ("Зафар", "Гулнора", "Ҷамшед", "Мадина", "Рустам", "Фарзона", "Саид")
    father = ("Раҳмон", "Қурбон", "Ҳаким", "Назар", "Юсуф")
    for number in range(count):
        name = f"{given[number % 7]} {father[number % 5]}ов {father[number // 5 % 5]}ович"
        if number % 4 == 1:
            name = f"{('Zafar', 'Gulnora', 'Said')[number % 3]} {('Rahmon', 'Qurbon')[number % 2]}ov"
        yield {"id": str(number), "name": name, "year": 1960 + number % 40, "place": "Кӯлоб" if number % 3 else "Bakı"}


def answers(index: Index) -> list[list[tuple[str, float]]]:
    asked = ("Zafar Rahmonov", "Gulnora Hakimova 1980", "Мадина Юсуфова")
    return [[(each.id, round(each.bits, 6)) for each in index.search({"name": name, "year": 1975})] for name in asked]


def test_it_answers_alike_however_many_processes_made_it() -> None:
    count = 3 * BATCH + 7
    assert answers(Index.from_records(people(count), processes=2)) == answers(Index.from_records(people(count)))


def test_it_says_which_record_of_a_later_batch_cannot_be_read() -> None:
    records = [*people(2 * BATCH), {"id": "a", "name": None}]
    with pytest.raises(ValueError, match=f"record {2 * BATCH + 1} "):
        Index.from_records(records, processes=2)


def test_it_refuses_one_id_in_two_batches() -> None:
    with pytest.raises(ValueError, match=rf"record {2 * BATCH + 1}: the id '7' is there already"):
        Index.from_records([*people(2 * BATCH), {"id": "7", "name": "Саид"}], processes=2)
