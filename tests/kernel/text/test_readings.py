import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hamroh.kernel.text import alternates


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fkbvtyns", ("ru", "алименты")),
        ("vtlbwbycrfz gjvjom", ("ru", "медицинская помощь")),
        ("revfr", ("tg", "кӯмак")),
        ("цщьут", ("en", "women")),
        ("йфвжт", ("az", "qadın")),
        ("кумак", ("tg", "кӯмак")),
        ("никох", ("tg", "никоҳ")),
        ("мухочир", ("tg", "муҳоҷир")),
        ("нафака", ("tg", "нафақа")),
        ("хукуки зан", ("tg", "ҳуқуқӣ зан")),
        ("qadin haqlari", ("az", "qadın haqları")),
        ("emek muqavilesi", ("az", "əmək müqaviləsi")),
        ("usaqlarin", ("az", "uşaqların")),
        ("гадын", ("az", "qadın")),
        ("әмәк мүгавиләси", ("az", "əmək müqaviləsi")),
        ("kumak", ("tg", "кӯмак")),
        ("nikoh", ("tg", "никоҳ")),
        ("yorii huquqi baroi zanon", ("tg", "ёрии ҳуқуқӣ барои занон")),
        ("2 гадын", ("az", "2 qadın")),
        ("alimenty", ("ru", "алименты")),
        ("razvod", ("ru", "развод")),
        ("hf[vjyjdf", ("ru", "рахмонова")),
    ],
)
def test_it_reads_what_was_meant(typed, meant):
    assert meant in alternates(typed)


@pytest.mark.parametrize(
    "typed", ["гуманитарная помощь", "кӯмаки ҳуқуқӣ", "qadın hüquqları", "women rights", "violence", "", "12", "00000"]
)
def test_it_offers_no_other_reading_of_what_is_well_written(typed):
    assert alternates(typed) == []


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=30))
def test_it_offers_few_readings_and_never_the_text_itself(typed):
    readings = alternates(typed)
    assert len(readings) <= 12
    assert len(set(readings)) == len(readings)
    assert typed not in [reading for _, reading in readings]


def test_it_reads_no_long_texts():
    assert alternates("кумак " * 100) == []
