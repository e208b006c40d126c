"""The form of a page in the editors' tool: only what belongs to the organisation in whose section it stands is offered."""

from typing import Any
from uuid import UUID

from django import forms
from django.apps import apps
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from hamroh.pages.blocks import NO_PICTURE
from hamroh.thesaurus.models import Concept
from hamroh.web.texts import pick


class Terms(forms.CharField):
    """Keys of the thesaurus, parted by commas; kept as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        keys = list(dict.fromkeys(key.strip() for key in str(super().clean(value) or "").split(",") if key.strip()))
        known = set(Concept.objects.filter(key__in=keys).values_list("key", flat=True))
        if missing := [key for key in keys if key not in known]:
            raise forms.ValidationError(_("The thesaurus has no such key: %(keys)s") % {"keys": ", ".join(missing)})
        return keys

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class PageForm(WagtailAdminPageForm):
    """Asks its parent page whose it is."""

    subjects = Terms(
        label=gettext_lazy("About what"), required=False, max_length=1000,
        help_text=gettext_lazy("Keys from the thesaurus, parted by commas."),
    )  # fmt: skip
    story = forms.TypedChoiceField(label=gettext_lazy("Story"), required=False, coerce=UUID, empty_value=None)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        house = self.house = getattr(self.parent_page.specific, "organisation_id", None) if self.parent_page else None
        self._offer_pictures(house)
        stories = (
            apps.get_model("pages", "Story").objects.filter(organisation=house, withdrawn_at=None).order_by("-made_at")
        )
        self.fields["story"].choices = [
            ("", "—"),
            *((str(each.pk), f"{each.given_date} {each.pk}") for each in stories),
        ]

    def clean_body(self) -> Any:
        """Another organisation's picture is as unknown as one that is not there: its words and its consent are hers."""
        body = self.cleaned_data["body"]
        named = {place: block.value["code"] for place, block in enumerate(body) if block.block_type == "picture"}
        own = apps.get_model("pages", "Picture").objects.filter(organisation=self.house, code__in=named.values())
        if wrong := {place for place, code in named.items() if code not in set(own.values_list("code", flat=True))}:
            raise StreamBlockValidationError(
                {place: StructBlockValidationError({"code": forms.ValidationError(NO_PICTURE)}) for place in wrong}
            )
        return body

    def _offer_pictures(self, house: Any) -> None:
        """Pictures of the organisation by what they show; the tool's script offers them as pictures."""
        field = self.fields["picture"]
        rows = apps.get_model("pages", "Picture").objects.filter(organisation=house).order_by("-made_at")
        field.queryset = rows.defer("small", "large")
        field.label_from_instance = lambda each: str(pick(each.alts, get_language() or "en") or each.code)
        field.widget.attrs["data-pictures"] = "key"
