"""One person, one support; the count beside it is exact."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction
from taggit.models import Tag
from voting.models import Vote

from support import queries, services
from support.models import SupportCount
from tests.committed import at_once

pytestmark = pytest.mark.django_db


def person(name: str) -> Any:
    return get_user_model().objects.create_user(f"{name}@example.org", nickname=name)


def thing(name: str = "Got mampet") -> Tag:
    """Anything with a row and a number can be supported; a tag is the smallest there is."""
    return Tag.objects.create(name=name)


def test_a_state_is_asked_for_not_a_toggle() -> None:
    sari, drain = person("sari"), thing()
    assert services.set_support(actor=sari, obj=drain, on=False) == 0
    assert services.set_support(actor=sari, obj=drain, on=True) == 1
    assert services.set_support(actor=sari, obj=drain, on=True) == 1
    assert services.set_support(actor=person("tono"), obj=drain, on=True) == 2
    assert services.set_support(actor=sari, obj=drain, on=False) == 1
    assert services.set_support(actor=sari, obj=drain, on=False) == 1
    assert Vote.objects.count() == 1


def test_a_vote_against_becomes_a_support() -> None:
    sari, drain = person("sari"), thing()
    Vote.objects.record_vote(drain, sari, -1)
    assert services.set_support(actor=sari, obj=drain, on=True) == 1
    assert Vote.objects.get().vote == 1


@pytest.mark.parametrize("count", [1, 3])
def test_counts_and_own_supports_cost_a_query_each(count: int, django_assert_num_queries: Any) -> None:
    sari = person("sari")
    things = [thing(f"thing {number}") for number in range(count)]
    alone = thing("nobody's")
    for each in things:
        services.set_support(actor=sari, obj=each, on=True)
    with django_assert_num_queries(1):
        assert queries.counts([*things, alone]) == {each.pk: 1 for each in things} | {alone.pk: 0}
    with django_assert_num_queries(1):
        assert queries.supported_by(sari, [*things, alone]) == {each.pk for each in things}


def test_visitors_and_empty_lists_cost_nothing(django_assert_num_queries: Any) -> None:
    drain = thing()
    with django_assert_num_queries(0):
        assert queries.supported_by(AnonymousUser(), [drain]) == set()
        assert queries.supported_by(AnonymousUser(), []) == set()
        assert queries.counts([]) == {}


def test_supports_of_another_kind_of_thing_are_apart() -> None:
    sari, drain = person("sari"), thing()
    kind = ContentType.objects.get_for_model(Tag)
    Vote.objects.create(user=sari, content_type=ContentType.objects.get_for_model(Vote), object_id=drain.pk, vote=1)
    assert services.recount(obj=drain) == 0
    assert queries.supported_by(sari, [drain]) == set()
    assert SupportCount.objects.get(content_type=kind).up == 0


def test_setting_a_support_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    sari, drain = person("sari"), thing()
    services.set_support(actor=person("tono"), obj=drain, on=True)
    with django_assert_max_num_queries(8):  # two of them are the savepoint around it in this test
        assert services.set_support(actor=sari, obj=drain, on=True) == 2


def test_who_deletes_the_account_no_longer_counts() -> None:
    sari, tono = person("sari"), person("tono")
    drain, hole = thing(), thing("Lubang")
    for obj in (drain, hole):
        services.set_support(actor=sari, obj=obj, on=True)
    services.set_support(actor=tono, obj=drain, on=True)
    Vote.objects.record_vote(hole, tono, -1)
    sari.delete()
    assert queries.counts([drain, hole]) == {drain.pk: 1, hole.pk: 0}
    get_user_model().objects.all().delete()
    assert queries.counts([drain, hole]) == {drain.pk: 0, hole.pk: 0}
    assert not Vote.objects.exists()


def test_a_wrong_count_can_be_repaired() -> None:
    drain = thing()
    services.set_support(actor=person("sari"), obj=drain, on=True)
    SupportCount.objects.update(up=91)
    assert services.recount(obj=drain) == 1
    assert queries.counts([drain]) == {drain.pk: 1}


def test_the_database_itself_allows_one_vote_a_person_and_thing() -> None:
    sari, drain = person("sari"), thing()
    services.set_support(actor=sari, obj=drain, on=True)
    vote = Vote.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(user=sari, content_type=vote.content_type, object_id=vote.object_id, vote=1)


def test_votes_are_found_by_their_thing() -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "votes")
    assert found["votes_by_thing"]["columns"] == ["content_type_id", "object_id", "vote"]
    unique = [entry["columns"] for entry in found.values() if entry["unique"] and not entry["primary_key"]]
    assert sorted(unique[0]) == ["content_type_id", "object_id", "user_id"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_parallel_identical_requests_are_one_support() -> None:
    sari, drain = person("sari"), thing()
    answers = at_once(50, lambda _: services.set_support(actor=sari, obj=drain, on=True))
    assert answers == [1] * 50
    assert Vote.objects.count() == 1
    assert queries.counts([drain]) == {drain.pk: 1}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_fifty_people_at_once_are_fifty_supports() -> None:
    drain = thing()
    people = [person(f"warga{number}") for number in range(50)]
    answers = at_once(50, lambda place: services.set_support(actor=people[place], obj=drain, on=True))
    assert sorted(answers) == list(range(1, 51))
    assert queries.counts([drain]) == {drain.pk: 50}
    assert services.recount(obj=drain) == 50


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_and_the_lock_one_person_would_count_often() -> None:
    """What django-voting does by itself, so that nobody takes the lock or the constraint away as needless."""
    sari, drain = person("sari"), thing()
    kind = ContentType.objects.get_for_model(Tag)
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "votes")
        name = next(key for key, entry in found.items() if entry["unique"] and not entry["primary_key"])
        cursor.execute(f'ALTER TABLE votes DROP CONSTRAINT "{name}"')
    try:
        together = Barrier(10)

        def look_then_write(_place: int) -> None:
            seen = Vote.objects.filter(user=sari, content_type=kind, object_id=str(drain.pk)).exists()
            together.wait(timeout=20)
            if not seen:
                Vote.objects.create(user=sari, content_type=kind, object_id=str(drain.pk), vote=1)

        assert at_once(10, look_then_write) == [None] * 10
        assert Vote.objects.count() == 10
    finally:
        Vote.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER TABLE votes ADD CONSTRAINT "{name}" UNIQUE (user_id, content_type_id, object_id)')
