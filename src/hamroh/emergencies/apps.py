from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    name = "hamroh.emergencies"
    label = "emergencies"

    def ready(self) -> None:
        from hamroh.emergencies import (  # noqa: F401 - its verbs, records and periods join the others'
            keeping,
            register,
            rules,
            tasks,
        )
