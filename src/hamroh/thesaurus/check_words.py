"""What the checks find, in words: the rule, why it matters, and the one finding."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hamroh.kernel.vocabulary_checks import Mend, Rule
from hamroh.thesaurus.selectors.checking import Found


@dataclass(frozen=True)
class RuleWords:
    """A heading, and why what it names is wrong."""

    title: str | Promise
    why: str | Promise


RULES: Mapping[Rule, RuleWords] = {
    Rule.RING: RuleWords(_("Concepts that lie under themselves"), _("Nobody can say which of them is the wider one.")),
    Rule.BOTH: RuleWords(
        _("Related, and one above the other"),
        _("What lies above or below is near already; related is for what stands beside."),
    ),
    Rule.TWO_PREFERRED: RuleWords(
        _("Two preferred labels in one language"), _("Readers do not learn which of the words to use.")
    ),
    Rule.MAPPING_CLASH: RuleWords(
        _("Matches that contradict each other"),
        _("What is exactly the same is not wider or narrower, and is the same as one only."),
    ),
    Rule.DEPRECATED_ABOVE: RuleWords(
        _("Under a concept out of use"), _("Whoever goes from wide to narrow does not find it any more.")
    ),
    Rule.NO_SUCCESSOR: RuleWords(_("Out of use, and replaced by nothing"), _("Records that use it are led nowhere.")),
    Rule.SAME_LABEL: RuleWords(
        _("Two concepts with the same name"), _("Whoever chooses by name chooses the wrong one.")
    ),
    Rule.ALT_IS_PREF: RuleWords(_("Another name that is the preferred one"), _("It says nothing new.")),
    Rule.REDUNDANT: RuleWords(
        _("A broader concept that is implied already"),
        _("It stands above by another way; two ways are shown where there is one."),
    ),
    Rule.MIXED_SCRIPTS: RuleWords(
        _("Letters of two scripts in one word"),
        _("It looks right and is not found: a letter was typed on the wrong keyboard."),
    ),
    Rule.ODD_SPACES: RuleWords(_("Odd spaces in a label"), _("It is sorted and compared wrongly.")),
    Rule.ORPHAN: RuleWords(_("Concepts that stand alone"), _("Nobody who browses comes upon them.")),
    Rule.NO_LABEL: RuleWords(
        _("No preferred label in a language"), _("Readers of this language see a word of another one.")
    ),
}
MENDS: Mapping[Mend, str | Promise] = {
    Mend.UNRELATE: _("Take the relation away"),
    Mend.DROP_LABEL: _("Take the label away"),
    Mend.DROP_BROADER: _("Take the broader concept away"),
    Mend.TIDY: _("Make the spaces plain"),
}


def rule_words(rule: Rule) -> RuleWords:
    return RULES[rule]


def finding_words(found: Found) -> tuple[str, str | Promise]:
    """What a finding adds to the name of its concept, and the words of its mend; either may be empty."""
    about = found.finding.about
    other = found.other.text if found.other else about.get("other", "")
    said = [about.get("path", ""), about.get("text", ""), about.get("lang", ""), other, about.get("uri", "")]
    mend = found.finding.mend
    return " · ".join(part for part in said if part), MENDS[mend] if mend else ""
