"""How a round, a sign-up, a certificate and a recommendation go on."""

from django.utils.translation import pgettext_lazy

from hamroh.kernel.states import Graph, State


class RoundLife(Graph):
    """A round is planned, made known if wished, and held or called off."""

    planned = State(pgettext_lazy("round", "Planned"), initial=True)
    announced = State(pgettext_lazy("round", "Announced"))
    running = State(pgettext_lazy("round", "Running"))
    held = State(pgettext_lazy("round", "Held"))
    dropped = State(pgettext_lazy("round", "Called off"))

    planned.then(announced, running, held, dropped)
    announced.then(planned, running, held, dropped)
    running.then(held, dropped)
    held.then(running)
    dropped.then(planned)


class SignUpLife(Graph):
    """Whoever signs up is confirmed by the organiser, or waits until a place is free."""

    waiting = State(pgettext_lazy("sign-up", "Not answered yet"), initial=True)
    listed = State(pgettext_lazy("sign-up", "On the waiting list"))
    confirmed = State(pgettext_lazy("sign-up", "Confirmed"))
    declined = State(pgettext_lazy("sign-up", "Declined"))

    waiting.then(confirmed, listed, declined)
    listed.then(confirmed, declined)
    declined.then(confirmed)


class CertificateLife(Graph):
    """A certificate counts until it is revoked, and never again."""

    valid = State(pgettext_lazy("certificate", "Valid"), initial=True)
    revoked = State(pgettext_lazy("certificate", "Revoked"))

    valid.then(revoked)


class RecommendationLife(Graph):
    """What was asked of somebody is taken up, done, refused, or lapses when nobody acts."""

    open = State(pgettext_lazy("recommendation", "Open"), initial=True)
    taken_up = State(pgettext_lazy("recommendation", "Taken up"))
    done = State(pgettext_lazy("recommendation", "Done"))
    refused = State(pgettext_lazy("recommendation", "Refused"))
    lapsed = State(pgettext_lazy("recommendation", "Lapsed"))

    open.then(taken_up, done, refused, lapsed)
    taken_up.then(done, refused, lapsed, open)
    done.then(open)
    refused.then(open)
    lapsed.then(open, taken_up)
