"""Numbers and prose of a profile in a template."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from hamroh.evidence.presenting.naming import release_words
from hamroh.evidence.presenting.page import Number
from hamroh.evidence.presenting.reading import Reading

register = template.Library()


@register.filter
def figure(number: Number | None) -> SafeString | str:
    """A number that leads to its own page, with its marks; why there is none, where there is none."""
    if number is None or not number.code:
        return number.text if number else ""
    text = format_html('<abbr title="{}">{}</abbr>', number.missing, number.text) if number.missing else number.text
    marks = format_html_join(
        "",
        '\N{NARROW NO-BREAK SPACE}<sup><abbr title="{}">{}</abbr></sup>',
        zip(number.marks, number.flags, strict=False),
    )
    return format_html('<a href="{}">{}</a>{}', reverse("evidence:figure", args=[number.code]), text, marks)


@register.filter
def noted(number: int) -> SafeString | str:
    """The number of a source note, leading to it."""
    return format_html('\N{NARROW NO-BREAK SPACE}<sup><a href="#n-{0}">{0}</a></sup>', number) if number else ""


@register.filter
def explained(text: str, reading: Reading) -> SafeString:
    """A text with its acronyms."""
    return reading.explained(text)


@register.filter
def recommended(status: str) -> str:
    """What became of a recommendation, in words."""
    words = {
        "open": pgettext("recommendation", "open"), "accepted": pgettext("recommendation", "accepted"),
        "under_way": pgettext("recommendation", "under way"), "done": pgettext("recommendation", "done"),
        "rejected": pgettext("recommendation", "rejected"),
    }  # fmt: skip
    return str(words.get(status, status))


@register.filter
def release(label: str) -> str:
    """What a release is called, its date in words."""
    return release_words(label, get_language() or "en")


@register.filter
def numbered(code: str) -> str:
    """The number of a section; what has a name alone, as a summary has, gets none."""
    return code if code[:1].isdigit() else ""


@register.inclusion_tag("evidence/desk/_answers.html")
def answers(form: Any, key: str) -> dict[str, Any]:
    """The fields of an answer to a finding, one for each language, with ids of their own on a page of many."""
    fields = [form[f"reason_{lang}"] for lang in form.languages]
    return {"fields": fields, "key": key[:12], "others": any(each.value() for each in fields[1:])}
