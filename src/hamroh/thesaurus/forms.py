"""Forms of the thesaurus."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.models import Layer, Scheme

LARGEST_UPLOAD = 20 * 2**20


class LookUpForm(forms.Form):
    """A word to be looked up."""

    q = forms.CharField(max_length=100, label=_("Look up a word"))


class ImportForm(forms.Form):
    """A vocabulary that an editor brings."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("SKOS as Turtle, N-Triples, RDF/XML or JSON-LD, or a table (CSV, XLSX), at most 20 MB."),
        allow_empty_file=True,
    )
    code = forms.SlugField(
        max_length=60,
        required=False,
        label=_("Short code"),
        help_text=_(
            "For a new vocabulary, in small Latin letters and hyphens; made of its title where you leave it empty."
        ),
    )
    layer = forms.ChoiceField(
        choices=[
            (Layer.ORGANISATION, _("Our organisation")),
            (Layer.NATIONAL, _("The country")),
            (Layer.BASE, _("Everybody (base)")),
        ],
        initial=Layer.ORGANISATION,
        label=_("For whom it speaks"),
        widget=forms.RadioSelect,
    )
    extends = forms.ChoiceField(
        required=False, label=_("Lies on"), help_text=_("The vocabulary that this one adds its own words to.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        codes = Scheme.objects.order_by("code").values_list("code", flat=True)
        self.fields["extends"].choices = [("", "—"), *((code, code) for code in codes)]  # type: ignore[attr-defined]

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(_("The file is larger than 20 MB. Ask your administrator to import it."))
        return file
