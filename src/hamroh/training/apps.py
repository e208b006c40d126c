from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "hamroh.training"
    label = "training"

    def ready(self) -> None:
        from hamroh.training import rules  # noqa: F401 - its verbs join the others'
