"""A real reader: JavaRosa, the engine within the apps for telephones, fills our forms and what it writes is taken and read.

It lies in the library that makes forms. Java is asked by these tests alone; without it they are passed over.
"""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from field_world import Tablet, equipped, made_of, opened, small_form
from hamroh import vault
from hamroh.accounts import policy
from hamroh.fieldwork.models import Submission

SOURCE = Path(__file__).parents[2] / "javarosa" / "Fill.java"
pytestmark = pytest.mark.skipif(
    shutil.which("javac") is None, reason="Java is not on this machine: nothing runs without it but this"
)
#: what somebody answers to the cotton form; a line stands for one answer, of a question that comes again for each time
ANSWERS = """
/data/visit/visit_date	2026-11-21
/data/visit/ngo	ngo03
/data/visit/province	khatlon
/data/visit/district	farkhor
/data/visit/jamoat	Деҳқонобод
/data/visit/gps	37.5 69.4 0 5
/data/field/at_field	yes
/data/field/adults	12
/data/field/children	5
/data/school/enrolled	28
/data/school/present	6
/data/school/absent_reason	cotton ill
/data/pupil	2
/data/pupil/sex	f
/data/pupil/sex	m
/data/pupil/age	14
/data/pupil/age	15
/data/pupil/consent	both
/data/pupil/consent	none
/data/pupil/picked	yes
/data/pupil/days	12
/data/followup	no
""".strip()


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """``engine(form, answers)`` fills a form and gives what JavaRosa writes; CalledProcessError where it refuses."""
    import pyxform.validators

    jar = next(Path(pyxform.validators.__file__).parent.rglob("ODK_Validate.jar"))
    folder = tmp_path_factory.mktemp("javarosa")
    subprocess.run(["javac", "-cp", str(jar), "-d", str(folder), str(SOURCE)], check=True)

    @cache
    def fill(form: bytes, answers: str) -> bytes:
        path = folder / "form.xml"
        path.write_bytes(form)
        command = ["java", "-Xmx256m", "-cp", f"{jar}:{folder}", "Fill", str(path)]
        return subprocess.run(command, input=answers.encode(), capture_output=True, check=True, timeout=120).stdout

    return fill


def test_it_reckons_as_the_telephones_do(field, engine):
    opened(field)
    xml = engine(made_of().xml, ANSWERS)
    assert Tablet(equipped(field)).send(xml).status_code == 201
    row = Submission.objects.get()
    told = vault.open(row, "answers", decision=policy.require(field.manizha, "submission.read", row), purpose="test")
    assert told["/data/field/child_share"] == "29.4"
    assert told["/data/school/absent_pct"] == "78.6"
    assert told["/data/school/absent_reason"] == ["cotton", "ill"]
    assert told["/data/visit/jamoat"] == "Деҳқонобод"
    assert [each.get("/data/pupil/days") for each in told["/data/pupil"]] == [12, None]
    assert told["/data/n_pupils"] == "2"
    assert row.instance_id.startswith("uuid:")


def test_it_is_refused_by_the_telephone_what_the_form_forbids(engine):
    with pytest.raises(subprocess.CalledProcessError) as fault:
        engine(made_of().xml, ANSWERS.replace("present\t6", "present\t60"))
    assert b"refused /data/school/present" in fault.value.stderr


def test_it_takes_a_small_form_as_the_telephone_writes_it(field, engine):
    opened(field, small_form())
    xml = engine(small_form(), "/data/words\tСалом\n/data/count\t7")
    assert Tablet(equipped(field)).send(xml).status_code == 201
