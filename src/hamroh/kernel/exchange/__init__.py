"""Two organisations learn whom both of them know, and neither shows its list: offer, answer, finish.

What crosses the wire, what each side still learns and why is on the page of reference of the exchange; the choice of the protocol is a
decision of its own. Everything here is plain Python over libsodium: no clock, no network, no database.
"""

from hamroh.kernel.exchange.labour import Labour, Progress
from hamroh.kernel.exchange.steps import Own, Pair, answer, finish, offer, receive
from hamroh.kernel.exchange.terms import Party, Terms, Unfit

__all__ = ["Labour", "Own", "Pair", "Party", "Progress", "Terms", "Unfit", "answer", "finish", "offer", "receive"]
