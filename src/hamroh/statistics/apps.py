from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "hamroh.statistics"
    label = "statistics"

    def ready(self) -> None:
        from hamroh.statistics import (  # noqa: F401 - its verbs, and what it counts of each room, join the others'
            network,
            rules,
            supervising,
            tasks,
        )
        from hamroh.statistics.sources import cases, groups, training, violence  # noqa: F401
