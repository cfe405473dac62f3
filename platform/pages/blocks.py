"""What a page can be built of; each block has a template of the same name in templates/pages/blocks/."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

# Nothing that needs an inline style or an embedded frame.
FEATURES = ["bold", "italic", "link", "ol", "ul"]


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(label=_("What can be seen"), help_text=_("For people who cannot see it."))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "pages/blocks/image.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What happens"))
    who = blocks.CharBlock(label=_("By whom and by when"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, required=False)


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"))
    answer = blocks.RichTextBlock(label=_("Answer"), features=FEATURES)


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)
    tone = blocks.ChoiceBlock(
        label=_("Tone"), choices=[("main", _("Information")), ("yellow", _("Attention"))], default="main"
    )

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "pages/blocks/callout.html"


class Body(blocks.StreamBlock):
    """The body of a page in one language."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="pages/blocks/heading.html")
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES)
    steps = blocks.ListBlock(
        StepBlock(), label=_("Steps on a life-line"), icon="list-ol", template="pages/blocks/steps.html"
    )
    questions = blocks.ListBlock(
        QuestionBlock(), label=_("Questions and answers"), icon="help", template="pages/blocks/questions.html"
    )
    callout = CalloutBlock()
    image = ImageBlock()
