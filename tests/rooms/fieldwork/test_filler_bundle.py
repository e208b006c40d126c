"""The built filler: it belongs to its sources, it is small, it speaks four languages, and it can be built again."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOOL, BUNDLE = ROOT / "tools" / "filler", ROOT / "src" / "hamroh" / "fieldwork" / "static" / "fieldwork" / "filler"
#: bytes of all that a browser fetches first, gzipped
MOST = 1_500_000


def built() -> dict[str, object]:
    return json.loads((BUNDLE / "built.json").read_text(encoding="utf-8"))


def inputs(folder: Path) -> str:
    """What build.js makes of the sources."""
    names = ["package.json", "package-lock.json", "build.js", "changes.js"]
    names += [f"src/{path.name}" for path in (folder / "src").iterdir()]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(f"{name}\n".encode() + (folder / name).read_bytes() + b"\n")
    return digest.hexdigest()


def test_it_was_built_from_these_sources() -> None:
    assert built()["inputs"] == inputs(TOOL)


def test_it_holds_what_its_build_wrote_down_and_nothing_else() -> None:
    files = {path.name for path in BUNDLE.iterdir()} - {"built.json", "NOTICE.txt"}
    assert files == set(built()["files"])


def test_it_is_fetched_within_its_measure() -> None:
    assert sum(each["gzipped"] for each in built()["files"].values()) <= MOST


def test_it_loads_nothing_of_the_form_engine_before_somebody_fills() -> None:
    first = [size["gzipped"] for name, size in built()["files"].items() if name.startswith(("main-", "words-"))]
    assert sum(first) < 40_000


def test_it_says_everything_in_four_languages() -> None:
    texts = json.loads((TOOL / "src" / "texts.json").read_text(encoding="utf-8"))
    assert [key for key, said in texts.items() if len(said) != 4 or not all(said)] == []


def test_it_names_no_address_in_its_lock() -> None:
    """After ``npm install --omit-lockfile-registry-resolved`` the ``funding`` of each package is taken out, too."""
    lock = (TOOL / "package-lock.json").read_text(encoding="utf-8")
    assert [word for word in ("resolved", "://") if word in lock] == []


def test_it_names_what_is_inside_and_its_licences() -> None:
    notice = (BUNDLE / "NOTICE.txt").read_text(encoding="utf-8")
    assert [
        name for name in ("ODK Web Forms 0.22.0", "Apache License", "MIT License", "Vue") if name not in notice
    ] == []


def test_it_uses_every_text_that_it_has() -> None:
    texts = json.loads((TOOL / "src" / "texts.json").read_text(encoding="utf-8"))
    script = "".join(path.read_text(encoding="utf-8") for path in [*(TOOL / "src").glob("*.js"), TOOL / "changes.js"])
    assert [key for key in texts if f'"{key}"' not in script] == []


@pytest.mark.long
@pytest.mark.skipif(not (TOOL / "node_modules").exists() or not shutil.which("node"), reason="npm ci was not run")
def test_it_is_built_again_to_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run(["node", "build.js", str(tmp_path / "filler")], cwd=TOOL, check=True, capture_output=True)
    again = {path.name: path.read_bytes() for path in (tmp_path / "filler").iterdir()}
    assert again == {path.name: path.read_bytes() for path in BUNDLE.iterdir()}
