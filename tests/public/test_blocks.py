"""The blocks of pages: courses, programmes and news as they are now, and words for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html
from wagtail.blocks import StructBlockValidationError

from home.blocks import BodyBlock
from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from search.documents.pages import documents
from tests.factories import make_course, make_programme, make_run
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    install_site()
    return HomePage.objects.get(locale__language_code="az")


def published(home, *blocks: tuple[str, object]) -> StandardPage:
    """An ordinary page of these blocks."""
    body = [{"type": kind, "value": value} for kind, value in blocks]
    page = home.add_child(instance=StandardPage(title="Səhifə", slug="sehife", locale=home.locale))
    page.body = StandardPage._meta.get_field("body").to_python(body)
    page.save_revision().publish()
    return page


def shown(client, path: str = "/az/sehife/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer, html.fromstring(answer.content)


def listed(*rows) -> list[int]:
    return [row.pk for row in rows]


def test_courses_stand_on_a_page_with_their_state_until_it_changes(client, home):
    course = make_course({"az": "Elektron sənədlər", "ru": "Документы"})
    run = make_run(course)
    withdrawn = make_course({"az": "Köhnə"}, withdrawn_at=timezone.now())
    draft = make_course({"az": "Qaralama"}, live=False)
    courses = listed(course, withdrawn, draft)
    published(home, ("courses", {"title": "Seçilmiş", "courses": courses}))
    answer, page = shown(client)
    titles = page.xpath("//h3[@class='result__title']/a")
    assert [link.text_content() for link in titles] == ["Elektron sənədlər"]
    assert titles[0].get("href") == f"/az/kataloq/elektron-senedler-{course.pk}/"
    assert page.xpath("//p[@class='result__state']")
    # The page is made anew when enrolment is about to close.
    assert answer.wsgi_request.page_expires_at == run.enrolment_end - timedelta(days=3)


def test_a_block_whose_courses_nobody_sees_leaves_no_heading(client, home):
    draft = make_course({"az": "Qaralama"}, live=False)
    block = ("courses", {"title": "Seçilmiş", "courses": listed(draft)})
    published(home, block)
    _answer, page = shown(client)
    assert not page.xpath("//main//h2")


def test_programmes_and_news_stand_on_a_page(client, home):
    programme = make_programme(make_course())
    unpublished = make_programme(make_course(), live=False)
    index = NewsIndexPage.objects.child_of(home).get()
    for number in range(3):
        index.add_child(instance=NewsPage(title=f"Xəbər {number}", locale=home.locale))
    published(
        home,
        ("programmes", {"title": "", "programmes": listed(programme, unpublished)}),
        ("news", {"title": "Yeniliklər", "count": 2}),
    )
    _answer, page = shown(client)
    (title,) = page.xpath("//a[@class='shelf__title']")
    assert str(programme.pk) in title.get("href")
    assert len(page.xpath("//main//h3[@class='newsitem__title']")) == 2


def test_words_of_a_video_are_there_without_the_video_and_are_found(client, home):
    page = published(
        home,
        (
            "video",
            {
                "title": "Arxiv",
                "url": "https://video.example/1",
                "minutes": 3,
                "transcript": "<p>Salam <b>dünya</b></p>",
            },
        ),
        ("quote", {"text": "Oxumaq gücdür.", "source": "Müəllim"}),
        ("contact", {"name": "Ofis", "role": "", "email": "a@example.org", "phone": "+994 12"}),
        ("numbers", [{"number": "120", "words": "kurs"}]),
    )
    _answer, source = shown(client)
    (transcript,) = source.xpath("//details[@class='fold']")
    assert "Salam" in transcript.text_content()
    assert not source.xpath("//iframe|//video")
    assert source.xpath("//figure[@class='quote']/blockquote")
    assert source.xpath("//a[@href='mailto:a@example.org']")
    assert source.xpath("//span[@class='figures__number']/text()") == ["120"]
    (found,) = documents([page.translation_key.hex])
    words = found.bodies["az"]
    assert "dünya" in words
    assert "Oxumaq" in words
    assert "video.example" not in words


def test_a_page_with_courses_can_be_translated(home):
    from wagtail.models import Locale
    from wagtail_localize.models import Translation, TranslationSource

    course = make_course()
    page = published(home, ("courses", {"title": "Seçilmiş", "courses": listed(course)}))
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    turkish = Locale.objects.get(language_code="tr")
    Translation.objects.create(source=source, target_locale=turkish).save_target(publish=False)
    copy = StandardPage.objects.get(locale=turkish).get_latest_revision_as_object()
    assert [row.pk for row in copy.body[0].value["courses"]] == [course.pk]


@pytest.mark.parametrize("phone", ["<b>", "call me", "1"])
def test_a_telephone_number_is_one(phone):
    block = BodyBlock().child_blocks["contact"]
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"name": "Ofis", "phone": phone}))
