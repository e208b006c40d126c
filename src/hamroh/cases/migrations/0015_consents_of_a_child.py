"""A guardian's consent and a child's own word."""

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """Rows come with what makes them."""

    dependencies = [("cases", "0014_state_support")]
    operations: list[Operation] = []
