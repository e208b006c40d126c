from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever made an organisation's recovery papers saw all three: somebody else holds the drill."""

    dependencies = [("vault", "0005_released_figures")]
    operations = [migrations.AddField("recoverykey", "made_by", models.UUIDField(null=True))]
