"""Forms at the desk: brought, read, handed out, closed; their files; who fills them where."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from desk_world import asked, at, page
from field_world import COTTON, brought, equipped, filled, made_of, opened, picture, received, small_form
from hamroh.accounts import policy
from hamroh.fieldwork.actions import forming
from hamroh.fieldwork.exchange import xlsforms
from hamroh.fieldwork.models import Assignment, Form, FormVersion
from hamroh.fieldwork.selectors.forms import forms_to_fill

ROOT = "/desk/field/"
SURVEY = [
    "type",
    "name",
    "label::English (en)",
    "label::Тоҷикӣ (tg)",
    "relevant",
    "calculation",
    "required",
    "constraint",
]


def workbook(*rows, choices=(), settings=("t", "t", "1"), head=SURVEY):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (head, *rows):
        sheet.append(list(row))
    sheet = book.create_sheet("choices")
    for row in (("list_name", "name", "label::English (en)", "label::Тоҷикӣ (tg)"), *choices):
        sheet.append(list(row))
    sheet = book.create_sheet("settings")
    sheet.append(["form_title", "form_id", "version"])
    sheet.append(list(settings))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring(user, content, **more):
    file = SimpleUploadedFile("form.xlsx", content)
    return at(user).post(f"{ROOT}new/", {"file": file, "purpose": "visit", **more})


# -- bringing


def test_it_makes_a_draft_of_a_workbook(field):
    answer = bring(field.parviz, COTTON.read_bytes(), about_children="on")
    version = FormVersion.objects.get()
    assert answer.status_code == 302
    assert version.state == "draft"
    assert version.form.form_id == "cotton_visit"
    assert version.form.about_children
    assert bytes(version.sheet) == COTTON.read_bytes()


def test_it_describes_each_question(field):
    version = brought(field)
    told = {each["path"]: each for each in version.questions}
    assert told["/data/visit/district"]["kind"] == "select_one"
    assert told["/data/pupil"]["kind"] == "repeat"
    assert told["/data/pupil/age"]["repeat"] == "/data/pupil"
    assert told["/data/field/adults"]["labels"]["tg"] == "Шумораи калонсолон"
    assert told["/data/visit/gps"]["personal"]
    assert told["/data/field/adults"]["relevant"]


@pytest.mark.parametrize(
    ("rows", "code", "row", "cell"),
    [
        ([("sellect_one yn", "a", "A", "А")], "kind_unknown", 2, "A2"),
        ([("text", "a b", "A", "А")], "names_008", 2, "B2"),
        ([("text", "a", "A", "А", "${zz} = 1")], "pyref_003", 2, "E2"),
        ([("text", "a", "A", "А"), ("text", "a", "B", "Б")], "names_001", 3, "B3"),
        ([("begin group", "g", "G", "Г"), ("text", "a", "A", "А")], "survey_002", 2, ""),
        ([("select_one nothing", "a", "A", "А")], "no_choices", 0, ""),
    ],
)
def test_it_says_what_hinders_a_form_and_where(rows, code, row, cell):
    fault = xlsforms.make(workbook(*rows)).faults[0]
    assert (fault["code"], fault["row"], fault["cell"]) == (code, row, cell), fault


def test_it_shows_what_hinders_a_form_and_keeps_nothing(field):
    answer = bring(field.parviz, workbook(("text", "a", "A", "А", "${zz} = 1")))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "there is no question of this name" in told
    assert "cell E2" in told
    assert not Form.objects.exists()


def test_it_shows_a_script_in_a_label_as_words(field):
    bring(field.parviz, workbook(("text", "a", "<script>alert(1)</script>", "А")))
    version = FormVersion.objects.get()
    told = page(field.parviz, f"{ROOT}f/{version.form.code}/{version.pk}/?in=en")
    assert "&lt;script&gt;alert(1)" in told
    assert "<script>alert" not in told


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return out.getvalue()


def with_macros():
    out = io.BytesIO(workbook(("text", "a", "A", "А")))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def with_entities():
    """A workbook whose sheet names an outside file."""
    source, out = io.BytesIO(workbook(("text", "a", "A", "А"))), io.BytesIO()
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(out, "w") as archive:
        for name in read.namelist():
            content = read.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + content
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "empty"), (lambda: b"x" * (xlsforms.LARGEST + 1), "large"), (lambda: b"%PDF-1.7", "kind"),
        (lambda: COTTON.read_bytes()[:5000], "damaged"), (bomb, "bomb"), (with_macros, "macros"),
        (lambda: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "xml_entities"),
        (lambda: b"<html><body>hello</body></html>", "xml_model"),
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_form(content, code):
    made = xlsforms.make(content())
    assert not made.xml
    assert made.faults[0]["code"] == code


def test_it_reads_no_file_that_a_workbook_names():
    made = xlsforms.make(with_entities())
    assert made.faults[0]["code"] == "xml_entities"
    assert "root:" not in str(made)


def test_it_takes_an_xform_as_it_is(field):
    made = xlsforms.make(small_form())
    assert made.xml == small_form()


# -- remarks


def codes(*rows, **more):
    return {(each["code"], each["row"]) for each in xlsforms.make(workbook(*rows, **more)).remarks}


def test_it_remarks_what_a_maker_should_look_at():
    found = codes(
        ("text", "child_name", "Child's name", "Номи кӯдак"),
        ("integer", "n", "N", ""),
        ("calculate", "c", "", "", "", "${n} div 2"),
        ("text", "m", "M", "М", "", "", "yes"),
        ("barcode", "b", "B", "Б"),
        ("calculate", "o", "", "", "", "once(${n})"),
    )
    for code, row in (
        ("asks_name", 2), ("translation_missing", 3), ("divides", 4), ("calculated_for_nothing", 4), ("message_missing", 5),
        ("not_in_the_browser", 6), ("once", 7),
    ):  # fmt: skip
        assert (code, row) in found, (code, found)


def test_it_remarks_nothing_of_a_form_that_is_well_made():
    head = [*SURVEY, "required_message::English (en)", "required_message::Тоҷикӣ (tg)"]
    rows = [
        ("integer", "n", "How many?", "Чанд нафар?", "", "", "yes", "", "Say how many.", "Бигӯед, чанд нафар."),
        ("note", "said", "${half} of ${n}", "${half} аз ${n}"),
        ("calculate", "half", "", "", "", "if(${n} > 0, ${n} div 2, 0)"),
    ]
    assert xlsforms.make(workbook(*rows, head=head)).remarks == []


def test_it_remarks_languages_without_a_code():
    head = ["type", "name", "label::Tajik", "label"]
    found = {each["code"] for each in xlsforms.make(workbook(("text", "a", "А", "A"), head=head)).remarks}
    assert {"language_without_code", "label_without_language"} <= found


def test_it_hands_out_what_endangers_people_only_to_who_read_it(field):
    version = brought(field)
    address = f"{ROOT}f/{version.form.code}/{version.pk}/move/"
    at(field.parviz).post(address, {"after": "open"})
    assert FormVersion.objects.get().state == "draft"
    at(field.parviz).post(address, {"after": "open", "read": "1"})
    assert FormVersion.objects.get().state == "open"


# -- versions


def test_it_lets_the_version_before_run_out(field):
    first = opened(field, small_form(version="1"))
    opened(field, small_form(version="2"))
    assert FormVersion.objects.get(pk=first.pk).state == "closing"


def test_it_replaces_a_draft_and_nothing_that_was_handed_out(field):
    version = brought(field, small_form())
    again = brought(field, small_form(more="<more/>"))
    assert version.pk == again.pk
    forming.move(actor=field.parviz, version=again, after="open")
    with pytest.raises(forming.FormRefused):
        brought(field, small_form())


def test_it_is_made_by_who_plans_alone(field):
    for who in (field.madina, field.nargis, field.office.farzona):
        with pytest.raises(policy.Refused):
            brought(field, small_form(), actor=who)


# -- pages


def test_it_shows_the_questions_in_the_language_that_was_asked_for(field):
    version = brought(field)
    address = f"{ROOT}f/{version.form.code}/{version.pk}/"
    told = page(field.parviz, f"{address}?in=tg")
    assert "Шумораи калонсолон" in told
    assert "“Оё ба майдон рафтед?” = Ҳа" in told


def test_it_lists_forms_with_as_many_queries_as_one(field):
    opened(field, small_form("one"))
    client = at(field.parviz)
    few = asked(client, ROOT)
    for number in range(8):
        opened(field, small_form(f"more{number}"))
    assert asked(client, ROOT) <= few


def test_it_shows_nothing_to_another_organisation(field):
    version = opened(field, small_form())
    code = version.form.code
    for address in (f"f/{code}/", f"f/{code}/{version.pk}/", f"f/{code}/{version.pk}/form.xml", f"f/{code}/assign/"):
        assert at(field.nargis).get(ROOT + address).status_code == 404
    assert code not in page(field.nargis, ROOT)


def test_it_gives_a_monitor_the_form_to_read_and_not_to_change(field):
    version = opened(field, small_form())
    address = f"{ROOT}f/{version.form.code}/{version.pk}/"
    assert "<button" not in page(field.madina, address).split("<main")[1].split("</main")[0]
    assert at(field.madina).post(f"{address}move/", {"after": "closed"}).status_code == 404


def test_it_hands_the_workbook_back(field):
    bring(field.parviz, COTTON.read_bytes())
    version = FormVersion.objects.get()
    answer = at(field.parviz).get(f"{ROOT}f/{version.form.code}/{version.pk}/form.xlsx")
    assert answer.content == COTTON.read_bytes()
    assert f"form-{version.form.code}.xlsx" in answer["Content-Disposition"]


# -- files beside a form


@pytest.fixture
def asking(field):
    wants = '<instance id="p" src="jr://file-csv/places.csv"/><instance id="q" src="jr://images/field.jpg"/>'
    return brought(field, small_form(binds=wants))


def test_it_keeps_the_files_that_a_form_asks_for(field, asking):
    at(field.parviz).post(
        f"{ROOT}f/{asking.form.code}/{asking.pk}/media/",
        {"name": "places.csv", "file": SimpleUploadedFile("x.csv", b"name,label\na,A\n")},
    )
    assert bytes(asking.media.get(name="places.csv").content) == b"name,label\na,A\n"


def test_it_takes_the_place_out_of_a_picture_beside_a_form(field, asking):
    row = forming.add_media(actor=field.parviz, version=asking, name="field.jpg", content=picture())
    assert b"Exif" not in row.content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("other.csv", b"a"),
        ("places.csv", b"\xff\xfe\x00"),
        ("field.jpg", b"MZ\x00\x01"),
        ("places.csv", b""),
        ("field.jpg", b"words"),
    ],
)
def test_it_refuses_files_that_are_not_what_they_say(field, asking, name, content):
    with pytest.raises(forming.FormRefused):
        forming.add_media(actor=field.parviz, version=asking, name=name, content=content)


# -- who fills it where


def test_it_gives_a_form_to_whoever_may_fill_until_somebody_is_named(field):
    version = opened(field, small_form())
    device = equipped(field).device
    assert [each.pk for each in forms_to_fill(device=device)] == [version.pk]
    forming.assign(actor=field.parviz, form=version.form, person=field.office.zebo)
    assert forms_to_fill(device=device) == []
    forming.assign(actor=field.parviz, form=version.form, person=field.madina)
    assert [each.pk for each in forms_to_fill(device=device)] == [version.pk]


def test_it_gives_a_form_no_longer_than_it_was_assigned(field):
    import datetime as dt

    version = opened(field, small_form())
    forming.assign(actor=field.parviz, form=version.form, person=field.madina, until_date=dt.date(2026, 11, 22))
    assert forms_to_fill(device=equipped(field).device) == []


def test_it_assigns_at_the_desk_and_ends_it(field):
    version = opened(field, small_form())
    address = f"{ROOT}f/{version.form.code}/"
    at(field.parviz).post(f"{address}assign/", {"person": field.madina.pk, "quota": "5"})
    row = Assignment.objects.get()
    assert (row.person, row.quota) == (field.madina, 5)
    at(field.parviz).post(f"{address}assigned/{row.pk}/end/")
    assert Assignment.objects.get().ended_at


def test_it_assigns_to_nobody_of_another_organisation(field):
    version = opened(field, small_form())
    with pytest.raises(forming.FormRefused):
        forming.assign(actor=field.parviz, form=version.form, person=field.nargis)


def test_it_counts_what_came_in(field):
    opened(field, small_form())
    received(equipped(field).device, filled())
    assert "came in: 1" in page(field.parviz, ROOT)


def test_it_keeps_made_forms_apart_from_their_makers_library():
    assert made_of().xml.startswith(b"<?xml")
