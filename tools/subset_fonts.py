"""Cut Noto Sans down to the letters that a system font may lack: ``subset_fonts.py LATIN_EXT.woff2 CYRILLIC_EXT.woff2``.

The two files are ``files/noto-sans-{latin,cyrillic}-ext-wght-normal.woff2`` of the npm package
``@fontsource-variable/noto-sans`` 5.3.0 (SIL Open Font License 1.1, beside the result as ``OFL.txt``).
"""

import sys
from pathlib import Path

from fontTools import subset

OUT = Path(__file__).resolve().parent.parent / "src" / "hamroh" / "web" / "static" / "web"
#: Azerbaijani (with Turkish and Turkmen neighbours), then Tajik; the rest stands in every system font
LETTERS = {"hamroh-az": "ƏəĞğİŞşŇňŽž", "hamroh-tg": "ҒғҚқҲҳҶҷӢӣӮӯ"}


def cut(source: Path, letters: str, target: Path) -> int:
    """Write ``target`` (woff2, weights 400 to 700 kept) with ``letters`` only; returns its size in bytes."""
    options = subset.Options(flavor="woff2", layout_features=["kern", "mark", "ccmp"], hinting=False)
    font = subset.load_font(str(source), options)
    if missing := sorted(set(letters) - {chr(code) for code in font.getBestCmap()}):
        raise SystemExit(f"{source.name} has no {' '.join(missing)}")
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


if __name__ == "__main__":
    for source, (name, letters) in zip(sys.argv[1:], LETTERS.items(), strict=True):
        print(name, cut(Path(source), letters, OUT / f"{name}.woff2"), "bytes")
