from django.apps import AppConfig
from django.core import checks


class VaultConfig(AppConfig):
    name = "hamroh.vault"
    label = "vault"

    def ready(self) -> None:
        """Refuse models whose sealing would not hold."""
        from hamroh.vault.checks import check_record_classes, check_sealed_models

        checks.register(check_sealed_models, checks.Tags.models)
        checks.register(check_record_classes, checks.Tags.models)
