"""The field of a form: it works without JavaScript, and what was sent before is still in it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from tests.factories.photos import PhotoFactory, ReceivedPhotoFactory

pytestmark = pytest.mark.django_db
# Components are compiled by cotton's loader when they stand in a file; here by hand.
FIELD = CottonCompiler().process(
    '<c-photo-upload :batch="batch" :photos="photos" :errors="errors" max="5" label="Foto" help="Sampai lima foto" />'
)


def drawn(**context: object) -> str:
    return Template(FIELD).render(Context({"batch": uuid4(), "photos": [], "errors": []} | context))


def test_an_empty_field_is_a_plain_file_input() -> None:
    batch = uuid4()
    html = drawn(batch=batch)
    assert f'name="batch" value="{batch}"' in html
    assert '<input class="upload__input" type="file" id="photos" name="photos" multiple' in html
    assert 'name="photo_ids"' not in html
    assert 'data-max="5"' in html
    assert "Paling banyak 5 foto" in html
    assert "style=" not in html


def test_photos_that_were_sent_before_stay() -> None:
    ready, waiting = PhotoFactory(), ReceivedPhotoFactory()
    html = drawn(photos=[ready, waiting])
    for photo in (ready, waiting):
        assert f'name="photo_ids" value="{photo.pk}"' in html
    assert ready.small_url in html
    assert waiting.small_url not in html


def test_errors_are_told_beside_the_field_and_escaped() -> None:
    html = drawn(errors=["“<b>x</b>.pdf” tidak bisa"])
    assert "field--error" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "<b>x" not in html
