"""The components of the look as template tags; ``docs/reference/components.md`` shows each."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField, CheckboxInput
from django.http import HttpRequest
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hamroh.web import dates
from hamroh.web.icons import DIRECTED, ICONS
from hamroh.web.switch import ways
from hamroh.web.texts import capitalised, pick

register = template.Library()
#: state -> icon: a word, a shape, then a colour
STATES = {"done": "check", "now": "half", "due": "dia", "care": "glass", "risk": "tri", "none": "ring"}


def _lang() -> str:
    return get_language() or "en"


# ---- texts, dates, numbers


@register.filter
def text(texts: Mapping[str, str] | None) -> SafeString:
    """``{lang: text}`` in the reader's language; a fallback is marked with its own language."""
    found = pick(texts, _lang())
    if found.lang == _lang():
        return format_html("{}", found.text)
    return format_html('<span lang="{}">{}</span>', found.lang, found.text)


@register.filter
def capital(words: str) -> str:
    """A label with a capital letter of the reader's language: İ for i in Azerbaijani."""
    return capitalised(str(words), _lang())


@register.filter
def plain_text(texts: Mapping[str, str] | None) -> str:
    """The same without markup, for attributes and for sentences."""
    return pick(texts, _lang()).text


@register.filter
def day(value: date | str | None) -> SafeString | str:
    """A ``<time>`` with the day in words; takes dates known only to the year or month (``2019-04``) as text."""
    if not value:
        return ""
    words = dates.partial(value, _lang()) if isinstance(value, str) else dates.day(value, _lang())
    machine = value if isinstance(value, str) else value.strftime("%Y-%m-%d")
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """A ``<time>`` with day and clock."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.moment(value, _lang()))


@register.filter
def weekday(number: int) -> str:
    """The name of a weekday; Monday is 0."""
    return dates.weekday(number, _lang())


@register.filter
def number(value: float | Decimal | None, places: int | None = None) -> str:
    """A number in the form of the language."""
    return "" if value is None else dates.number(value, _lang(), places)


# ---- forms


@register.simple_tag
def form_key() -> SafeString:
    """A random key in a hidden field: a form that is sent twice, by a retry or a second click, is written once."""
    return format_html('<input type="hidden" name="form_key" value="{}">', secrets.token_urlsafe(16))


# ---- drawings


@register.simple_tag(takes_context=True)
def icon(context: Context, name: str) -> SafeString:
    """A small drawing beside a word; the page's sprite carries each that is used once."""
    turned = " dir" if name in DIRECTED else ""
    request = context.get("request")
    if request is None or getattr(request, "htmx", False):
        return format_html('<svg class="i{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', turned, _drawing(name))
    _used(request).add(name)
    return format_html('<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', turned, name)


@register.simple_tag(takes_context=True)
def sprite(context: Context) -> SafeString:
    """The drawings that this page has used; stands last in the page."""
    request = context.get("request")
    symbols = format_html_join(
        "",
        '<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>',
        ((name, _drawing(name)) for name in sorted(_used(request) if request else ())),
    )
    return (
        format_html('<svg width="0" height="0" aria-hidden="true" class="vh">{}</svg>', symbols) if symbols else symbols
    )


def _used(request: HttpRequest) -> set[str]:
    used: set[str] = request.__dict__.setdefault("used_icons", set())
    return used


def _drawing(name: str) -> SafeString:
    return mark_safe(ICONS[name])  # noqa: S308 - our own constant drawings


# ---- components


Drawn = Callable[..., dict[str, Any]]


def _component(name: str) -> Callable[[Drawn], Drawn]:
    """A tag of this name and its template; it hands the template what it needs and nothing else."""
    return register.inclusion_tag(f"components/{name}.html", takes_context=True)


def _inner(context: Context, **values: Any) -> dict[str, Any]:
    return {"request": context.get("request"), "lang": _lang(), **values}


@_component("button")
def button(
    context: Context,
    label: str,
    *,
    href: str = "",
    kind: str = "",
    icon: str = "",
    about: str = "",
    name: str = "",
    value: str = "",
) -> dict[str, Any]:
    """A button, or a link that looks like one; ``about`` is read aloud only: which row it is for."""
    return _inner(context, label=label, href=href, kind=kind, icon=icon, about=about, name=name, value=value)


@_component("field")
def field(context: Context, bound: BoundField, *, kind: str = "") -> dict[str, Any]:
    """One field of a form with its label, hint and fault; choices become rows that can be pressed as a whole."""
    widget = bound.field.widget
    shape = "group" if bound.use_fieldset else "tick" if isinstance(widget, CheckboxInput) else "line"
    return _inner(context, field=bound, shape="hidden" if bound.is_hidden else shape, kind=kind)


@_component("error_summary")
def error_summary(context: Context, form: BaseForm) -> dict[str, Any]:
    """What must be put right, above the form, each fault a link to its field."""
    faults = [
        (_anchor(form[name]) if name in form.fields else "", error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return _inner(context, faults=faults)


def _anchor(bound: BoundField) -> str:
    return f"#{bound.auto_id}_0" if bound.use_fieldset else f"#{bound.auto_id}"


@_component("summary_list")
def summary_list(context: Context, rows: Iterable[Mapping[str, Any]], *, wide: bool = False) -> dict[str, Any]:
    """What was asked or is known: rows of ``term``, ``value`` and maybe ``href`` with ``action``."""
    return _inner(context, rows=rows, wide=wide)


@_component("task_list")
def task_list(context: Context, tasks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Things to do: ``title``, ``href``, ``hint``, ``state`` (a key of STATES) and its ``word``."""
    return _inner(context, tasks=tasks)


@_component("table")
def table(context: Context, caption: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """A table: columns are words, or (word, "num") for figures; the first cell of a row names it."""
    heads = [column if isinstance(column, tuple | list) else (column, "") for column in columns]
    kinds = [kind for _word, kind in heads]
    return _inner(context, caption=caption, heads=heads, rows=[list(zip(row, kinds, strict=True)) for row in rows])


@_component("pagination")
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """The way through pages of a list; keeps what the address already asks."""
    request = context["request"]

    def link(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    back = link(page.previous_page_number()) if page.has_previous() else ""
    return _inner(context, page=page, back=back, on=link(page.next_page_number()) if page.has_next() else "")


@_component("state")
def state(context: Context, kind: str, word: str) -> dict[str, Any]:
    """A state: done, now, due, care, risk or none; always with its word."""
    return _inner(context, kind={"due": "now"}.get(kind, kind), word=word, shape=STATES[kind])


@_component("breadcrumbs")
def breadcrumbs(context: Context, trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The way back up: pairs of word and address, without the page itself."""
    return _inner(context, trail=trail)


@_component("language_switch")
def language_switch(context: Context) -> dict[str, Any]:
    """The same page in the other languages; typed words travel by POST, never in the address."""
    return _inner(context, ways=ways(context["request"], _lang()))


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, title: str = "", kind: str = "", icon: str = "") -> SafeString:
    """An aside: kind is empty, blue, care or risk."""
    head = format_html("<h2>{}{}</h2>", _icon_of(context, icon), title) if title else ""
    return format_html('<div class="note {}">{}{}</div>', kind, head, content)


def _icon_of(context: Context, name: str) -> SafeString | str:
    return icon(context, name) if name else ""


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """More for who wants it."""
    return format_html("<details><summary>{}</summary>{}</details>", summary, content)
