"""National layers of invented terms over the base vocabulary, their releases, and suggestions that wait."""

from collections.abc import Mapping
from typing import Any

from hamroh.accounts.models import Membership, Organisation, User
from hamroh.kernel.datafiles import document
from hamroh.thesaurus import actions
from hamroh.thesaurus.models import Concept, GroupKind, LabelKind, Layer, RelationKind, Scheme, Status, Suggestion

FILE = "demo/terms.yml"
_BASE = "hamroh"
_LANGS = ("en", "az", "ru", "tg")


def load_terms(editors: Mapping[str, User]) -> None:
    """Each layer as its editors would write it; one that is there already is left alone."""
    told = document(FILE)
    for code, layer in told["layers"].items():
        if not Scheme.objects.filter(code=code).exists():
            _load_layer(editors[layer["country"]], code, layer, told["source"])
    if not Suggestion.objects.exists():
        for each in told["suggestions"]:
            _load_suggestion(editors, each)


def _load_layer(actor: User, code: str, told: dict[str, Any], source: str) -> None:
    house = Organisation.objects.get(code=told["organisation"])
    scheme = actions.start_layer(
        actor=actor,
        organisation=house,
        code=code,
        titles=told["titles"],
        layer=Layer.NATIONAL,
        extends=Scheme.objects.get(code=_BASE),
        licence="CC0 1.0",
        source=source,
    )
    for term in told["terms"]:
        _add(actor, scheme, term, source)
    for said in told["overlays"]:
        _overlay(actor, scheme, said, source)
    if "array" in told:
        _array(actor, scheme, told["array"])
    if "release" in told:
        actions.release_scheme(actor=actor, scheme=scheme, **told["release"])
        _go_on(actor, scheme, told["afterwards"], source)
        _add(actor, scheme, told["candidate"], source, Status.CANDIDATE)


def _add(actor: User, scheme: Scheme, term: dict[str, Any], source: str, status: str = Status.APPROVED) -> None:
    labels = {lang: term[lang] for lang in _LANGS}
    above = [_concept(term["in"])] if "in" in term else []
    way = term.get("way", RelationKind.BROADER)
    made = actions.add_concept(
        actor=actor, scheme=scheme, key=term["key"], labels=labels, broader=above, kind=way, status=status
    )
    made.labels.update(certainty="C", source=source)
    if "near" in term:
        actions.add_relation(
            actor=actor, layer=scheme, concept=made, other=_concept(term["near"]), kind=RelationKind.RELATED
        )


def _overlay(actor: User, scheme: Scheme, said: dict[str, str], source: str) -> None:
    actions.add_label(
        actor=actor,
        layer=scheme,
        concept=_concept(said["of"]),
        lang=said["lang"],
        text=said["text"],
        kind=LabelKind.ALTERNATIVE,
        certainty="C",
        source=source,
        outdated=said.get("outdated", ""),
    )


def _array(actor: User, scheme: Scheme, told: dict[str, Any]) -> None:
    array = actions.add_group(
        actor=actor,
        scheme=scheme,
        titles=told["titles"],
        kind=GroupKind.ARRAY,
        superordinate=_concept(told["under"]),
    )
    for key in told["members"]:
        actions.put_into_group(actor=actor, group=array, concept=_concept(key))


def _go_on(actor: User, scheme: Scheme, told: dict[str, Any], source: str) -> None:
    """What the second release tells of."""
    said = told["say"]
    label = _concept(said["key"]).labels.select_related("scheme", "concept").get(lang=said["lang"])
    actions.edit_label(actor=actor, label=label, text=said["text"], certainty="C", source=source)
    move = told["move"]
    actions.add_broader(actor=actor, layer=scheme, concept=_concept(move["key"]), broader=_concept(move["in"]))
    _add(actor, scheme, told["add"], source)
    gone = told["retire"]
    actions.retire_concept(actor=actor, concept=_concept(gone["key"]), replaced_by=_concept(gone["by"]))
    actions.release_scheme(actor=actor, scheme=scheme, number=told["number"], notes=told["notes"])


def _load_suggestion(editors: Mapping[str, User], told: dict[str, Any]) -> None:
    about, by = told["about"], editors[told["by"]]
    names = ("kind", "lang", "text", "why", "explanation")
    made = actions.suggest(
        actor=by,
        organisation=_house(by),
        scheme=Scheme.objects.get(code=about["scheme"]),
        concept=_concept(about["key"]) if "key" in about else None,
        instead_of=told.get("instead_of", ""),
        **{name: told[name] for name in names},
    )
    for remark in told["remarks"]:
        who = editors[remark["by"]]
        actions.discuss(actor=who, suggestion=made, text=remark["text"], organisation=_house(who))
    for country, choice in told["votes"].items():
        actions.vote(actor=editors[country], suggestion=made, choice=choice)


def _house(editor: User) -> Organisation:
    return Membership.objects.select_related("organisation").filter(user=editor).earliest("pk").organisation


def _concept(key: str) -> Concept:
    return Concept.objects.select_related("scheme").get(key=key)
