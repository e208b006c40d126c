"""What the body of a page may be made of: a small set, so that every page stays readable, light and without third parties."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail import blocks

from hamroh.pages.figures import code_said, shown_figures

#: what a paragraph may hold: pages of others are linked, nothing of theirs is loaded
FEATURES = ["bold", "italic", "ol", "ul", "link"]


def own_path(address: str) -> str:
    """The path of a page of ours without its language, from an address that was pasted; ValidationError for anything else."""
    parts = urlsplit(address.strip())
    head, _slash, rest = parts.path.lstrip("/").partition("/")
    path = rest if head in ("en", "az", "ru", "tg") else parts.path.lstrip("/")
    try:
        found = resolve(f"/en/{path}")
    except Resolver404:
        found = None
    if found is None or not path:
        raise ValidationError(_("This is not a page of ours. Paste the address of a page that anybody can open."))
    return path + (f"?{parts.query}" if parts.query else "")


class OwnAddress(blocks.CharBlock):
    """The address of a public page of ours, kept without its language."""

    def clean(self, value: Any) -> Any:
        return own_path(super().clean(value))


NO_PICTURE = gettext_lazy("There is no picture with this code.")


class PictureCode(blocks.CharBlock):
    """Names a picture of the organisation by its code; the editors' tool offers its pictures to choose from."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.field.widget.attrs["data-pictures"] = "code"

    def clean(self, value: Any) -> Any:
        code = super().clean(value).strip().lower()
        pictures = apps.get_model("pages", "Picture").objects
        if not pictures.filter(code=code).exists():
            raise ValidationError(NO_PICTURE)
        return code


class FigureCode(blocks.CharBlock):
    """Names a published figure by its code or the address of its page; the code is kept."""

    def clean(self, value: Any) -> Any:
        code = code_said(super().clean(value))
        if code not in shown_figures([code], "en"):
            raise ValidationError(_("No published figure has this code or address."))
        return code


class Link(blocks.StructBlock):
    address = OwnAddress(
        label=gettext_lazy("Address"),
        max_length=300,
        help_text=gettext_lazy("A page of the directory, the library, the archive or any other page of ours."),
    )
    text = blocks.CharBlock(label=gettext_lazy("What it says"), max_length=200)


class PictureOnPage(blocks.StructBlock):
    code = PictureCode(label=gettext_lazy("Code of the picture"), max_length=8)
    alt = blocks.CharBlock(
        label=gettext_lazy("What it shows, for who does not see it"), max_length=300,
    )  # fmt: skip
    caption = blocks.CharBlock(label=gettext_lazy("Words under it"), max_length=300, required=False)


class FigureOnPage(blocks.StructBlock):
    """A figure of the evidence with its source: what it says is read when the page is, and never typed."""

    code = FigureCode(
        label=gettext_lazy("Code or address of the figure"), max_length=300,
        help_text=gettext_lazy("Paste the address of a figure of the evidence. Its number, time and source are shown as they stand there."),
    )  # fmt: skip
    caption = blocks.CharBlock(label=gettext_lazy("Words under it"), max_length=300, required=False)


class Quote(blocks.StructBlock):
    text = blocks.TextBlock(label=gettext_lazy("What was said"), max_length=1000)
    said_by = blocks.CharBlock(
        label=gettext_lazy("Who said it, as a role: never the name of somebody who was helped"),
        max_length=120,
        required=False,
    )


class CallOut(blocks.StructBlock):
    title = blocks.CharBlock(label=pgettext_lazy("heading", "Title"), max_length=120, required=False)
    text = blocks.TextBlock(label=gettext_lazy("Text"), max_length=1000)


class Body(blocks.StreamBlock):
    """The whole of a page."""

    heading = blocks.CharBlock(label=gettext_lazy("Heading"), max_length=150, icon="title")
    text = blocks.RichTextBlock(label=gettext_lazy("Text"), features=FEATURES, icon="pilcrow")
    quote = Quote(label=gettext_lazy("Quotation"), icon="openquote")
    picture = PictureOnPage(label=gettext_lazy("Picture"), icon="image")
    figure = FigureOnPage(label=gettext_lazy("Figure of the evidence"), icon="order")
    links = blocks.ListBlock(Link(), label=gettext_lazy("Links to pages of ours"), icon="link", max_num=20)
    call_out = CallOut(label=gettext_lazy("Call-out"), icon="warning")
    help = blocks.StaticBlock(
        label=gettext_lazy("Door to help"), admin_text=gettext_lazy("Leads to the help finder."), icon="help"
    )


def words_of(body: Any) -> list[str]:
    """The plain words of a body, block by block, for the index and for comparing versions."""
    from django.utils.html import strip_tags

    said = []
    for block in body:
        value = block.value
        if block.block_type == "text":
            said.append(strip_tags(str(value.source)))
        elif block.block_type == "links":
            said.extend(str(each["text"]) for each in value)
        elif isinstance(value, str):
            said.append(value)
        elif hasattr(value, "items"):
            said.append(" ".join(str(each) for name, each in value.items() if name != "code" and each))
    return [words for words in said if words.strip()]
