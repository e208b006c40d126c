"""What addresses of cases name: each module of makers joins as it is read, so that who needs all of them reads all of them here."""

import cases_alimony  # noqa: F401 - its makers join the others'
import cases_evidence  # noqa: F401 - its makers join the others'
import cases_exports  # noqa: F401 - its makers join the others'
import cases_letters  # noqa: F401 - its makers join the others'
import cases_matters  # noqa: F401 - its makers join the others'
import cases_mediation  # noqa: F401 - its makers join the others'
import cases_people  # noqa: F401 - its makers join the others'
import cases_referrals  # noqa: F401 - its makers join the others'
import cases_safety  # noqa: F401 - its makers join the others'
import cases_support  # noqa: F401 - its makers join the others'
import cases_trafficking  # noqa: F401 - its makers join the others'
import cases_violence  # noqa: F401 - its makers join the others'
import cases_work  # noqa: F401 - its makers join the others'
from cases_world import OF_A_HOUSE, THERE, Office
from hamroh.cases.models import Case

__all__ = ["OF_A_HOUSE", "there"]


def there(office: Office, case: Case) -> dict[str, str]:
    """Everything that addresses of the room may name, of one case, made in one order, whichever module was read first."""
    makers = sorted(THERE.items(), key=lambda item: item[1].__module__)
    return {"code": case.code, **{name: str(make(office, case)) for name, make in makers}}
