"""The guided walk of a demonstration: one stop for each thing that somebody can do."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from hamroh.accounts.models import Role


@dataclass(frozen=True)
class Stop:
    """Where to go, as whom, and what to try there. A path without a slash in front stands under the language."""

    title: str | Promise
    try_: str | Promise
    path: str
    who: str | Promise


ANYBODY, EDITOR = _("anybody"), _("an editor")
DUTY, FACILITATOR = _("a duty officer"), _("a facilitator")
LAWYER, OFFICER, ANALYST = _("a lawyer"), _("a tracing officer"), _("an analyst")
SUPERVISOR, SOCIAL_WORKER = _("a supervisor"), _("a social worker")
REVIEWER = _("a guest from a ministry")
PROGRAMME = _("a programme manager")
ADMINISTRATOR, AUDITOR = _("an administrator"), _("an auditor")
PSYCHOLOGIST, MONITOR, DONOR = _("a psychologist"), _("a monitor"), _("a donor")
#: how the walk calls each role; every one has a stop
WHO = {
    Role.ADMINISTRATOR: ADMINISTRATOR, Role.SUPERVISOR: SUPERVISOR, Role.LAWYER: LAWYER, Role.PSYCHOLOGIST: PSYCHOLOGIST,
    Role.SOCIAL_WORKER: SOCIAL_WORKER, Role.TRACING_OFFICER: OFFICER, Role.FACILITATOR: FACILITATOR, Role.MONITOR: MONITOR,
    Role.EDITOR: EDITOR, Role.ANALYST: ANALYST, Role.PROGRAMME_MANAGER: PROGRAMME, Role.DUTY_OFFICER: DUTY,
    Role.AUDITOR: AUDITOR, Role.PARTNER_GUEST: REVIEWER, Role.DONOR: DONOR,
}  # fmt: skip
STOPS = (
    Stop(
        _("Somebody needs help"),
        _("Say what happened, choose a place, look at the cards. Look at the address: it holds numbers only."),
        "info/",
        ANYBODY,
    ),
    Stop(
        _("Leave at once"),
        _("Press Shift three times on a help page, or the red button. Then try the Back button."),
        "about/safety/",
        ANYBODY,
    ),
    Stop(
        _("Will the money last?"),
        _(
            "Write what comes and goes, then let the money from abroad stop. Watch the network: nothing leaves the page."
        ),
        "budget/",
        ANYBODY,
    ),
    Stop(
        _("Search in any spelling"),
        _("Type “hukuk”, “alimentlər” or “fkbvtyns” and see why each result was found."),
        "search/",
        ANYBODY,
    ),
    Stop(
        _("Who is who"),
        _("Open the directory by kind or by the alphabet. Old numbers are shown as printed and cannot be dialled."),
        "directory/",
        ANYBODY,
    ),
    Stop(
        _("The words of this work"),
        _("Follow a concept up and down, and see its names in four languages."),
        "thesaurus/",
        ANYBODY,
    ),
    Stop(
        _("Words that we add ourselves"),
        _("Sign in as an editor. Open the national layer, a suggestion with its votes, and what the checks find."),
        "/desk/thesaurus/mine/",
        EDITOR,
    ),
    Stop(
        _("From an article to the printed copy"),
        _(
            "Sign in as an editor and open the special issue: its articles, its files, and how many copies went to which region."
        ),
        "/desk/library/",
        EDITOR,
    ),
    Stop(
        _("What was written, and how to cite it"),
        _("Open a law or an article. See which rules cite it, and take its citation in the style of a journal."),
        "library/",
        ANYBODY,
    ),
    Stop(
        _("Voices, as far as they allow"),
        _(
            "Listen to one, see that the other is heard in the archive only, and why. Click a time: the player goes there."
        ),
        "archive/",
        ANYBODY,
    ),
    Stop(
        _("Keep the directory true"),
        _("Sign in as an editor, open what waits, check an entry, change one in two windows at once."),
        "/desk/",
        EDITOR,
    ),
    Stop(
        _("A mudflow, as an exercise"),
        _(
            "Sign in as a duty officer. See what each source says of the damage, freeze a report, write an alert and sign it; a supervisor signs, too."
        ),
        "/desk/emergencies/",
        DUTY,
    ),
    Stop(
        _("A group, its memoranda and its members by alias"),
        _(
            "Sign in as a facilitator. Open the group that is invented: see what comes next, read what each side owes, add a member without a name."
        ),
        "/desk/groups/",
        FACILITATOR,
    ),
    Stop(
        _("Who trained whom, each counted once"),
        _(
            "Sign in as a facilitator. Open the seminar that is running, say who is here, and see on “Who trained whom” how far a training went, and how sure that is."
        ),
        "/desk/training/",
        FACILITATOR,
    ),
    Stop(
        _("What a donor was told, and what changed since"),
        _(
            "Sign in as a programme manager and open the report that was approved: each figure opens its source. Correct it, and read the annex of the draft. Then sign in as the donor: she sees this one report."
        ),
        "/desk/projects/reports/",
        PROGRAMME,
    ),
    Stop(
        _("What we did in half a year, told"),
        _(
            "Open the bulletin of 2011, its paper and its feed. Signed in as an editor, take into the draft what happened, and take a story back: it is gone everywhere."
        ),
        "bulletins/",
        ANYBODY,
    ),
    Stop(
        _("A project that answers for its money"),
        _(
            "Sign in as a programme manager. Open the project that is invented: read how far each indicator is and why, write a figure, and see that it counts only once a supervisor approved it."
        ),
        "/desk/projects/",
        PROGRAMME,
    ),
    Stop(
        _("Bring a list in"),
        _("Upload a table and read what would become of each row before anything is written."),
        "/desk/directory/import/",
        EDITOR,
    ),
    Stop(
        _("Ask for somebody who is missed"),
        _(
            "Sign in as a lawyer, or a social worker, and open a request. You read what the family was told, and nothing of how far it is."
        ),
        "/desk/tracing/",
        LAWYER,
    ),
    Stop(
        _("Find him, and let him decide"),
        _(
            "Sign in as a tracing officer. Open a search, look at two people side by side, judge; a second person judges, then he is asked."
        ),
        "/desk/tracing/search/",
        OFFICER,
    ),
    Stop(
        _("Learn whom both know, and show no list"),
        _(
            "Sign in as a tracing officer. Open the finished exchange with the diaspora group: two pairs, with what each rests on. Then end it, and see what stays."
        ),
        "/desk/tracing/exchanges/",
        OFFICER,
    ),
    Stop(
        _("Fieldwork: one question in 25 places"),
        _(
            "Sign in as a supervisor and open the campaign: plan and deed, findings, the frozen report with its two pictures. Its form is about children: try to take an answer out."
        ),
        "/desk/field/results/campaigns/",
        SUPERVISOR,
    ),
    Stop(
        _("A form without a signal"),
        _(
            "Sign in as a monitor and bring this browser in. Fill a part, cut the line and reload: the draft is still there. Send it when the line is back."
        ),
        "/fill/here/",
        MONITOR,
    ),
    Stop(
        _("Count on a telephone in a village"),
        _(
            "Sign in as a social worker, open the day that is under way and tap. Take the last tap back, then look at the evening."
        ),
        "/desk/field/results/days/",
        SOCIAL_WORKER,
    ),
    Stop(
        _("Let figures out that give nobody away"),
        _("Ask what became of the searches of an earlier half-year: six were found. See what is withheld, and why."),
        "/desk/figures/?of=tracing",
        ANALYST,
    ),
    Stop(
        _("Count who came, and let a table out"),
        _(
            "Count by district and risk, look at how the table would leave, and take the coarser one that tells more. Then sign in as the donor’s: she sees what left and nothing else."
        ),
        "/desk/statistics/",
        ANALYST,
    ),
    Stop(
        _("Figures that can be trusted"),
        _(
            "Open Azerbaijan, 2008. Beside the tables stands what does not add up. Press a number: who counted, who quotes whom, who says otherwise."
        ),
        "evidence/",
        ANYBODY,
    ),
    Stop(
        _("Write the profile of a country"),
        _(
            "Sign in as an analyst. See country by country what lacks, open Tajikistan, and look at what the rules find in it."
        ),
        "/desk/evidence/matrix/",
        ANALYST,
    ),
    Stop(
        _("A board that answers in words"),
        _("Sign in as a supervisor. Read what presses, then press a number: the list behind it is as long as it says."),
        "/desk/statistics/boards/team/",
        SUPERVISOR,
    ),
    Stop(
        _("Count violence without naming anybody"),
        _(
            "Sign in as a supervisor. Look at a quarter, then make a table that may leave: there people are counted, and few are ×."
        ),
        "/desk/statistics/incidents/",
        SUPERVISOR,
    ),
    Stop(
        _("Review one draft and see nothing else"),
        _(
            "Sign in as the guest of the ministry. One draft was lent until a day: comment on a figure, on the page or in the Word copy."
        ),
        "/desk/evidence/",
        REVIEWER,
    ),
    Stop(
        _("A note that only its author opens"),
        _(
            "Sign in as a psychologist, open a case and write a note of the psychologist. Then sign in as the lawyer of the same case: the note is not there for her."
        ),
        "/desk/cases/",
        PSYCHOLOGIST,
    ),
    Stop(
        _("What was found on the way"),
        _(
            "Sign in as a monitor and open the campaign. You read the words of the findings; a programme manager reads only how many there are."
        ),
        "/desk/field/results/campaigns/",
        MONITOR,
    ),
    Stop(
        _("A report, and nothing else"),
        _(
            "Sign in as the donor. One report is there, as it was approved; no list of people, no case and no draft opens."
        ),
        "/desk/projects/reports/",
        DONOR,
    ),
    Stop(
        _("Let somebody in, and see no case"),
        _("Sign in as an administrator. Invite somebody and end a role; then look for a case: there is none for you."),
        "/desk/people/",
        ADMINISTRATOR,
    ),
    Stop(
        _("See who opens how much"),
        _(
            "Sign in as an auditor. Look at how many records each person opened, by day; the records themselves stay closed."
        ),
        "/desk/looked/counted/",
        AUDITOR,
    ),
)


@require_GET
def tour(request: HttpRequest) -> HttpResponse:
    """The walk; only a demonstration has it."""
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "site/tour.html", {"stops": STOPS})
