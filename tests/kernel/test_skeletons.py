"""What of somebody may be shown where the name may not, and a search that knows nothing else."""

import json

from hypothesis import given
from hypothesis import strategies as some

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.skeletons import Skeleton
from hamroh.kernel.names import read
from hamroh.kernel.names.bones import Bone, as_name, bones

ZAFAR = {
    "id": "1", "name": "Зафар Қурбонов", "father": "Раҳим", "names": ["Zafar Qurbonov"], "year": (1986, 1989), "sex": "m",
    "place": "деҳаи Зиракӣ, Кӯлоб", "phone": ["+992 93 555-00-12"], "document": "A 123456",
}  # fmt: skip
LETTERS = some.text("абвгдежзийклмнопрстуфхцчшщъыьэюяғӣқӯҳҷabcdefghijklmnopqrstuvwxyzəğışöüç -'", max_size=40)


def found(query, *people):
    return {each.id: each for each in Index.from_records(people).search(query)}


def test_it_tells_names_apart_by_consonants_alone():
    assert [bone.said for bone in bones(read("Зафар Қурбонов"))] == ["zfr", "krbn-"]
    assert bones(read("Зафар")) == bones(read("Zufar")) == bones(read("زافر"))


def test_it_writes_no_vowel_of_a_name_that_has_two_consonants():
    assert not set("aeiou") & set("".join(bone.said for bone in bones(read("Karim Akramov Ismoil-zoda Mirzo"))))


def test_it_keeps_no_name_no_number_no_village():
    plain = json.dumps(Skeleton.of(ZAFAR, 2024).plain(), ensure_ascii=False)
    for word in ("афар", "afar", "урбон", "urbon", "аҳим", "Зирак", "555", "123456", "1986"):
        assert word not in plain


def test_it_says_bands_and_districts():
    known = Skeleton.of(ZAFAR, 2024)
    assert (known.years, known.homes, known.sex, known.news) == ((1985, 1989), ("tj-kt-kulob",), "m", 2024)


def test_it_tells_spellings_that_have_the_same_bones_once():
    assert len(Skeleton.of({"name": "Зафар Қурбонов", "names": ["Zafar Qurbonov"]}).names) == 1


def test_it_finds_him_under_a_third_spelling():
    query = Skeleton.of(ZAFAR).query()
    (him,) = found(query, {"id": "him", "name": "Kurbonov Zofar Rahimovich", "year": 1988, "place": "Kulyab"}).values()
    assert him.bits > 10
    assert [reason.said() for reason in him.reasons][1] == "krbn- ~ kurbonov: the same consonants"


def test_it_tells_as_much_of_two_people_whom_it_shows_alike():
    """Whoever searches learns nothing of the name beyond the bones: two names of the same bones make one query."""
    one, other = (
        Skeleton.of({"name": name, "year": year}) for name, year in (("Зафар Каримов", 1986), ("Zofir Akramov", 1989))
    )
    assert one.names[0][0] == other.names[0][0]
    same = Skeleton.of({"name": "Зафар Каримов", "year": 1985}), Skeleton.of({"name": "Зуфар Каремов", "year": 1987})
    assert same[0].query() == same[1].query()


def test_it_makes_a_query_of_what_is_shown_and_of_nothing_else():
    known = Skeleton.of(ZAFAR, 2024)
    assert Skeleton.of_plain(json.loads(json.dumps(known.plain()))).query() == known.query()
    assert set(known.query()) == {"bones", "year", "sex", "place"}


def test_it_names_the_district_as_the_reader_calls_it_where_the_engine_knows_it_so():
    known = Skeleton.of({"name": "Зафар", "place": "Кӯлоб"})
    assert (known.query("tg")["place"], known.query()["place"]) == ("Кӯлоб, Вилояти Хатлон", "Kulob, Khatlon region")


@given(LETTERS)
def test_it_reads_whatever_is_written_and_comes_back_the_same(name):
    known = Skeleton.of({"name": name})
    assert Skeleton.of_plain(json.loads(json.dumps(known.plain()))) == known
    assert [bones(as_name(each)) for each in known.names] == [bones(as_name(each)) for each in known.names]
    assert Bone.of(Bone(("x",)).plain()) == Bone(("x",))
