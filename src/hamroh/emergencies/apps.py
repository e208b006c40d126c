from django.apps import AppConfig


class EmergenciesConfig(AppConfig):
    name = "hamroh.emergencies"
    label = "emergencies"

    def ready(self) -> None:
        from hamroh.emergencies import rules  # noqa: F401 - its verbs join the others'
