"""What follows when an issue, or a story that it tells, changes: the index and the papers, in the same transaction."""

from uuid import UUID

from django.utils import timezone

from hamroh.bulletins.models import Issue, Paper, Section
from hamroh.bulletins.selectors.documents import BULLETIN, issue_documents
from hamroh.bulletins.telling import allowed_stories
from hamroh.pages.models import STORY_FOLLOWERS
from hamroh.search.actions import erase_documents, index_documents, remove_documents


def index_issue(row: Issue) -> None:
    """Write it where it is out, take it out otherwise; papers of before are gone."""
    Paper.objects.filter(issue=row).delete()
    if documents := list(issue_documents([row.code])):
        index_documents(documents)
    else:
        remove_documents(BULLETIN, [row.code])


def follow_story(story: UUID) -> None:
    """A story was changed or taken back: issues that tell it say what may be told now, and no trace of more stays in index or papers.

    Where it may not be told any more, what an editor wrote around it goes with it; that it was told, and how many letters had gone
    out with it, stays for the editor.
    """
    sections = list(Section.objects.filter(story=story, gone_at=None).select_related("issue"))
    if sections and story not in allowed_stories([story]):
        for each in sections:
            _empty(each)
    if sections:
        _anew([each.issue for each in sections])


def _empty(row: Section) -> None:
    row.titles, row.texts, row.quotes, row.source, row.ref = {}, {}, {}, "", f"gone-{row.pk}"
    row.gone_at, row.gone_after = timezone.now(), row.issue.letters_sent
    row.save()


def _anew(issues: list[Issue]) -> None:
    erase_documents(BULLETIN, sorted({each.code for each in issues}))
    for each in {row.pk: row for row in issues}.values():
        index_issue(each)


def follow_time() -> int:
    """Stories whose time ran out leave as if they were taken back; how many there were."""
    rows = Section.objects.filter(story__isnull=False, gone_at=None).values_list("story", flat=True)
    told = {pk for pk in rows if pk}
    over = sorted(told - set(allowed_stories(told)))
    for story in over:
        follow_story(story)
    return len(over)


STORY_FOLLOWERS.append(follow_story)
