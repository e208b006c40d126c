"""What every export tells in words: whose figures they are, what may be done with them, what names of places do not say."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.areas import area_name
from hamroh.evidence.exchange.dataset import Cited, Dataset
from hamroh.evidence.models import FLAG_RANK, Flag, Missing
from hamroh.web.texts import LANGUAGES, pick


def notice(lang: str) -> str:
    """Of borders and names."""
    with override(lang):
        return _("Borders and names of places are as the sources have them on their dates; they say nothing of whom a place belongs to.")  # fmt: skip


def licence(lang: str) -> str:
    """Of what may be done with figures whose source says nothing itself."""
    with override(lang):
        return _("Figures are facts and free to use; name the source. What a source itself asks for stands beside it.")


def in_all(words: Mapping[str, str] | None) -> dict[str, str]:
    """Texts in the languages that are there, never none: the form of code lists."""
    return {lang: words[lang] for lang in LANGUAGES if (words or {}).get(lang)} if words else {}


def title(data: Dataset, lang: str) -> str:
    return str(pick(data.titles, lang)) or data.name


def measure_name(data: Dataset, key: str, lang: str) -> str:
    """The concept in a language; its key where nobody named it."""
    found = data.measures.get(key)
    return (str(pick(found.names, lang)) if found else "") or key


def area_words(code: str, lang: str) -> str:
    return area_name(code, lang) if code else ""


def missing_words(code: str, lang: str) -> str:
    with override(lang):
        return str(Missing(code).label) if code in Missing.values else ""


def flag_words(code: str, lang: str) -> str:
    with override(lang):
        return str(Flag(code).label) if code in Flag.values else code


def status(flags: tuple[str, ...], missing: str) -> str:
    """The one flag for where there is room for one: the first by rank; ``A`` where nothing is to be said."""
    held = {*flags, {"": "A", "N": "O"}.get(missing, missing)}
    return next(flag for flag in FLAG_RANK if flag in held)


def cite(source: Cited, among: Mapping[str, Cited], lang: str, seen: tuple[str, ...] = ()) -> str:
    """A source in a line, with what that has it from: "Author: Title. Publisher, 2007, citing ..."."""
    head = ": ".join(filter(None, (source.authors, source.title)))
    parts = ", ".join(filter(None, (source.publisher, source.issued if source.issued not in source.title else "")))
    line = ". ".join(filter(None, (head, parts)))
    if source.cites in among and source.cites not in (*seen, source.key):
        with override(lang):
            cited = cite(among[source.cites], among, lang, (*seen, source.key))
            return _("%(source)s, citing %(cited)s") % {"source": line, "cited": cited}
    return line
