"""The site map: what rooms hand over for it, and how it is written."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from hamroh.web.texts import LANGUAGES

#: addresses in one file, as the protocol allows
MOST = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINKS = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class Listed:
    """A public page: its path after the language, when it was changed, the languages that it is in."""

    path: str
    changed_at: dt.datetime | None = None
    languages: tuple[str, ...] = LANGUAGES


def written(pages: Iterable[Listed], root: str) -> Iterator[str]:
    """One file of the map, a page in each of its languages with the others beside it."""
    yield f'{_HEAD}<urlset xmlns="{_SCHEMA}" xmlns:xhtml="{_LINKS}">\n'
    for page in pages:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{lang}" href="{_address(root, lang, page.path)}"/>'
            for lang in page.languages
        )
        when = f"<lastmod>{page.changed_at.isoformat(timespec='seconds')}</lastmod>" if page.changed_at else ""
        for lang in page.languages:
            yield f"<url><loc>{_address(root, lang, page.path)}</loc>{when}{others}</url>\n"
    yield "</urlset>\n"


def index(parts: int, root: str) -> str:
    """The list of the files that the map is split into."""
    rows = "".join(f"<sitemap><loc>{root}/sitemap-{number}.xml</loc></sitemap>\n" for number in range(1, parts + 1))
    return f'{_HEAD}<sitemapindex xmlns="{_SCHEMA}">\n{rows}</sitemapindex>\n'


def _address(root: str, lang: str, path: str) -> str:
    return escape(f"{root}/{lang}/{path}")
