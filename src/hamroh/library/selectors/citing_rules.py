"""Which rules of the packs stand in an act, and which public page tells of each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone

from hamroh.kernel.law import Audience, Rule, load, shown
from hamroh.kernel.rights import Guide, Saying, matters

_PAGES = "/{lang}/info/r/{number}"


@dataclass(frozen=True)
class CitingRule:
    """A rule that stands in an act: its article, what it says, and the page about rights that uses it, empty where none does."""

    article: str
    says: str
    lang: str
    certainty: str
    address: str
    title: str


def rules_citing(law: str, lang: str) -> list[CitingRule]:
    """The rules of an act that may be shown to everybody today, by article."""
    today, pages = timezone.localdate(), _pages()
    rules = [rule for rule in load().rules.values() if rule.act.code == law and _is_shown(rule, today)]
    return [_citing(rule, lang, pages.get(rule.id)) for rule in sorted(rules, key=lambda each: _order(each.article))]


def _is_shown(rule: Rule, today: dt.date) -> bool:
    return shown(rule, Audience.PUBLIC, today).allowed


def _citing(rule: Rule, lang: str, number: int | None) -> CitingRule:
    says = rule.meanings.get(lang, "") if lang != "en" else rule.says
    address = _PAGES.format(lang=lang, number=number) if number else ""
    title = matters()[number].titles[lang] if number else ""
    return CitingRule(rule.article, says or rule.says, lang if says else "en", str(rule.certainty), address, title)


def _order(article: str) -> tuple[int, str]:
    digits = "".join(sign for sign in article if sign.isdigit() or sign == " ").split()
    return (int(digits[0]) if digits else 0, article)


@lru_cache(maxsize=1)
def _pages() -> dict[str, int]:
    """The number of the first matter whose guide uses a rule."""
    found: dict[str, int] = {}
    for number, matter in sorted(matters().items()):
        for guide in matter.guides.values():
            for saying in _sayings(guide):
                for rule in saying.rules:
                    found.setdefault(rule.id, number)
    return found


def _sayings(guide: Guide) -> Iterator[Saying]:
    for part in (guide.law, guide.steps, guide.limits, guide.papers, guide.ask):
        yield from part
    yield from guide.owed.values()
