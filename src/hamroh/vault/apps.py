from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "hamroh.vault"
    label = "vault"
