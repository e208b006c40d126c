from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "hamroh.groups"
    label = "groups"

    def ready(self) -> None:
        from hamroh.groups import (  # noqa: F401 - its verbs, records, periods and lines in cases join the others'
            helped,
            keeping,
            register,
            rules,
            tasks,
        )
