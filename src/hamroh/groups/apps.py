from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "hamroh.groups"
    label = "groups"

    def ready(self) -> None:
        from hamroh.groups import rules  # noqa: F401 - its verbs join the others'
