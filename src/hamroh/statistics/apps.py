from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "hamroh.statistics"
    label = "statistics"

    def ready(self) -> None:
        from hamroh.statistics import rules  # noqa: F401 - its verbs join the others'
