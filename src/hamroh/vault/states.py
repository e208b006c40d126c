"""The life of an organisation's key."""

from hamroh.kernel.states import Graph, State


class KeyLife(Graph):
    """New values are sealed by the active key; a retiring one still opens; a destroyed one opens nothing any more."""

    active = State("Active", initial=True)
    retiring = State("Retiring")
    destroyed = State("Destroyed")

    active.then(retiring, destroyed)
    retiring.then(destroyed)


class ReleaseLife(Graph):
    """Records are proposed for release by one person, released by a second one, then erased one by one."""

    proposed = State("Proposed", initial=True)
    released = State("Released")
    done = State("Done")
    sent_back = State("Sent back")

    proposed.then(released, sent_back)
    released.then(done)
