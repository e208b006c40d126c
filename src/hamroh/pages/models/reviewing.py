"""The one step between a draft and the public: another editor of the organisation reads it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task, TaskState

from hamroh.accounts.models import Membership, Role


class AnotherEditor(Task):
    """Whoever wrote the newest version cannot approve it, unless she is the organisation's only editor."""

    class Meta:
        verbose_name = gettext_lazy("Another editor reads it")
        verbose_name_plural = gettext_lazy("Other editors read it")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Another editor of the organisation reads it before it is published."))

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return user.pk in editors_of(obj.specific.organisation_id)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.user_can_access_editor(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self._may(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def on_action(self, task_state: Any, user: Any, action_name: str, **options: Any) -> Any:
        if action_name == "approve" and not self._may(task_state.workflow_state.content_object, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **options)

    def get_task_states_user_can_moderate(self, user: Any, **_options: Any) -> Any:
        """States of pages of her organisations whose newest version somebody else wrote."""
        from hamroh.pages.models.tree import Article

        houses = Membership.objects.current().filter(user=user, role=Role.EDITOR).values("organisation_id")
        pages = [str(pk) for pk in Article.objects.filter(organisation__in=houses).values_list("pk", flat=True)]
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS, revision__object_id__in=pages)
        return waiting.exclude(revision__user=user)

    def _may(self, obj: Any, user: Any) -> bool:
        editors = editors_of(obj.specific.organisation_id)
        newest = obj.get_latest_revision()
        wrote = newest.user_id if newest else None
        return user.pk in editors and (wrote != user.pk or editors == {user.pk})


def editors_of(organisation_id: Any) -> set[Any]:
    """Who edits for an organisation now."""
    rows = Membership.objects.current().filter(organisation_id=organisation_id, role=Role.EDITOR)
    return set(rows.values_list("user_id", flat=True))
