"""Each component as a page would write it."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override


class Asking(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the paper", max_length=5)
    nick = forms.CharField(label="Nick", required=False)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    country = forms.ChoiceField(label="Country", choices=[("tj", "Tajikistan"), ("az", "Azerbaijan")])
    cost = forms.ChoiceField(label="Cost", choices=[("f", "free"), ("p", "paid")], widget=forms.RadioSelect)
    who = forms.MultipleChoiceField(
        label="Who", choices=[("w", "women"), ("c", "children")], widget=forms.CheckboxSelectMultiple
    )
    agree = forms.BooleanField(label="I agree")
    paper = forms.FileField(label="Paper", required=False)
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture
def drawn():
    """A piece of template with the tags loaded, rendered for a request."""

    def draw(source: str, address: str = "/en/list/?q=a&page=2", lang: str = "en", **values: object) -> str:
        request = RequestFactory().get(address)
        request.htmx = False
        with override(lang):
            return Template("{% load hamroh %}" + source).render(Context({"request": request, **values}))

    return draw


def test_it_draws_a_button_as_a_link_with_what_it_is_about(drawn):
    html = drawn('{% button "Edit" href="/x" kind="quiet s" icon="print" about="Vose" %}')
    assert html.startswith('<a class="btn quiet s" href="/x">')
    assert '<span class="vh">: Vose</span></a>' in html


def test_it_draws_a_button_that_sends_a_value(drawn):
    assert 'name="do" value="save"' in drawn('{% button "Save" name="do" value="save" %}')


def test_it_ties_hint_and_fault_to_their_field(drawn):
    form = Asking({"name": "too long a name"})
    html = drawn("{% field form.name %}", form=form)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_it_keeps_what_was_typed_beside_the_fault(drawn):
    assert 'value="too long a name"' in drawn("{% field form.name %}", form=Asking({"name": "too long a name"}))


def test_it_says_that_a_field_may_be_left_empty(drawn):
    assert "may be left empty" in drawn("{% field form.nick %}", form=Asking())


@pytest.mark.parametrize("name", ["cost", "who"])
def test_it_draws_choices_as_a_group_with_a_legend(drawn, name):
    html = drawn("{% field field %}", field=Asking()[name])
    assert "<fieldset" in html
    assert html.count('class="pick"') == 2


def test_it_points_the_fault_of_a_group_at_its_first_choice(drawn):
    form = Asking({})
    html = drawn("{% error_summary form %}{% field form.cost %}", form=form)
    assert 'href="#id_cost_0"' in html
    assert 'id="id_cost_0"' in html


@pytest.mark.parametrize(("name", "mark"), [("note", "<textarea"), ("country", "<select"), ("paper", 'type="file"')])
def test_it_draws_a_field_of_each_sort_with_its_label(drawn, name, mark):
    html = drawn("{% field field %}", field=Asking()[name])
    assert f'<label for="id_{name}">' in html
    assert mark in html


def test_it_draws_a_single_tick_beside_its_words(drawn):
    assert '<label class="pick" for="id_agree"><input type="checkbox"' in drawn("{% field form.agree %}", form=Asking())


def test_it_draws_a_hidden_field_alone(drawn):
    assert drawn("{% field form.key %}", form=Asking()).strip() == str(Asking()["key"])


def test_it_links_every_fault_to_its_field(drawn):
    html = drawn("{% error_summary form %}", form=Asking({}))
    assert 'role="alert"' in html
    assert {name for name in ("name", "country", "agree") if f'href="#id_{name}"' in html} == {
        "name",
        "country",
        "agree",
    }


def test_it_draws_no_summary_without_faults(drawn):
    assert drawn("{% error_summary form %}", form=Asking()).strip() == ""


def test_it_draws_a_summary_list_with_a_way_to_change(drawn):
    rows = [{"term": "Where", "value": "Kulob", "href": "?d=2"}, {"term": "Cost", "value": "free"}]
    html = drawn("{% summary_list rows %}", rows=rows)
    assert html.count("<dt>") == 2
    assert '<a href="?d=2">Change<span class="vh">: Where</span></a>' in html


def test_it_draws_a_task_with_its_state_in_words(drawn):
    tasks = [{"title": "Reports", "href": "/r", "hint": "from the public", "state": "care", "word": "3 wait"}]
    html = drawn("{% task_list tasks %}", tasks=tasks)
    assert "3 wait" in html
    assert 'class="st care"' in html


def test_it_draws_a_table_with_figures_to_the_end(drawn):
    html = drawn('{% table "Sums" columns rows %}', columns=["Year", ("Sum", "num")], rows=[["2020", "6,300"]])
    assert '<th scope="row">2020</th><td class="num">6,300</td>' in html
    assert "<caption>Sums</caption>" in html


def test_it_keeps_the_query_on_the_way_through_pages(drawn):
    html = drawn("{% pagination page %}", page=Paginator(range(30), 10).page(2))
    assert 'href="?q=a&amp;page=3"' in html
    assert 'href="?q=a&amp;page=1"' in html


def test_it_draws_no_way_through_a_single_page(drawn):
    assert drawn("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_it_draws_a_state_as_word_and_shape(drawn):
    html = drawn('{% state "due" "Wednesday" %}')
    assert "#i-dia" in html
    assert "Wednesday" in html


def test_it_draws_the_way_back_up(drawn):
    assert '<a href="/en/">Home</a>' in drawn("{% breadcrumbs trail %}", trail=[("Home", "/en/")])


def test_it_draws_an_aside_with_its_title(drawn):
    html = drawn('{% notice title="Danger?" kind="risk" icon="tri" %}<p>Call.</p>{% endnotice %}')
    assert '<div class="note risk"><h2><svg' in html
    assert "<p>Call.</p></div>" in html


def test_it_escapes_what_stands_in_a_title(drawn):
    assert "<script>" not in drawn("{% notice title=title %}x{% endnotice %}", title="<script>")


def test_it_draws_folded_text(drawn):
    html = drawn('{% details "More" %}<p>a</p>{% enddetails %}')
    assert html == "<details><summary>More</summary><p>a</p></details>"


def test_it_carries_each_drawing_once(drawn):
    html = drawn('{% icon "phone" %}{% icon "phone" %}{% icon "pin" %}{% sprite %}')
    assert (html.count('id="i-phone"'), html.count('id="i-pin"'), html.count("<symbol")) == (1, 1, 2)


def test_it_draws_in_place_where_no_sprite_follows():
    assert "<path" in Template('{% load hamroh %}{% icon "phone" %}').render(Context())


def test_it_marks_a_fallback_with_its_language(drawn):
    assert drawn("{{ names|text }}", names={"ru": "Кулоб"}, lang="tg") == '<span lang="ru">Кулоб</span>'


def test_it_leaves_a_text_in_the_own_language_unmarked(drawn):
    assert drawn("{{ names|text }}", names={"tg": "Кӯлоб", "ru": "Куляб"}, lang="tg") == "Кӯлоб"


def test_it_escapes_what_editors_wrote(drawn):
    assert drawn("{{ names|text }}", names={"en": "<b>"}) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "12 November 2026"),
        ("az", "12 noyabr 2026"),
        ("ru", "12 ноября 2026"),
        ("tg", "12 ноябри 2026"),
    ],
)
def test_it_writes_a_day_as_the_language_does(drawn, lang, words):
    html = drawn("{{ d|day }}", d=date(2026, 11, 12), lang=lang).replace("\N{NO-BREAK SPACE}", " ")
    assert html == f'<time datetime="2026-11-12">{words}</time>'


@pytest.mark.parametrize(
    ("text", "words"), [("2019", "2019"), ("2019-04", "апрели 2019"), ("2019-04-02", "2 апрели 2019")]
)
def test_it_writes_a_date_as_far_as_it_is_known(drawn, text, words):
    assert f">{words}<" in drawn("{{ d|day }}", d=text, lang="tg").replace("\N{NO-BREAK SPACE}", " ")


def test_it_writes_a_moment_with_the_clock(drawn):
    assert "14:05" in drawn("{{ d|moment }}", d=datetime(2026, 11, 12, 14, 5, tzinfo=UTC))


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "Monday"), ("az", "bazar ertəsi"), ("ru", "понедельник"), ("tg", "душанбе")]
)
def test_it_names_the_day_of_the_week(drawn, lang, word):
    assert drawn("{{ 0|weekday }}", lang=lang) == word


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "1,730.50"), ("az", "1 730,50"), ("ru", "1 730,50"), ("tg", "1 730,50")]
)
def test_it_writes_a_number_as_the_language_does(drawn, lang, words):
    assert drawn("{{ n|number:2 }}", n=1730.5, lang=lang).replace("\N{NO-BREAK SPACE}", " ") == words
