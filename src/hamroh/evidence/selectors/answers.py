"""What the rules find in an edition, which of it somebody answers for, and what stops the edition from being published."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from hamroh.evidence.models import Block, Edition, FindingAnswer
from hamroh.evidence.selectors.data import findings
from hamroh.kernel.figures import Finding, Severity, Unreadable
from hamroh.web.texts import pick


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its name, who answers for it, and the keys of the blocks that it speaks of."""

    finding: Finding
    fingerprint: str
    answer: FindingAnswer | None
    blocks: tuple[str, ...]

    @property
    def said(self) -> str:
        """The finding in the reader's language."""
        return self.finding.said(get_language() or "en")

    @property
    def answer_said(self) -> str:
        """The answer in the reader's language, or in the first that it was given in."""
        if self.answer is None:
            return ""
        return str(pick(self.answer.reasons, get_language() or "en")) if self.answer.reasons else self.answer.reason

    @property
    def is_open_error(self) -> bool:
        return self.finding.severity is Severity.ERROR and self.answer is None


@dataclass(frozen=True, slots=True)
class Examined:
    """All findings of an edition, and the faults for which it could not be read by the rules at all."""

    found: tuple[Judged, ...]
    faults: tuple[str, ...] = ()

    @property
    def blocking(self) -> list[Judged]:
        return [each for each in self.found if each.is_open_error]

    def of_block(self) -> dict[str, list[Judged]]:
        """Findings by the key of the block that they stand beside."""
        beside = defaultdict[str, list[Judged]](list)
        for each in self.found:
            for key in each.blocks:
                beside[key].append(each)
        return dict(beside)


def fingerprint(finding: Finding) -> str:
    """The name of a finding: it stays while rule, place and facts stay, so that an answer holds only for what it was given to."""
    said = [finding.rule, finding.code, list(finding.where), dict(sorted(finding.facts.items()))]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def examined(edition: Edition) -> Examined:
    """What the rules say of an edition as it stands, with the answers that hold."""
    try:
        found = findings(edition)
    except Unreadable as unreadable:
        return Examined((), tuple(unreadable.faults))
    answers, owners = standing_answers(edition), _owners(edition.blocks.all())
    made = ((finding, fingerprint(finding)) for finding in found)
    return Examined(tuple(Judged(each, name, answers.get(name), blocks_of(each, owners)) for each, name in made))


def blocking(edition: Edition) -> list[str]:
    """What stops an edition from being approved and published: errors that nobody answers for, in words; empty where nothing does."""
    seen = examined(edition)
    return [*seen.faults, *(f"{each.finding.rule}: {each.finding.said()}" for each in seen.blocking)]


def standing_answers(edition: Edition) -> dict[str, FindingAnswer]:
    """Answers that were not taken back, by the fingerprint of their finding; the newest holds."""
    rows = edition.answers.filter(withdrawn_at__isnull=True).select_related("answered_by").order_by("answered_at")
    return {each.fingerprint: each for each in rows}


def blocks_of(finding: Finding, owners: Mapping[str, str]) -> tuple[str, ...]:
    """Keys of the blocks that a finding names, in order; a cell is named after its table."""
    named = (owners.get(where) or owners.get(where.partition("/")[0], "") for where in finding.where)
    return tuple(dict.fromkeys(key for key in named if key))


def _owners(blocks: Iterable[Block]) -> dict[str, str]:
    """What findings may name, and the block that it belongs to: blocks themselves, and claims within them."""
    owners = dict[str, str]()
    for block in blocks:
        owners |= {str(claim.get("id")): block.key for claim in block.content.get("claims", ())} | {
            block.key: block.key
        }
    return owners
