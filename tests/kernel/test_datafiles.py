"""A word of a knowledge file is never taken for a truth value."""

import pytest

from hamroh.kernel import datafiles


@pytest.mark.parametrize(
    ("written", "read"), [("no", "no"), ("yes", "yes"), ("on", "on"), ("true", True), ("false", False)]
)
def test_it_takes_only_true_and_false_for_truth_values(tmp_path, monkeypatch, written, read):
    (tmp_path / "said.yml").write_text(f"said: {written}\n", encoding="utf-8")
    monkeypatch.setattr(datafiles, "DATA", tmp_path)
    assert datafiles.document("said.yml") == {"said": read}
