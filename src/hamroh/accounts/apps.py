from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hamroh.accounts"
    label = "accounts"
