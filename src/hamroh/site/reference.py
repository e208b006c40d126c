"""Pages of the documentation that are written from the code: ``python -m hamroh.site.reference FOLDER`` writes them anew."""

import sys
from collections.abc import Container, Iterator
from pathlib import Path

_HEAD = """# Permissions

Written from the policy (`accounts/policy/verbs.py` and the rooms' own rules) by `python -m hamroh.site.reference docs/reference`;
a test compares the two.

A verb is what somebody does. It is allowed to whoever holds one of its roles and stands to the record as the rule says: in the
**organisation** that keeps it, in its **team**, or as its **owner**. A role may be limited to a team or to areas, begins and
expires. Beside that:

- somebody who is *shut out* of a record has no verb on it and cannot learn that it exists;
- what is *lent* to another organisation is for those there who hold a role of the verb, and for its guests;
- what reads personal data (S3) can be opened *in an emergency* by people of the same organisation, for four hours, for reading,
  where the last column says so; an opening that nobody reviewed within 72 hours pauses the account that made it;
- what locates somebody (S4) opens for the members of its record alone, whatever roles are held.

"""


def permissions(but: Container[str] = ()) -> str:
    """The page of all verbs with their roles; ``but`` are verbs that no installation has."""
    from hamroh.accounts.policy import VERBS

    rows = [_row(name) for name in sorted(VERBS) if name not in but]
    return "".join(
        [
            _HEAD,
            "| verb | roles | reads only | class | can be lent | in an emergency |\n|---|---|---|---|---|---|\n",
            *rows,
        ]
    )


def _row(name: str) -> str:
    from hamroh.accounts.policy import VERBS

    verb = VERBS[name]
    facts = _yes(verb.reads), verb.data_class, _yes(verb.grantable), _yes(verb.breakable)
    return f"| `{name}` | {'; '.join(_rules(name))} | {' | '.join(facts)} |\n"


def _rules(name: str) -> Iterator[str]:
    from hamroh.accounts.models import Role
    from hamroh.accounts.policy import VERBS

    for rule in VERBS[name].rules:
        everybody = rule.roles == frozenset(Role.values)
        roles = "every role" if everybody else ", ".join(role.replace("_", " ") for role in sorted(rule.roles))
        yield f"{roles} ({rule.relation})"


def _yes(fact: bool) -> str:
    return "yes" if fact else ""


def main(folder: str) -> None:
    """Write every page into ``folder``."""
    import django

    django.setup()
    Path(folder, "permissions.md").write_text(permissions(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
