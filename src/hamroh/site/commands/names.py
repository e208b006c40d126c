"""``hamroh names``: how a name is read, and what two names have in common."""

import json
from typing import Any

import click

from hamroh.kernel.names import Comparison, Name, Part, compare, lexicon, read
from hamroh.kernel.names.keys import keys

LANGS = ("en", "az", "tg", "ru")


@click.command()
@click.option("--lang", type=click.Choice(LANGS), default="en", help="The language of the reasons.")
@click.option("--json", "as_json", is_flag=True, help="For a program.")
@click.argument("words", nargs=-1, required=True)
def names(words: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Read one NAME, or say what two have in common: hamroh names compare NAME NAME. Names with a space stand in quotes."""
    if words[0] == "compare":
        if len(words) != 3:
            raise click.UsageError('two names are compared: hamroh names compare "Раҳмонов Саид" "Rahmon Said"')
        compared = compare(words[1], words[2])
        _say(_compared(compared, lang), [*_reasons(compared, lang), f"{compared.bits:+.1f} bits in all"], as_json)
        return
    name = read(" ".join(words))
    if not name.parts:
        raise click.UsageError("there is no name in this: not one letter")
    _say(_read(name), _lines(name), as_json)


def _say(record: dict[str, Any], lines: list[str], as_json: bool) -> None:
    click.echo(json.dumps(record, ensure_ascii=False) if as_json else "\n".join(lines))


def _lines(name: Name) -> list[str]:
    lines = []
    for line, part in zip(name.trace(), name.parts, strict=False):
        lines += [line, f"    keys: {', '.join(_skeletons(part.roots))}"]
        lines += [f"    {found['why']} of {found['name']} ({found['key']})" for found in _groups(part)]
        lines += [f"    of a compound: {', '.join(left)}" for left in [_left(part)] if left]
    return lines + name.trace()[len(name.parts) :]


def _skeletons(roots: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(keys(root).skeleton for root in roots))


def _groups(part: Part) -> list[dict[str, str]]:
    """The names in the lexicon to which a word belongs."""
    numbers = sorted({number for root in part.roots for number in lexicon.groups(root, part.written)})
    return [{"key": lexicon.key(each), "name": lexicon.head(each), "why": lexicon.why(each)} for each in numbers]


def _left(part: Part) -> list[str]:
    return list(dict.fromkeys(left for root in part.roots for left in lexicon.tails(root)))


def _read(name: Name) -> dict[str, Any]:
    return {
        "name": name.written,
        "parts": [
            {
                "written": part.written, "script": part.script, "readings": part.readings, "roots": part.roots,
                "ending": part.ending, "role": part.role, "keys": _skeletons(part.roots), "groups": _groups(part), "left": _left(part),
            }
            for part in name.parts
        ],
    }  # fmt: skip


def _reasons(compared: Comparison, lang: str) -> list[str]:
    return [f"{meeting.bits:+5.1f}  {meeting.said(lang)}" for meeting in compared.meetings]


def _compared(compared: Comparison, lang: str) -> dict[str, Any]:
    reasons = [
        {
            "a": meeting.a and meeting.a.written, "b": meeting.b and meeting.b.written,
            "level": meeting.level.name.lower(), "bits": round(meeting.bits, 2), "said": meeting.said(lang),
        }
        for meeting in compared.meetings
    ]  # fmt: skip
    return {"a": compared.a.written, "b": compared.b.written, "bits": round(compared.bits, 2), "reasons": reasons}
