"""The example client of the interface, asked against a server that runs."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).parents[3] / "docs" / "api" / "hamroh_client.py"
# the server is another thread: what it reads has to be committed
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def client_file():
    spec = importlib.util.spec_from_file_location("hamroh_client", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def places(live_server):
    """Five places of an installation that nobody else looks at."""
    from hamroh.directory.models import AdminUnit

    return [
        AdminUnit.objects.create(
            key=f"zz-{number}", code=900_000 + number, level="country", names={"en": f"Place {number}"}
        )
        for number in range(5)
    ]


@pytest.fixture
def reader(client_file, live_server, places):
    return client_file.Client(live_server.url)


def test_it_reads_a_list_over_all_its_pages(reader, places):
    read = [one["key"] for one in reader.all("places", per_page=2)]
    assert [key for key in read if key.startswith("zz-")] == [place.key for place in places]


def test_it_is_sent_an_unchanged_answer_once(reader, client_file, monkeypatch):
    first = reader.one("places/zz-1")
    sent = []
    real = client_file.json.load
    monkeypatch.setattr(client_file.json, "load", lambda answer: sent.append(answer) or real(answer))
    assert reader.one("places/zz-1") == first
    assert sent == []


def test_it_says_that_there_is_none(reader, client_file):
    with pytest.raises(client_file.Refused) as refusal:
        reader.one("places/zz-nowhere")
    assert refusal.value.status == 404


def test_it_says_which_parameter_could_not_be_read(reader, client_file):
    with pytest.raises(client_file.Refused) as refusal:
        reader.one("places", page="many")
    assert (refusal.value.status, [each["parameter"] for each in refusal.value.parameters]) == (400, ["page"])


def test_it_takes_a_text_in_the_first_language_that_there_is(client_file):
    assert client_file.text({"en": "Help", "ru": "Помощь"}, "tg", "ru") == "Помощь"


def test_it_calls_no_number_that_was_only_printed(client_file):
    assert [client_file.may_be_called(each) for each in ({"dialable": True}, {"dialable": False}, {})] == [
        True,
        False,
        False,
    ]


def test_it_prints_a_list_on_the_command_line(live_server, places):
    told = subprocess.run([sys.executable, FILE, live_server.url, "places"], capture_output=True, text=True, check=True)
    assert {"zz-0", "zz-4"} <= {json.loads(line)["key"] for line in told.stdout.splitlines()}
