"""The demonstration's cycle of savings holds as its file tells it."""

from groups_world import with_members
from hamroh.groups.models import Group, Meeting
from hamroh.groups.selectors import books
from hamroh.kernel import datafiles
from hamroh.kernel.savings import share_out
from hamroh.site.demo import meetings as demo


def test_it_loads_the_cycle_of_the_made_up_group_once(circle, monkeypatch):
    group, _members = with_members(circle, 8)
    Group.objects.update(is_invented=True)
    told = datafiles.document(demo.FILE) | {"house": circle.house.code, "runs": "sitora"}
    monkeypatch.setattr(demo.datafiles, "document", lambda _name: told)
    demo.load_meetings()
    demo.load_meetings()
    assert [row.state for row in Meeting.objects.order_by("number")] == ["closed"] * len(told["meetings"])
    _group, decision = books.group_of(actor=circle.sitora, code=group.code)
    book = books.whole_book(books.cycle_of(group), decision)
    assert (book.imbalance(), book.debt(4)) == (0, 0)
    assert share_out(book).paid == book.of("box")
