"""What pandas and WeasyPrint take for what the bench of evidence does, in an environment of their own.

pandas reads the same matrix into one table of SQLite and writes it as CSV and as a workbook; WeasyPrint sets the page of the web
edition. ``python evidence_peers.py JOB`` is the part that runs there: it imports nothing of Hamroh.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

_TIME = 1800
#: what is done -> who does it, for the column beside ours
WHO = {
    "import": "pandas, read_csv and to_sql",
    "csv": "pandas, read_sql and to_csv",
    "xlsx": "pandas, read_sql and to_excel",
    "pdf": "WeasyPrint, of the web page",
}
Taken = dict[str, tuple[float, float]]


def taken(folder: Path, matrix: bytes, html: str) -> Taken:
    """Seconds by the clock and of the processor by what was done; empty where the packages cannot be had."""
    from hamroh.site.benches.elsewhere import Absent, environment, ran

    (folder / "matrix.csv").write_bytes(matrix)
    (folder / "page.html").write_text(html, encoding="utf-8")
    try:
        python = environment(folder / "env", Path(__file__).with_suffix(".lock"))
        ran([str(python), __file__, str(folder)], _TIME)
    except (Absent, OSError) as why:
        print(f"pandas and WeasyPrint are left out: {why}", file=sys.stderr, flush=True)
        return {}
    return {name: tuple(spent) for name, spent in json.loads((folder / "taken.json").read_text()).items()}


def main(folder: Path) -> None:
    """Do all of it, and write down what it took."""
    import sqlite3

    import pandas as pd  # type: ignore[import-not-found,unused-ignore]
    import weasyprint  # type: ignore[import-not-found,unused-ignore]

    with sqlite3.connect(folder / "matrix.sqlite3") as database:

        def read() -> object:
            return pd.read_sql("SELECT * FROM matrix", database)

        done = {
            "import": _timed(lambda: pd.read_csv(folder / "matrix.csv").to_sql("matrix", database, index=False)),
            "csv": _timed(lambda: read().to_csv(folder / "out.csv", index=False)),  # type: ignore[attr-defined]
            "xlsx": _timed(lambda: read().to_excel(folder / "out.xlsx", index=False)),  # type: ignore[attr-defined]
            "pdf": _timed(lambda: weasyprint.HTML(string=(folder / "page.html").read_text()).write_pdf()),
        }
    (folder / "taken.json").write_text(json.dumps(done))


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    return round(time.perf_counter() - wall, 2), round(time.process_time() - cpu, 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
