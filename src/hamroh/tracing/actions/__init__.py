"""Writes on searches."""

from hamroh.tracing.actions.asking import Sought, ask, correct, keep_photo, take_over
from hamroh.tracing.actions.consents import answer, renew
from hamroh.tracing.actions.judging import CannotJudge, judge
from hamroh.tracing.actions.linking import go_on, link, stop
from hamroh.tracing.actions.moving import CannotMove, close, expire_requests, move, note
from hamroh.tracing.actions.pairing import judge_pair
from hamroh.tracing.actions.pools import (
    PoolRefused,
    add_record,
    end_pool,
    expire_pools,
    make_pool,
    withdraw_record,
)
from hamroh.tracing.met import Met

__all__ = [
    "CannotJudge", "CannotMove", "Met", "PoolRefused", "Sought", "add_record", "answer", "ask", "close", "correct",
    "end_pool", "expire_pools", "expire_requests", "go_on", "judge", "judge_pair", "keep_photo", "link",
    "make_pool", "move", "note", "renew", "stop", "take_over", "withdraw_record",
]  # fmt: skip
