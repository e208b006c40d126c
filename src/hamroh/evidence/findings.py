"""What the doctor asks of profiles."""

from collections.abc import Iterator

from hamroh.evidence.freezing import missing_guards, verify
from hamroh.evidence.models import Edition
from hamroh.evidence.states import FROZEN
from hamroh.web.findings import FAILING, RISKY, Finding


def frozen_editions() -> Iterator[Finding]:
    """Published editions that are not what was published, and tables whose guards the database lost."""
    for edition in Edition.objects.filter(state__in=FROZEN).order_by("code"):
        if faults := verify(edition):
            shown = "; ".join(faults[:5]) + (f"; and {len(faults) - 5} more" if len(faults) > 5 else "")
            do = "Find out who changed it, and put the tables back from a backup made before."
            yield Finding(
                "evidence.frozen",
                FAILING,
                f"the published edition {edition.code} is changed: {shown}",
                do,
                waivable=True,
            )
    if lost := missing_guards():
        says = f"these tables lost their guards against changes: {', '.join(lost)}"
        yield Finding(
            "evidence.guards", RISKY, says, "Make the triggers of the room evidence anew from its migrations."
        )
