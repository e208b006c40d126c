"""What people write to an organisation through the contact page, and where old addresses lead."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation, User
from hamroh.vault import fields


class Letter(fields.SealedModel):
    """A message from the contact page: sealed for one organisation. Of when, only the day is kept."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    words = fields.SealedText(label="pages.letter.words")
    way_back = fields.SealedText(label="pages.letter.way_back", null=True)
    lang = models.CharField(max_length=5)
    came_date = models.DateField(default=timezone.localdate)
    answered_date = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "answered_date", "came_date"], name="letters_to_a_house"),
            models.Index(fields=["organisation", "came_date"], name="letters_by_age"),
        ]

    def __str__(self) -> str:
        return f"letter {str(self.pk)[:8]}"


class Forward(models.Model):
    """An address that used to be a page, by its path without the language, and the page that it leads to now."""

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=300, unique=True)
    code = models.CharField(max_length=8)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.code


class QuizTotal(models.Model):
    """How often an answer was chosen. Nothing else is kept: not when, not by whom, not with which other answers."""

    quiz = models.CharField(max_length=20)
    question = models.CharField(max_length=20)
    answer = models.CharField(max_length=20)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quiz", "question", "answer"], name="answer_counted_once")]

    def __str__(self) -> str:
        return f"{self.quiz} {self.question}"
