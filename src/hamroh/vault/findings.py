"""What the doctor asks of retention."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max
from django.utils import timezone

from hamroh.vault import retention
from hamroh.vault.models import Release, RetentionCount
from hamroh.vault.states import ReleaseLife
from hamroh.web.findings import RISKY, Finding

WAITED, COUNTED, ERASED = dt.timedelta(days=60), dt.timedelta(days=2), dt.timedelta(days=1)


def due_records() -> Iterator[Finding]:
    """Records that wait for longer than two months, releases that are not carried out, and a count that does not run."""
    if not any(of.rows().exists() for of in retention.classes()):
        return
    now = timezone.now()
    counted = RetentionCount.objects.aggregate(last=Max("counted_at"))["last"]
    if counted is None or now - counted > COUNTED:
        last = f"{counted:%Y-%m-%d %H:%M}" if counted else "never"
        says = f"due records were last counted: {last}"
        yield Finding("retention.count", RISKY, says, "Start hamroh worker, or run hamroh retention run.")
    late = RetentionCount.objects.filter(due__gt=0, oldest_due_date__lt=(now - WAITED).date())
    if rows := list(late.order_by("oldest_due_date")):
        says = f"{sum(row.due for row in rows)} records are kept longer than their rule, the oldest due since {rows[0].oldest_due_date}"
        yield Finding("retention.due", RISKY, says, "A supervisor reviews them at the desk: Records to let go.")
    stuck = Release.objects.filter(state=ReleaseLife.released.name, released_at__lt=now - ERASED)
    if count := stuck.count():
        says = f"{count} releases were not carried out within a day"
        yield Finding("retention.release", RISKY, says, "Start hamroh worker, or run hamroh retention run.")
