"""Who runs which file of tests, also after a process was lost."""

from typing import Any

from xdist.scheduler import LoadFileScheduling


class Steady(LoadFileScheduling):
    """Files to processes as usual; a lost process leaves nobody waiting, and the test that it was lost in is not run again.

    A process runs its last known test only when it is told of another one or that none comes. Who takes over what a lost one left may
    get a single test, and as the scheduler speaks to a process only when one of its tests ends, both would wait for ever.
    """

    def remove_node(self, node: Any) -> str | None:
        """As usual; what was running counts as done, since it is told as a failure."""
        waiting = self._first_waiting(node)
        if waiting:
            scope, test = waiting
            self.assigned_work[node][scope][test] = True
            if not self._pending_of(self.assigned_work[node]):
                del self.assigned_work[node]
                return test
        super().remove_node(node)
        return waiting[1] if waiting else None

    def _first_waiting(self, node: Any) -> tuple[str, str] | None:
        units = self.assigned_work[node].items()
        return next(((scope, test) for scope, unit in units for test, done in unit.items() if not done), None)

    def _reschedule(self, node: Any) -> None:
        """Tell a process of tests until it knows two, or that none comes; one that still looks for its tests is told later."""
        while (
            node in self.registered_collections
            and not node.shutting_down
            and self._pending_of(self.assigned_work[node]) < 2
        ):
            super()._reschedule(node)
