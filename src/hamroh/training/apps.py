from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "hamroh.training"
    label = "training"

    def ready(self) -> None:
        from hamroh.training import (  # noqa: F401 - its verbs, records and periods join the others'
            figures,
            keeping,
            register,
            rules,
        )
