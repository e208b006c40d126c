"""The command line brings vocabularies in and writes them out."""

import json

import pytest
from click.testing import CliRunner
from rooms_thesaurus_data import HOMES

from hamroh.site.cli import main
from hamroh.thesaurus import exchange
from hamroh.thesaurus.models import Scheme


@pytest.fixture
def run(db):
    def call(*words):
        return CliRunner().invoke(main, [str(word) for word in words])

    return call


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "homes.ttl"
    path.write_text(HOMES, encoding="utf-8")
    return path


def test_it_imports(run, file):
    result = run("import", "thesaurus", file, "--scheme", "homes")
    assert result.exit_code == 0
    assert "4 added" in result.output
    assert Scheme.objects.get().code == "homes"


def test_it_writes_nothing_in_a_dry_run(run, file):
    assert "4 would be added" in run("import", "thesaurus", file, "--dry-run").output
    assert not Scheme.objects.exists()


def test_it_answers_programs(run, file):
    said = json.loads(run("import", "thesaurus", file, "--json").stdout)
    assert said["counts"] == {"added": 4, "changed": 0, "removed": 0, "unchanged": 0}


def test_it_says_why_not(run, file):
    file.write_text(HOMES.replace('"house"@en', '"house"@en , "building"@en'), encoding="utf-8")
    result = run("import", "thesaurus", file)
    assert result.exit_code == 1
    assert "line 24: The concept http://example.org/homes/house has two preferred labels" in result.output


def test_it_says_why_not_to_programs(run, file):
    file.write_text("", encoding="utf-8")
    result = run("import", "thesaurus", file, "--json")
    assert json.loads(result.stdout) == {"refused": [{"line": None, "fault": "empty", "text": "The file is empty."}]}


@pytest.mark.parametrize("form", ["ttl", "rdf"])
def test_it_exports(run, file, tmp_path, form):
    run("import", "thesaurus", file)
    out = tmp_path / "out"
    assert run("export", "thesaurus", "homes", "--format", form, "--output", out).exit_code == 0
    assert exchange.same_graph(exchange.parse(out.read_bytes()), exchange.parse(HOMES.encode()))


def test_it_names_what_could_be_exported(run, file):
    run("import", "thesaurus", file)
    result = run("export", "thesaurus", "flats")
    assert result.exit_code == 1
    assert "there are: homes" in result.output
