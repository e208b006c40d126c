from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "hamroh.evidence"
    label = "evidence"

    def ready(self) -> None:
        from hamroh.evidence import rules  # noqa: F401 - its verbs join the others'
