"""Which forms were taken already, so that one sent twice is written once."""

from django.db import models


class TakenForm(models.Model):
    """A form that was written, by a digest of its random key, its sender and its address, with what it was answered."""

    digest = models.CharField(max_length=64, primary_key=True)
    answer = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(db_index=True)
