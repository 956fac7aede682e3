"""The StreamField blocks an academy needs on its pages and in its course texts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .blocks_catalogue import CoursesBlock, NewsBlock, ProgrammesBlock

RICH_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul", "course-link"]


class CalloutBlock(blocks.StructBlock):
    """A boxed remark."""

    tone = blocks.ChoiceBlock([("note", _("Note")), ("important", _("Important"))], default="note")
    text = blocks.RichTextBlock(features=RICH_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Remark")
        template = "blocks/callout.html"


class QuestionBlock(blocks.StructBlock):
    """A question with its answer, folded until opened."""

    question = blocks.CharBlock(max_length=200, label=_("Question"))
    answer = blocks.RichTextBlock(features=RICH_TEXT, label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question and answer")
        template = "blocks/question.html"


class FigureBlock(blocks.StructBlock):
    """An image with a caption."""

    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=250, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Image")
        template = "blocks/figure.html"


class DownloadBlock(blocks.StructBlock):
    """A document to download, with its size and format shown."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(required=False, max_length=200, label=_("Title"))

    class Meta:
        icon = "doc-full"
        label = _("Download")
        template = "blocks/download.html"


class ButtonBlock(blocks.StructBlock):
    """A link to a page or another site, set as a button."""

    text = blocks.CharBlock(max_length=60, label=_("Text"))
    page = blocks.PageChooserBlock(required=False, label=_("Page"))
    url = blocks.URLBlock(required=False, label=_("Address"))

    class Meta:
        icon = "link"
        label = _("Button")
        template = "blocks/button.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(max_length=600, label=_("Text"))
    source = blocks.CharBlock(required=False, max_length=160, label=_("Who said it"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class ContactBlock(blocks.StructBlock):
    """Whom to ask."""

    name = blocks.CharBlock(max_length=120, label=_("Name"))
    role = blocks.CharBlock(required=False, max_length=160, label=_("Office"))
    email = blocks.EmailBlock(required=False, label=_("E-mail"))
    phone = blocks.RegexBlock(
        r"^[+0-9][0-9 ()/.-]{2,39}$",
        required=False,
        label=_("Telephone"),
        error_messages={"invalid": _("Write a telephone number: digits, spaces and + only.")},
    )
    hours = blocks.CharBlock(required=False, max_length=160, label=_("When to call"))

    class Meta:
        icon = "user"
        label = _("Contact")
        template = "blocks/contact.html"


class VideoBlock(blocks.StructBlock):
    """A video that stands elsewhere, with all its words for those who cannot hear or see it."""

    title = blocks.CharBlock(max_length=200, label=_("Title"))
    url = blocks.URLBlock(label=_("Address"))
    minutes = blocks.IntegerBlock(
        required=False, min_value=1, max_value=1000, label=_("Length in minutes")
    )
    transcript = blocks.RichTextBlock(
        features=RICH_TEXT,
        label=_("Transcript"),
        help_text=_("What is said and shown, for people who cannot hear or see it."),
    )

    class Meta:
        icon = "media"
        label = _("Video with transcript")
        template = "blocks/video.html"


class NumberBlock(blocks.StructBlock):
    """A number with the words that follow it."""

    number = blocks.CharBlock(max_length=12, label=_("Number"))
    words = blocks.CharBlock(max_length=80, label=_("Words"))


class BodyBlock(blocks.StreamBlock):
    """The body of pages, news and course texts."""

    heading = blocks.CharBlock(
        max_length=200, label=_("Heading"), icon="title", template="blocks/heading.html"
    )
    paragraph = blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"), icon="pilcrow")
    list = blocks.ListBlock(
        blocks.CharBlock(max_length=300), label=_("List"), template="blocks/list.html"
    )
    figure = FigureBlock()
    callout = CalloutBlock()
    question = QuestionBlock()
    download = DownloadBlock()
    button = ButtonBlock()
    table = TableBlock(label=_("Table"), template="blocks/table.html")
    quote = QuoteBlock()
    contact = ContactBlock()
    video = VideoBlock()
    numbers = blocks.ListBlock(
        NumberBlock(),
        max_num=4,
        icon="table",
        label=_("Numbers"),
        template="blocks/numbers.html",
    )
    courses = CoursesBlock()
    programmes = ProgrammesBlock()
    news = NewsBlock()

    class Meta:
        block_counts: dict = {}


class HelpFormBlock(blocks.StaticBlock):
    """The help form."""

    class Meta:
        icon = "mail"
        label = _("Help form")
        admin_text = _("Readers write to the help e-mail of the site settings.")
        template = "blocks/help_form.html"

    def get_context(self, value: None, parent_context: dict | None = None) -> dict:
        """Adds an empty form."""
        from home.contact.forms import ContactForm

        return super().get_context(value, parent_context) | {"form": ContactForm()}


class TrainingStatusBlock(blocks.StaticBlock):
    """The training status as a table."""

    class Meta:
        icon = "table"
        label = _("Training status")
        admin_text = _("Runs, seats and hours by provider, region and period, always up to date.")
        template = "blocks/training_status.html"


class FrameworkBlock(blocks.StaticBlock):
    """The training framework."""

    class Meta:
        icon = "list-ul"
        label = _("Competencies and their courses")
        admin_text = _("Every competency with its courses, always up to date.")
        template = "blocks/framework.html"


class PageBodyBlock(BodyBlock):
    """The body of ordinary pages: words, and what the portal puts in by itself."""

    help_form = HelpFormBlock()
    training_status = TrainingStatusBlock()
    framework = FrameworkBlock()

    class Meta:
        # Each has an address of its own on the page.
        block_counts = {
            name: {"max_num": 1} for name in ("help_form", "training_status", "framework")
        }
