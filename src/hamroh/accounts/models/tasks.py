"""What somebody has to do, until when."""

from django.db import models
from django.utils import timezone

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models.people import Organisation, User
from hamroh.vault import fields


class Task(fields.SealedModel):
    """A task of one person. Its words are sealed: they name people. It may be about a record, named by bare ids."""

    guarded = Guarded(organisation="organisation_id", owner="assignee_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    assignee = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    words = fields.SealedText(label="accounts.task.words")
    due_date = models.DateField()
    record_kind = models.CharField(max_length=80, blank=True)
    record_id = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["assignee", "done_at", "due_date"], name="tasks_of_a_person")]

    def __str__(self) -> str:
        return f"task {str(self.pk)[:8]}"
