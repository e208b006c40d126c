"""An index in a folder: arrays that are mapped into memory when it is opened, and a name that says which of them are the newest.

A folder holds generations, each written whole under a name of its own; the file ``CURRENT`` names the one that counts and is replaced
in one step. So a process that is killed while it writes leaves the older generation as it was, and one that has it open keeps it.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

CURRENT, FACTS = "CURRENT", "facts.json"
_PREFIX, _UNFINISHED = "generation-", "unfinished-"
Array = npt.NDArray[Any]


class Unreadable(ValueError):
    """A folder holds no index that can be opened."""


def write(folder: Path, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
    """Write a generation and make it the one that counts; `facts` is anything that JSON can hold."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder))
    for name, array in arrays.items():
        with (unfinished / f"{name}.npy").open("wb") as file:
            np.save(file, np.ascontiguousarray(array), allow_pickle=False)
            _to_disk(file.fileno())
    _write_text(unfinished / FACTS, json.dumps(facts, ensure_ascii=False))
    before = _current(folder)
    finished = folder / f"{_PREFIX}{unfinished.name.removeprefix(_UNFINISHED)}"
    unfinished.rename(finished)
    _write_text(folder / f"{CURRENT}.new", finished.name)
    (folder / f"{CURRENT}.new").replace(folder / CURRENT)
    _folder_to_disk(folder)
    _tidy(folder, {finished.name, before})


def read(folder: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays (mapped, not read) and facts of the generation that counts; Unreadable where there is none that is whole."""
    for _try in range(2):  # a generation that was named may be gone when one of two writes later overtakes
        name = _current(folder)
        try:
            return _opened(folder / name) if name else _nothing(folder)
        except FileNotFoundError:
            continue
        except (ValueError, OSError, EOFError) as fault:
            raise Unreadable(f"{folder.name}: the index is damaged ({fault}); make it anew") from fault
    return _nothing(folder)


def _opened(generation: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    arrays = {path.stem: _mapped(path) for path in sorted(generation.glob("*.npy"))}
    return arrays, json.loads((generation / FACTS).read_text(encoding="utf-8"))


def _mapped(path: Path) -> Array:
    """The array of a file; as a plain one, for a memmap makes a new memmap of every slice, which costs more than the slice."""
    return np.asarray(np.load(path, mmap_mode="r" if path.stat().st_size > 1024 else None, allow_pickle=False))


def _nothing(folder: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    raise Unreadable(f"{folder.name}: there is no index in this folder")


def _current(folder: Path) -> str:
    try:
        return (folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""


def _tidy(folder: Path, kept: set[str]) -> None:
    """Remove generations that nobody opens any more; the one before the current stays for those who have just read its name."""
    for path in folder.iterdir():
        if path.is_dir() and path.name.startswith((_PREFIX, _UNFINISHED)) and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        _to_disk(file.fileno())


def _to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def _folder_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _to_disk(descriptor)
    finally:
        os.close(descriptor)
