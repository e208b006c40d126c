"""Workflow graphs are checked when they are declared."""

import pytest

from hamroh.kernel.states import Graph, GraphError, MoveRefused, State


class Doors(Graph):
    shut = State("Shut", initial=True)
    open = State("Open")
    shut.then(open)
    open.then(shut)


def test_it_knows_where_it_begins() -> None:
    assert Doors.initial == "shut"


def test_it_lists_moves() -> None:
    assert Doors.moves("shut") == ["open"]


def test_it_refuses_a_move_that_was_not_declared() -> None:
    with pytest.raises(MoveRefused):
        Doors.check("open", "open")


def test_it_refuses_two_beginnings() -> None:
    with pytest.raises(GraphError, match="one initial"):
        type("Two", (Graph,), {"a": State("A", initial=True), "b": State("B", initial=True)})


def test_it_refuses_no_beginning() -> None:
    with pytest.raises(GraphError, match="one initial"):
        type("None_", (Graph,), {"a": State("A")})


def test_it_refuses_a_state_that_nothing_reaches() -> None:
    with pytest.raises(GraphError, match="never reaches b"):
        type("Lost", (Graph,), {"a": State("A", initial=True), "b": State("B")})
