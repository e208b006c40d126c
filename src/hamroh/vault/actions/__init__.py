"""What is done to keys: exchange, destruction, recovery. Each is one line of the journal."""

from hamroh.vault.actions.master import exchange_master, forget_passphrase, keep, keep_passphrase, set_passphrase
from hamroh.vault.actions.recovery import hold_drill, leave, make_recovery, readmit, shut_out
from hamroh.vault.actions.rotation import (
    begin_rotation,
    continue_rotation,
    destroy_key,
    destroy_organisation,
    finish_rotation,
)
from hamroh.vault.actions.upkeep import keep_house

__all__ = [
    "begin_rotation",
    "continue_rotation",
    "destroy_key",
    "destroy_organisation",
    "exchange_master",
    "finish_rotation",
    "forget_passphrase",
    "hold_drill",
    "keep",
    "keep_house",
    "keep_passphrase",
    "leave",
    "make_recovery",
    "readmit",
    "set_passphrase",
    "shut_out",
]
