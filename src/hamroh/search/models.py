"""The one public index: records, what they say, the words they use, and the log that keeps processes in step.

The tokens themselves stand in ``search_tokens``, which each database keeps in its own way (``search.backends``).
"""

import json
from typing import Any

from django.db import models
from django.utils import timezone


class Letters(json.JSONEncoder):
    """JSON that keeps letters as they are: escaped, Cyrillic takes three times the room."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class Record(models.Model):
    """A public record in its place: ``place`` is its bit in every set, never used again until a rebuild.

    ``quality`` from 0 to 127 and ``tie`` (24 bits of a hash of its name) settle what the words leave open. ``facets`` is a line
    ``name=value`` each; after ``last_date`` the record is not public any more. ``came_at`` is when it was first told of here: writing it anew,
    or the whole index, leaves it as it was.
    """

    place = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(max_length=40)
    record_id = models.CharField(max_length=64)
    quality = models.PositiveSmallIntegerField()
    tie = models.PositiveIntegerField()
    facets = models.TextField(blank=True)
    last_date = models.DateField(null=True)
    came_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="record_once")]
        indexes = [models.Index(fields=["-came_at"], name="records_by_arrival")]


class Content(models.Model):
    """What is shown of a record, and the tokens it is found by (parted by spaces, deflated).

    ``words`` are the forms of the words of each passage as ``search.tokens`` writes them down, deflated: a hit is explained without
    analysing its texts again. Rows written before they were kept have none.
    """

    place = models.PositiveIntegerField(primary_key=True)
    address = models.CharField(max_length=300)
    titles = models.JSONField(encoder=Letters)
    passages = models.JSONField(encoder=Letters)
    tokens = models.BinaryField()
    words = models.BinaryField(default=b"")


class Word(models.Model):
    """A word that public records use, with the number of records: what a misspelt query is put right by.

    ``barest`` holds its folded spelling and its folded stems, parted by spaces.
    """

    id = models.BigAutoField(primary_key=True)
    text = models.CharField(max_length=64, unique=True)
    barest = models.TextField()
    records = models.IntegerField()


class WordKey(models.Model):
    """The beginning of a word with at most one letter left out."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=12)
    text = models.CharField(max_length=64, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["key"], name="word_by_key")]


class Change(models.Model):
    """One write: places from ``first`` up to ``next`` came, those in ``removed`` went.

    A process that remembers ``stamp`` of its last look needs only what came later. A stamp that is not here any more, or was
    rolled back, makes it read everything anew.
    """

    id = models.BigAutoField(primary_key=True)
    stamp = models.CharField(max_length=32, unique=True)
    first = models.PositiveIntegerField()
    next = models.PositiveIntegerField()
    removed = models.JSONField(default=list)
