from django.apps import AppConfig


class TracingConfig(AppConfig):
    name = "hamroh.tracing"
    label = "tracing"

    def ready(self) -> None:
        from hamroh.tracing import (  # noqa: F401 - its verbs, records, names and periods join the others'
            keeping,
            naming,
            register,
            requestfigures,
            rules,
            tasks,
            telling,
        )
