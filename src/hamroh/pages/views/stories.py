"""The desk's pages of stories: recorded, changed, taken back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET

from hamroh.accounts import policy
from hamroh.pages import actions, selectors
from hamroh.pages.forms.desk import StoryForm
from hamroh.pages.models import Story
from hamroh.pages.views.desk import house, require_form
from hamroh.vault import once
from hamroh.vault.errors import VaultSealed

_EACH = 30


@login_required
@require_GET
def stories(request: HttpRequest) -> HttpResponse:
    """Stories of her organisations with what each narrator allows."""
    policy.require(request.user, "pages.story")
    page = Paginator(selectors.stories_of(actor=request.user), _EACH).get_page(request.GET.get("page"))
    return render(request, "pages/desk/stories.html", {"page": page})


@login_required
@sensitive_post_parameters()
@sensitive_variables()
@require_form
def new_story(request: HttpRequest) -> HttpResponseBase:
    """Record a story."""
    own = house(request, "pages.story")
    form = StoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = form.cleaned_data

        def record() -> str:
            facts = {name: told[name] for name in ("allows", "given_date", "until_date", "narrator")}
            return str(actions.record_story(actor=request.user, organisation=own, texts=form.texts, **facts).pk)

        try:
            once.write(request, record)
        except VaultSealed:
            form.add_error("narrator", _("The vault is sealed: who she is cannot be kept now."))
        else:
            return redirect(reverse("pages-desk:stories"))
    return _form(request, form, title=_("New story"), does=_("Save"))


@login_required
@require_form
def change_story(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Other words, or other things that she allows."""
    story, _decision = policy.fetch(request.user, "pages.story", Story.objects.filter(pk=pk, withdrawn_at=None))
    form = StoryForm(request.POST or None, story=story)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.change_story(
            actor=request.user, story=story, texts=form.texts, allows=told["allows"], until_date=told["until_date"]
        )
        return redirect(reverse("pages-desk:stories"))
    return _form(request, form, title=_("Change the story"), does=_("Save"))


@login_required
@require_form
def withdraw_story(request: HttpRequest, pk: str) -> HttpResponseBase:
    """She takes it back: said once more, then everything of it is gone."""
    story, _decision = policy.fetch(request.user, "pages.story", Story.objects.filter(pk=pk, withdrawn_at=None))
    if request.method == "POST":
        actions.withdraw_story(actor=request.user, story=story)
        messages.success(request, _("The story is gone, with every page that told it."))
        return redirect(reverse("pages-desk:stories"))
    return render(request, "pages/desk/withdraw.html", {"story": story})


def _form(request: HttpRequest, form: StoryForm, **context: Any) -> HttpResponse:
    return render(request, "pages/desk/form.html", {"form": form, **context})
