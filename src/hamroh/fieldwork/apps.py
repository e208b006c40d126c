from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "hamroh.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        from hamroh.fieldwork import (  # noqa: F401 - its verbs, records, outcomes, figures and tasks join the others'
            answerfigures,
            becoming,
            keeping,
            register,
            rules,
            tasks,
        )
