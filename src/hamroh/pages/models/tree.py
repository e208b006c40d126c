"""Pages that editors write: a section for each organisation and language, and the articles in it.

They hold what anybody may read, and nothing about anybody: a person's story is a row of its own (`Story`), and a page holds its id.
"""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from hamroh.accounts.guarded import Guarded
from hamroh.accounts.models import Organisation
from hamroh.pages.blocks import Body
from hamroh.pages.models.pictures import Picture
from hamroh.pages.pageform import PageForm
from hamroh.web.codes import new_code

#: called with an article whenever what the public may read of it has changed; actions put themselves in here
FOLLOWERS: list[Callable[[Any, str, Any], None]] = []


class PageKind(models.TextChoices):
    NEWS = "news", pgettext_lazy("page", "News")
    STORY = "story", pgettext_lazy("page", "Story")
    CAMPAIGN = "campaign", pgettext_lazy("page", "Campaign")
    SUPPORTERS = "supporters", pgettext_lazy("page", "Supporters")
    RIGHTS = "rights", pgettext_lazy("page", "Rights")
    PLAIN = "plain", pgettext_lazy("page", "Plain page")


#: the part of an address by kind
SHELVES = {
    PageKind.NEWS: "news", PageKind.STORY: "stories", PageKind.CAMPAIGN: "campaigns",
    PageKind.SUPPORTERS: "about", PageKind.RIGHTS: "rights", PageKind.PLAIN: "about",
}  # fmt: skip


class Section(Page):
    """What one organisation writes in one language. Nobody opens it: it is the branch that her editors' permissions hang on."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["pages.Article"]
    is_creatable = False
    preview_modes: ClassVar[list[Any]] = []

    def get_url_parts(self, *_args: Any, **_options: Any) -> None:
        return None


class Known(models.TextChoices):
    DAY = "day", pgettext_lazy("date known to", "To the day")
    MONTH = "month", pgettext_lazy("date known to", "To the month")
    YEAR = "year", pgettext_lazy("date known to", "To the year")
    NOT = "not", pgettext_lazy("date known to", "Not known")


#: letters of an ISO date that are known
_LETTERS = {Known.DAY: 10, Known.MONTH: 7, Known.YEAR: 4, Known.NOT: 0}


class Article(Page):
    """One page in one language; ``code`` is the same in all languages and stands in the address.

    ``translated_from`` is the revision of the page in ``source_lang`` that this one says: a newer one there makes it out of date.
    ``subjects`` are keys of the thesaurus, ``story`` the id of a `Story`. ``known`` says how much of ``day`` is known: no more is shown.
    """

    guarded = Guarded(organisation="organisation_id")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", editable=False)
    code = models.CharField(max_length=8, editable=False, default=new_code)
    lang = models.CharField(max_length=5, editable=False)
    kind = models.CharField(gettext_lazy("Kind"), max_length=12, choices=PageKind.choices, default=PageKind.NEWS)
    summary = models.CharField(
        gettext_lazy("In two sentences"), max_length=400,
        help_text=gettext_lazy("Stands in lists, in the feed and where the page is shared."),
    )  # fmt: skip
    day = models.DateField(gettext_lazy("Day"), default=timezone.localdate)
    known = models.CharField(
        gettext_lazy("How exactly it is known"), max_length=5, choices=Known.choices, default=Known.DAY
    )
    body = StreamField(Body(), blank=True, verbose_name=gettext_lazy("Text of the page"))
    picture = models.ForeignKey(
        Picture, verbose_name=gettext_lazy("Picture at the top"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    subjects = models.JSONField(gettext_lazy("About what"), default=list, blank=True)
    story = models.UUIDField(gettext_lazy("Story"), null=True, blank=True)
    translated_from = models.PositiveBigIntegerField(null=True, editable=False)
    source_lang = models.CharField(max_length=5, blank=True, editable=False)

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"), FieldPanel("kind"), FieldPanel("summary", widget=forms.Textarea(attrs={"rows": 3})), FieldPanel("day"),
        FieldPanel("known"), FieldPanel("picture"),
        FieldPanel("body"), FieldPanel("story"), FieldPanel("subjects"),
    ]  # fmt: skip
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
    base_form_class = PageForm
    parent_page_types: ClassVar[list[str]] = ["pages.Section"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    template = "pages/public/article.html"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "lang"], name="page_once_in_a_language")]
        indexes = [
            models.Index(fields=["lang", "kind", "-day"], name="pages_by_kind"),
            models.Index(fields=["organisation", "code"], name="pages_of_a_house"),
        ]
        verbose_name = pgettext_lazy("page", "Page")
        verbose_name_plural = pgettext_lazy("page", "Pages")

    @property
    def said_day(self) -> str:
        """As much of the day as is known: ``2011-05-01``, ``2011-05``, ``2011`` or nothing; lists are in the order of ``day`` all the same."""
        return self.day.isoformat()[: _LETTERS[Known(self.known)]]

    def full_clean(self, *args: Any, **options: Any) -> None:
        """Where it stands says whose it is and in which language; its address is its code."""
        self.slug = self.code
        self._place()
        super().full_clean(*args, **options)

    def save(self, *args: Any, **options: Any) -> Any:
        """Wagtail's screens save a new page without cleaning it again once its place is known."""
        self.slug = self.code
        self._place()
        return super().save(*args, **options)

    def clean(self) -> None:
        super().clean()
        if self.kind == PageKind.STORY and not self.story:
            raise ValidationError({"story": _("A story needs the record of who told it and what she allows.")})

    def _place(self) -> None:
        parent = self.get_parent().specific if self.path else None
        if isinstance(parent, Section):
            self.organisation_id = parent.organisation_id
            self.lang = parent.locale.language_code

    def publish(self, *args: Any, **options: Any) -> Any:
        with transaction.atomic():
            done = super().publish(*args, **options)
            self._follow("publish", options.get("user"))
        return done

    def unpublish(self, *args: Any, **options: Any) -> Any:
        with transaction.atomic():
            done = super().unpublish(*args, **options)
            self._follow("unpublish", options.get("user"))
        return done

    def delete(self, *args: Any, **options: Any) -> Any:
        with transaction.atomic():
            self._follow("delete", options.get("user"))
            return super().delete(*args, **options)

    def _follow(self, what: str, user: Any) -> None:
        for follower in FOLLOWERS:
            follower(self, what, user)

    @property
    def shelf(self) -> str:
        return SHELVES[PageKind(self.kind)]

    @property
    def address(self) -> str:
        """Its path without the language."""
        return f"{self.shelf}/{self.code}/"

    def get_url_parts(self, *_args: Any, **_options: Any) -> tuple[int, str, str]:
        return (0, settings.PUBLIC_URL.rstrip("/"), self.path_in_language)

    def get_url(self, *_args: Any, **_options: Any) -> str:
        return self.path_in_language

    url = property(get_url)

    @property
    def path_in_language(self) -> str:
        with translation.override(self.lang):
            return reverse("pages:article", kwargs={"shelf": self.shelf, "code": self.code})

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        request.lang = self.lang
        with translation.override(self.lang):
            return super().serve_preview(request, mode_name).render()

    @property
    def maintainer_id(self) -> UUID:
        return UUID(str(self.organisation_id))
