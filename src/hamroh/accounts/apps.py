from django.apps import AppConfig
from django.db.backends.signals import connection_created


class AccountsConfig(AppConfig):
    name = "hamroh.accounts"
    label = "accounts"

    def ready(self) -> None:
        from hamroh.accounts.rowsecurity import open_pooled

        connection_created.connect(open_pooled, dispatch_uid="hamroh.accounts.open_pooled")
