"""What is told of a case under keys of its own, and of what she decided, through the pages themselves."""

from typing import Any

DOORS = ("hidden", "grounds", "decided")


def tell(client: Any, organisation: Any, lawyer: Any, said: dict[str, str]) -> dict[str, int]:
    """A place and its opening, who was identified, her decision; each told, and told wrong before that. Her key is open."""
    from django.utils import timezone

    from hamroh.cases import actions
    from hamroh.cases.models import Person, Whereabouts

    told = actions.Told(name="Somebody")
    case = actions.open_case(actor=lawyer, organisation=organisation, client=told, channel="visit", country="TJ")
    room, person = f"/desk/cases/{case.code}/", str(Person.objects.get(case=case).pk)
    day = timezone.localdate().isoformat()
    place = {"person": person, "address": said["hidden"], "words": said["hidden"]}
    found = {"person": person, "by": "We", "as_": "presumed", "grounds": said["grounds"]}
    decided = {"advice": said["decided"], "wants": "no", "said": said["decided"], "alone": "on"}
    asked = {
        "hide wrong": client.post(f"{room}places/new/", place),
        "hide in a case": client.post(f"{room}places/new/", place | {"on_date": day}),
        "identify wrong": client.post(f"{room}identified/new/", found),
        "identify": client.post(f"{room}identified/new/", found | {"on_date": day}),
        "decide wrong": client.post(f"{room}trafficking/police/", decided),
        "decide": client.post(f"{room}trafficking/police/", decided | {"on_date": day}),
    }
    row = Whereabouts.objects.get(case=case)
    asked["find in a case"] = client.post(f"{room}places/{row.pk}/", {"why": "visit"})
    asked["read the case"] = client.get(f"{room}trafficking/")
    return {door: answer.status_code for door, answer in asked.items()}
