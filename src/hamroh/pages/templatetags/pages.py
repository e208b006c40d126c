"""What the templates of pages pull from elsewhere, and the data about a page that programs read."""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import expand_db_html

from hamroh.pages.figures import ShownFigure, codes_in, shown_figures
from hamroh.pages.models import PageKind, Picture, Story
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import names
from hamroh.web import atom
from hamroh.web.texts import Text, pick

register = template.Library()
_TYPES = {PageKind.NEWS: "NewsArticle", PageKind.STORY: "Article", PageKind.CAMPAIGN: "Article"}


@register.simple_tag
def pictures_of(page: Any) -> dict[str, Picture]:
    """Pictures in the body of a page by their codes, by one query."""
    codes = {block.value["code"] for block in page.body if block.block_type == "picture"}
    rows = Picture.objects.filter(code__in=codes).defer("small", "large") if codes else ()
    return {each.code: each for each in rows}


@register.simple_tag
def figures_of(page: Any) -> Mapping[str, ShownFigure]:
    """Published figures in the body of a page by their codes, in its language."""
    return shown_figures(codes_in(page.body), page.lang)


@register.filter
def figure(figures: Mapping[str, ShownFigure], code: str) -> ShownFigure | None:
    return figures.get(code)


@register.filter
def picture(pictures: dict[str, Picture], code: str) -> Picture | None:
    return pictures.get(code)


@register.filter
def due_in(record: Any, dates: dict[Any, Any]) -> Any:
    """The day of a record in a table of days by their keys."""
    return dates.get(record.pk)


@register.simple_tag
def story_of(page: Any) -> Text | None:
    """The words of the story that a page tells, while its narrator allows it."""
    if page.kind != PageKind.STORY or not page.story:
        return None
    story = Story.objects.public().filter(pk=page.story).first()
    return pick(story.texts, page.lang) if story else None


@register.simple_tag
def subjects_of(page: Any) -> list[tuple[str, Text]]:
    """What a page is about: keys and names in the reader's language."""
    concepts = {each.pk: each.key for each in Concept.objects.filter(key__in=page.subjects)} if page.subjects else {}
    called = names(concepts, get_language() or "en") if concepts else {}
    return sorted(((concepts[pk], name) for pk, name in called.items()), key=lambda each: str(each[1].text))  # type: ignore[misc]


@register.filter
def paragraphs(value: Any) -> SafeString:
    """The text of a block, with the addresses of our pages put in."""
    return mark_safe(expand_db_html(value.source))  # noqa: S308 - written by Wagtail's own whitelist of marks


@register.simple_tag(takes_context=True)
def about_page(context: Any, page: Any) -> SafeString:
    """What programs and other sites read of a page: schema.org, Open Graph, and the same page in other languages."""
    from hamroh.pages.selectors import languages_of

    address, image = atom.absolute(page.path_in_language), _share(page)
    told = {
        "@context": "https://schema.org", "@type": _TYPES.get(PageKind(page.kind), "WebPage"), "headline": page.title,
        "description": page.summary, "inLanguage": page.lang, "url": address, "image": image,
        "publisher": {"@type": "Organization", "name": str(pick(page.organisation.names, page.lang))},
    }  # fmt: skip
    if page.said_day:
        told["datePublished"] = page.said_day
    if page.last_published_at:
        told["dateModified"] = page.last_published_at.isoformat(timespec="seconds")
    others = [
        format_html('<link rel="alternate" hreflang="{}" href="{}">', lang, atom.absolute(each.path_in_language))
        for lang, each in languages_of(page.code).items()
    ]
    meta = [
        ("og:type", "article"), ("og:title", page.title), ("og:description", page.summary), ("og:url", address),
        ("og:image", image), ("og:locale", page.lang),
    ]  # fmt: skip
    rows = [format_html('<meta property="{}" content="{}">', name, content) for name, content in meta]
    head = [
        format_html('<link rel="canonical" href="{}">', address),
        format_html('<meta name="description" content="{}">', page.summary), *others, *rows, _data(context["request"], told),
    ]  # fmt: skip
    return mark_safe("\n".join(head))  # noqa: S308 - each part is escaped above


def _share(page: Any) -> str:
    path = reverse("pages:share", kwargs={"shelf": page.shelf, "code": page.code})
    return f"{settings.PUBLIC_URL.rstrip('/')}/{page.lang}/{path.split('/', 2)[2]}"


def _data(request: HttpRequest, told: dict[str, Any]) -> SafeString:
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    nonce = escape(getattr(request, "csp_nonce", ""))
    return mark_safe(f'<script type="application/ld+json" nonce="{nonce}">{text}</script>')  # noqa: S308 - < > & are written as codes
