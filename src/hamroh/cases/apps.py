from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "hamroh.cases"
    label = "cases"

    def ready(self) -> None:
        from hamroh.cases import (  # noqa: F401 - its verbs, records, names and periods join the others'
            casefigures,
            hiding,
            incidents,
            keeping,
            leaving,
            lettered,
            mattering,
            mediating,
            naming,
            people,
            progress,
            proving,
            referred,
            register,
            rules,
            safety,
            supporting,
            tasks,
            teamwork,
            telling,
            trafficked,
        )
