"""What was written for all children becomes the first child's: see migration 0003."""

import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from core.guard import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Section
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at

pytestmark = pytest.mark.django_db


def test_one_voice_becomes_the_first_childs(cast):
    review = rapid_review_at(Status.DRAFTING, children=[{}, {"name": "Sparrow Invented"}])
    migration = importlib.import_module("rapid_reviews.migrations.0003_voice_of_each_child")

    @workflow
    def migrate():
        facts = {"review": review, "key": SectionKey.VOICE, "text": "Quiet.", "version": 1}
        Section(updated_by=cast.member, updated_at=timezone.now(), **facts).save()
        migration.give_to_the_first_child(apps, None)

    migrate()
    texts = [part.section and part.section.text for part in contents_of(review).parts if part.key == SectionKey.VOICE]
    assert texts == ["Quiet.", None]
