"""How labels and languages are shown."""

from django import template
from django.conf import settings
from django.utils.translation import get_language_info

register = template.Library()
_OWN = dict(settings.LANGUAGES)


@register.filter
def tongue(lang: str) -> str:
    """A language by its own name; its code where nobody told us the name, a dash for a label without one."""
    if lang in _OWN:
        return _OWN[lang]
    try:
        return str(get_language_info(lang)["name_local"]) if lang else "—"
    except KeyError:
        return lang
