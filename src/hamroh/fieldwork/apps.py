from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "hamroh.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from hamroh.fieldwork import rules  # noqa: F401 - its verbs join the others'
