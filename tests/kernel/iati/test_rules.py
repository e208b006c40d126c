"""Every kind of rule of the standard: what keeps it, what breaks it, what it does not concern."""

import datetime as dt
from typing import Any

import pytest
from lxml import etree

from hamroh.kernel.iati import KINDS, Known, Rule, Unruly, breaches, rules_of, verdict
from hamroh.kernel.iati.ours import broken, our_rules, told_rules

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
SHARES = {"paths": ["s/@p"], "sum": 100}
PERIOD = {"start": "from/@d", "end": "to/@d"}
LOOP = {
    "foreach": "s/@v",
    "subs": ["paths"],
    "do": {"strict_sum": {"cases": [{"paths": ["s[@v = '$1']/@p"], "sum": 100}]}},
}
#: kind, case, what keeps the rule, what breaks it
TABLE: list[tuple[str, dict[str, Any], str, str]] = [
    ("no_more_than_one", {"paths": ["a", "b"]}, "<x><a/></x>", "<x><a/><b/></x>"),
    ("atleast_one", {"paths": ["a/text()"]}, "<x><a>w</a></x>", "<x><a/></x>"),
    ("only_one_of", {"excluded": ["e"], "paths": ["a", "b"]}, "<x><b/></x>", "<x><e/><b/></x>"),
    ("only_one_of", {"excluded": ["e"], "paths": ["a", "b"]}, "<x><e/></x>", "<x><a/><b/></x>"),
    ("one_or_all", {"one": "@xml:lang", "all": "lang"}, '<x xml:lang="tg"><narrative/></x>', '<x><narrative xml:lang="tg"/><narrative/></x>'),
    ("one_or_all", {"one": "@c", "all": "currency"}, '<x><value currency="TJS"/></x>', "<x><forecast/></x>"),
    ("one_or_all", {"one": "sector", "all": "sector"}, "<x><transaction><sector/></transaction></x>", "<x><transaction/></x>"),
    ("dependent", {"paths": ["a", "b"]}, "<x/>", "<x><a/></x>"),
    ("unique", {"paths": ["a", "@b"]}, '<x b="1"><a>2</a></x>', '<x b="1"><a>1</a></x>'),
    ("sum", SHARES, "<x/>", '<x><s p="60"/><s p="41"/></x>'),
    ("strict_sum", SHARES, '<x><s p="33.3334"/><s p="66.6666"/></x>', "<x/>"),
    ("strict_sum", SHARES, '<x><s p="100"/></x>', '<x><s p="NaN"/></x>'),
    ("range", {"paths": ["@p"], "min": 0, "max": 100}, '<x p="100"/>', '<x p="100.1"/>'),
    ("range", {"paths": ["@p"], "min": 0}, '<x p="1e6"/>', '<x p="Infinity"/>'),
    ("date_order", {"less": "@a", "more": "@b"}, '<x a="2020-01-01" b="2020-01-01"/>', '<x a="2020-01-02" b="2020-01-01"/>'),
    ("date_order", {"less": "t/@d", "more": "NOW"}, '<x><t d="2026-11-23"/></x>', '<x><t d="2026-11-01"/><t d="2026-11-24"/></x>'),
    ("date_now", {"date": "@d"}, '<x d="2026-11-23T12:00:00Z"/>', '<x d="2026-11-23T12:00:01"/>'),
    ("time_limit", PERIOD, '<x><from d="2020-02-29"/><to d="2021-03-01"/></x>', '<x><from d="2019-01-01"/><to d="2020-01-02"/></x>'),
    ("between_dates", {"date": "@d", **PERIOD}, '<x d="2020-01-01"><from d="2020-01-01"/><to d="2020-12-31"/></x>', '<x d="2021-01-01"><from d="2020-01-01"/><to d="2020-12-31"/></x>'),
    ("regex_matches", {"paths": ["@r"], "regex": "^[^/&]+$"}, '<x r="AB-1"/>', '<x r="AB/1"/>'),
    ("regex_no_matches", {"paths": ["@r"], "regex": "[/&]"}, '<x r="AB-1"/>', '<x r="AB/1"/>'),
    ("startswith", {"prefix": ["@o"], "separator": "-", "paths": ["i"]}, '<x o="AB"><i>AB-1</i></x>', '<x o="AB"><i>AB1</i></x>'),
    ("startswith", {"start": "@o", "paths": ["i"]}, '<x o="AB"><i>AB1</i></x>', '<x o="AB"><i>A1</i></x>'),
    ("startswith", {"prefix": ["ORG-ID-PREFIX"], "paths": ["@o"]}, '<x o="XM-DAC-7"/>', '<x o="NO-ONE-7"/>'),
    ("if_then", {"if": "@a", "then": "number(@a) = @a"}, '<x a="1"/>', '<x a="one"/>'),
    ("evaluates_to_true", {"eval": "count(a) > 1"}, "<x><a/><a/></x>", "<x><a/></x>"),
    ("no_percent", {"paths": ["@p"]}, '<x p="60"/>', '<x p="60%"/>'),
    ("positive_decimal", {"paths": ["@p"]}, '<x p="0.5"/>', '<x p="0"/>'),
    ("no_spaces", {"paths": ["@r"]}, '<x r="A B"/>', '<x r="AB "/>'),
    ("loop", LOOP, '<x><s v="2" p="50"/><s v="2" p="50"/><s v="3" p="100"/></x>', '<x><s v="2" p="100"/><s v="3" p="60"/></x>'),
]  # fmt: skip
KNOWN = Known(now=NOW, prefixes=frozenset({"XM-DAC"}), organisations=frozenset({"OLD/1"}))


def broke(kind: str, case: dict[str, Any], xml: str) -> bool:
    rules = rules_of({"//x": {kind: {"cases": [case]}}})
    return any(True for _each in breaches(rules, etree.fromstring(xml), KNOWN))


@pytest.mark.parametrize(("kind", "case", "kept", "broken"), TABLE)
def test_it_judges_each_kind_of_rule(kind, case, kept, broken):
    assert (broke(kind, case, kept), broke(kind, case, broken)) == (False, True)


def test_it_has_tried_every_kind():
    assert {kind for kind, *_rest in TABLE} == KINDS


@pytest.mark.parametrize(
    ("kind", "case", "xml"),
    [
        ("date_order", {"less": "@a", "more": "@b"}, '<x a="2020-01-01"/>'),
        ("date_order", {"less": "@a", "more": "@b"}, '<x a="2020-13-45" b="2019-01-01"/>'),
        ("time_limit", PERIOD, '<x><from d="2020-01-01"/></x>'),
        ("date_now", {"date": "@d"}, '<x d="soon"/>'),
        ("atleast_one", {"paths": ["a"], "condition": "@b = 1"}, '<x b="2"/>'),
        ("regex_matches", {"paths": ["@r"], "regex": "^[^/]+$", "idCondition": "NOT_EXISTING_ORG_ID"}, '<x r="OLD/1"/>'),
        ("regex_matches", {"paths": ["@r"], "regex": "^[^/]+$", "idCondition": "NOT_EXISTING_ORG_ID_PREFIX"}, '<x r="OLD/1-7"/>'),
    ],
)  # fmt: skip
def test_it_says_nothing_where_a_rule_does_not_apply(kind, case, xml):
    assert verdict(Rule("//x", kind, case), etree.fromstring(xml), KNOWN) is None


def test_it_knows_no_prefix_without_the_list():
    rule = Rule("//x", "startswith", {"prefix": ["ORG-ID-PREFIX"], "paths": ["@o"]})
    assert verdict(rule, etree.fromstring('<x o="A"/>'), Known(now=NOW)) is None


def test_it_lets_no_value_leave_the_text_of_a_path():
    """A quotation mark in a code would turn the loop's path into another one."""
    assert not broke("loop", LOOP, """<x><s v="2' or '1'='1" p="60"/></x>""")


def test_it_tells_the_rule_and_the_part():
    ruleset = {
        "//x": {
            "atleast_one": {
                "cases": [{"paths": ["a"], "ruleInfo": {"id": "6.1", "severity": "warning", "message": "an a"}}]
            }
        }
    }
    (found,) = breaches(rules_of(ruleset), etree.fromstring("<y><x/></y>"), KNOWN)
    assert (found.rule.id, found.rule.severity, found.words, found.node.tag) == ("6.1", "warning", "an a", "x")


@pytest.mark.parametrize(
    "ruleset", [[], {"//x": []}, {"//x": {"atleast_one": {}}}, {"//x": {"unheard_of": {"cases": [{}]}}}]
)
def test_it_refuses_what_is_no_rule_set(ruleset):
    with pytest.raises(Unruly):
        rules_of(ruleset)


def test_it_says_every_rule_of_ours_in_four_languages():
    assert all({"en", "az", "ru", "tg"} == set(each.says) == set(each.do) for each in told_rules().values())


def test_it_has_no_two_rules_of_one_name():
    assert len({each.id for each in our_rules()}) == len(our_rules())


GOOD = """<iati-activities version="2.03"><iati-activity xml:lang="en" default-currency="USD" last-updated-datetime="2026-01-01T00:00:00Z">
<iati-identifier>A-1</iati-identifier><reporting-org ref="A" type="22"><narrative>A</narrative></reporting-org><title><narrative>T</narrative></title>
<description><narrative>D</narrative></description><participating-org role="1"><narrative>N</narrative></participating-org><activity-status code="2"/>
<activity-date type="1" iso-date="2020-01-01"/><activity-date type="2" iso-date="2020-01-01"/><activity-date type="3" iso-date="2021-01-01"/>
<activity-date type="4" iso-date="2021-01-01"/><recipient-country code="TJ" percentage="60"/><recipient-country code="AZ" percentage="40"/>
<sector vocabulary="1" code="15170" percentage="60"/><sector vocabulary="1" code="15190" percentage="40"/>
<policy-marker vocabulary="1" code="1" significance="2"/><budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
<value value-date="2020-01-01">1</value></budget><transaction><transaction-type code="1"/><transaction-date iso-date="2020-01-01"/>
<value value-date="2020-01-01">1</value><provider-org ref="B"/></transaction><result type="1"><title><narrative>R</narrative></title>
<indicator measure="1"><title><narrative>I</narrative></title><baseline year="2019" value="0"/><period><period-start iso-date="2020-01-01"/>
<period-end iso-date="2020-12-31"/><target value="5"/><actual value="4"/></period></indicator></result></iati-activity></iati-activities>"""
#: what is done to a good file, and the rules of ours that break
HARM = [
    ("<iati-identifier>A-1", "<iati-identifier>A", {"identifier-other", "identifier-begins"}), ("A-1<", "A-1/2<", {"identifier-signs"}),
    ('ref="B"', 'ref="B "', {"identifier-spaces"}), ("<narrative>T</narrative>", "<narrative/>", {"title-worded"}),
    ("<narrative>D</narrative>", "<narrative/>", {"about-worded"}), (' xml:lang="en"', "", {"language-said"}),
    ("2026-01-01T", "2027-01-01T", {"changed-later"}), ('type="3" iso-date="2021', 'type="3" iso-date="2019', {"planned-order"}),
    ('type="4" iso-date="2021', 'type="4" iso-date="2019', {"actual-order"}), ('type="4" iso-date="2021', 'type="4" iso-date="2031', {"end-later"}),
    ('type="2" iso-date="2020', 'type="2" iso-date="2031', {"start-later", "actual-order"}), ("<narrative>N</narrative>", "", {"party-named"}),
    (' default-currency="USD"', "", {"currency-said"}), ('"AZ" percentage="40"', '"AZ" percentage="30"', {"countries-sum"}),
    ('"AZ" percentage="40"', '"AZ"', {"countries-each"}), ('"15190" percentage="40"', '"15190" percentage="30"', {"sectors-sum"}),
    ('"15190" percentage="40"', '"15190"', {"sectors-each"}), ('"60"/><sector', '"160"/><sector', {"share-between", "sectors-sum"}),
    (' significance="2"', "", {"marker-weighed"}), ('period-end iso-date="2020-12-31"/>\n<value', 'period-end iso-date="2019-12-31"/>\n<value', {"budget-order"}),
    ('period-end iso-date="2020-12-31"/>\n<value', 'period-end iso-date="2021-12-31"/>\n<value', {"budget-year"}),
    ('transaction-date iso-date="2020', 'transaction-date iso-date="2031', {"paid-later"}), ('<provider-org ref="B"/>', "<provider-org/>", {"payer-named"}),
    ('value="0"/><period>', "/><period>", {"baseline-valued"}), ('<target value="5"/>', "<target/>", {"target-valued"}), ('value="4"', 'value="4 women"', {"actual-number"}),
    ('measure="1"', 'measure="5"', {"baseline-words", "target-words", "actual-words"}), ('period-end iso-date="2020-12-31"/><t', 'period-end iso-date="2019-12-31"/><t', {"period-order"}),
    ('vocabulary="1" code="15190"', 'vocabulary="99" code="15190"', {"sector-own-worded", "sectors-one"}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "rules"), HARM)
def test_it_finds_what_was_done_to_a_good_file(before, after, rules):
    assert before in GOOD
    tree = etree.fromstring(GOOD.replace(before, after))
    assert {told.id for told, _node in broken(tree, KNOWN)} == rules


def test_it_finds_nothing_in_a_good_file():
    assert list(broken(etree.fromstring(GOOD), KNOWN)) == []
