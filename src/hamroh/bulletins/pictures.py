"""Pictures and charts as papers and letters take them."""

import functools
import io
from collections.abc import Iterable, Mapping
from typing import Any

from hamroh.pages.models import Picture


def as_jpeg(content: bytes, widest: int, quality: int = 80) -> bytes:
    """One of our own pictures as JPEG, at most so wide: older mail programs show nothing newer."""
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=("WEBP",)) as opened:
        made = opened.convert("RGB")
    made.thumbnail((widest, widest * 3))
    out = io.BytesIO()
    made.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def contents(codes: Iterable[str], size: str) -> Mapping[str, bytes]:
    """Pictures by code, by one query."""
    wanted = sorted(set(codes))
    rows = Picture.objects.filter(code__in=wanted).values_list("code", size) if wanted else ()
    return {code: bytes(content) for code, content in rows}


@functools.cache
def fonts() -> Any:
    """The fonts that come with typst and no other: a bulletin looks the same on every machine."""
    import typst

    return typst.Fonts(include_system_fonts=False)


@functools.lru_cache(maxsize=64)
def as_png(svg: str) -> bytes:
    """A chart as PNG of at most eight colours' weight, for programs that show no SVG."""
    import typst
    from PIL import Image

    source = '#set page(width: auto, height: auto, margin: 0pt, fill: white)\n#image(bytes(sys.inputs.svg), format: "svg", width: 420pt)'
    found = typst.compile(source.encode(), font_paths=fonts(), sys_inputs={"svg": svg}, format="png", ppi=110)
    assert isinstance(found, bytes)
    with Image.open(io.BytesIO(found), formats=("PNG",)) as opened:
        made = opened.convert("RGB").quantize(colors=16)
    out = io.BytesIO()
    made.save(out, "PNG", optimize=True)
    return out.getvalue()
