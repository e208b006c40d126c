"""Facts of a case for its letters, what they are called, and the letters as files."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import User
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook
from hamroh.cases.models import Case, Household, Matter, Part
from hamroh.cases.printing import TEMPLATES, fonts
from hamroh.cases.selectors.files import people
from hamroh.kernel import law, letters
from hamroh.kernel.letters import CHILDREN, Letter, Written
from hamroh.vault import opening
from hamroh.web import dates
from hamroh.web.texts import pick

PURPOSE = "letter"
#: what a fact of a letter is called, in the order in which it is asked
FACTS: dict[str, Any] = {
    "addressee": _("Whom it goes to"), "court": _("Court"), "office": _("Office of the enforcement service"),
    "number": _("Number of the case there"), "client.name": _("Her name"), "client.born": _("When she was born"),
    "client.document": _("Her document"), "client.place": _("Where she lives, as far as it may be said"),
    "husband.name": _("His name"), "husband.born": _("When he was born"), "husband.place": _("His last known place"),
    "father.name": _("Name of the children’s father"), "father.born": _("When the father was born"),
    "father.place": _("The father’s last known place"), CHILDREN: _("Names of the children"), "share": _("Share of his earnings"),
    "stopped": _("Since when nothing comes"), "purpose": _("What for"), "lawyer.name": _("Name of the representative"),
    "organisation": _("Name of the organisation"), "code": _("Our code"),
}  # fmt: skip
#: kinds of places of which somebody's place is said, the first that is known
_WHERE = ("now", "home")


@dataclass(frozen=True)
class Filed:
    """What the file says for letters in one language: facts by name, and the children one by one."""

    facts: Mapping[str, str]
    children: Sequence[Mapping[str, str]]


def fitting(matters: Sequence[Matter], case: Case) -> list[Letter]:
    """The letters that may be written in a case with these matters."""
    kinds = {matter.kind for matter in matters} | {""}
    found = letters.letters().values()
    return [each for each in found if any(each.fits(kind, case.country) for kind in kinds)]


def filed(case: Case, decision: Decision, author: User, lang: str, matter: Matter | None) -> Filed:
    """What is known; whatever is not is absent."""
    persons = people(case=case, decision=decision, purpose=PURPOSE)
    by_part: dict[str, dict[str, Any]] = {}
    for each in persons:
        by_part.setdefault(each["row"].part, each)
    young = sorted((each for each in persons if each["row"].part == Part.CHILD), key=_age)
    children = [{"child.name": each["name"], "child.born": _born(each, lang)} for each in young]
    husband = by_part.get(Part.HUSBAND)
    facts = {
        **_of(by_part.get(Part.CLIENT), "client", lang), **_of(husband, "husband", lang),
        **_of(by_part.get(Part.FATHER) or husband, "father", lang), **_of_matter(matter, decision),
        CHILDREN: ", ".join(each["child.name"] for each in children), "share": _share(case, len(children)),
        "stopped": _stopped(case, decision, lang), "lawyer.name": author.display_name, "code": case.code,
        "organisation": pick(case.organisation.names, lang).text,
    }  # fmt: skip
    return Filed({name: value for name, value in facts.items() if value}, children)


def _of(person: Mapping[str, Any] | None, who: str, lang: str) -> dict[str, str]:
    if person is None:
        return {}
    places = {each["kind"]: each.get("words", "") for each in person["places"] or ()}
    return {
        f"{who}.name": person["name"], f"{who}.born": _born(person, lang), f"{who}.document": person["document"] or "",
        f"{who}.place": next((places[kind] for kind in _WHERE if places.get(kind)), ""),
    }  # fmt: skip


def _age(child: Mapping[str, Any]) -> tuple[int, ...]:
    """The eldest first; of whom no year is known, last."""
    born = child["born"] or {}
    return tuple(born.get(part, 9999) for part in ("year", "month", "day"))


def _born(person: Mapping[str, Any], lang: str) -> str:
    return _partial(person["born"], lang)


def _partial(told: Mapping[str, int] | None, lang: str) -> str:
    """A day as far as it is known, in words."""
    if not told or not told.get("year"):
        return ""
    known = [f"{told['year']:04d}", *(f"{told[part]:02d}" for part in ("month", "day") if told.get(part))]
    return dates.partial("-".join(known), lang)


def _of_matter(matter: Matter | None, decision: Decision) -> dict[str, str]:
    if matter is None:
        return {}
    facts = opening.open_each(matter, ("facts",), decision=decision, purpose=PURPOSE)["facts"]
    return {name: facts.get(name, "") for name in ("court", "number")} if isinstance(facts, dict) else {}


def _share(case: Case, count: int) -> str:
    on = local_date(timezone.now(), case.organisation)
    return letters.share_of(count, lawbook.book(on).one(law.Role.SHARES, case.country, on))


def _stopped(case: Case, decision: Decision, lang: str) -> str:
    row = Household.objects.filter(case=case).first()
    facts = opening.open_each(row, ("facts",), decision=decision, purpose=PURPOSE)["facts"] if row else {}
    return _partial(facts.get("stopped"), lang) if isinstance(facts, dict) else ""


def written(letter: Letter, case: Case, lang: str, of: Filed, typed: Mapping[str, str]) -> Written:
    """The letter from what was typed; what was left empty stands as a gap."""
    on = local_date(timezone.now(), case.organisation)
    return letters.write(
        letter,
        country=case.country,
        lang=lang,
        facts=typed,
        lists={"children": of.children},
        book=lawbook.book(on),
        on=on,
    )


# -- files -----------------------------------------------------------------------------------------------------------


def pdf(letter: Written) -> bytes:
    found = typst.compile(
        TEMPLATES / "letter.typ", root=TEMPLATES, font_paths=fonts(),
        sys_inputs={"letter": json.dumps(_as_data(letter), ensure_ascii=False)}, format="pdf",
    )  # fmt: skip
    assert isinstance(found, bytes)
    return found


def docx(letter: Written) -> bytes:
    """The letter as Word opens it: to be read over and changed."""
    from docx import Document
    from docx.shared import Pt

    data, book = _as_data(letter), Document()
    book.styles["Normal"].font.name, book.styles["Normal"].font.size = "Times New Roman", Pt(12)
    for term, value in data["head"]:
        line = book.add_paragraph()
        line.add_run(f"{term}: ").bold = True
        line.add_run(_clean(value))
    book.add_heading(data["title"], level=1)
    for text in data["body"]:
        book.add_paragraph(_clean(text))
    if data["asks"]:
        book.add_paragraph().add_run(data["words"]["asks"]).bold = True
    for text in data["asks"]:
        book.add_paragraph(_clean(text), style="List Number")
    book.add_paragraph(f"{data['words']['day']} ________________    {data['words']['signature']} ________________")
    book.add_paragraph().add_run(data["words"]["eye"]).italic = True
    file = io.BytesIO()
    book.core_properties.author = book.core_properties.title = ""
    book.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    """Without signs that no document may hold."""
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t")


def _as_data(letter: Written) -> dict[str, Any]:
    with translation.override(letter.lang):
        words = {
            "asks": gettext("I ask:"), "day": gettext("Day"), "signature": gettext("Signature"),
            "eye": gettext("Put together by a program from what the file says. A lawyer reads it before it goes out."),
        }  # fmt: skip
    return {
        "lang": letter.lang, "title": letter.title, "head": [list(line) for line in letter.head],
        "body": list(letter.body), "asks": list(letter.asks), "words": words,
    }  # fmt: skip


FORMS = {
    "pdf": ("application/pdf", pdf),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx),
}
