from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "hamroh.evidence"
    label = "evidence"

    def ready(self) -> None:
        from hamroh.evidence import register, rules  # noqa: F401 - its records and verbs join the others'
