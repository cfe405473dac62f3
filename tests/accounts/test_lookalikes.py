"""Two accounts never bear names that look the same, whatever happens at the same time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from accounts import services
from accounts.models import User
from core.errors import DomainError
from tests.committed import at_once
from tests.factories.accounts import UserFactory

MANY = 12


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["budi", "Bu di", "B.udi", "Вudi", "Bùdi"])
def test_a_name_that_looks_like_a_neighbours_is_refused(wanted):
    UserFactory(nickname="Budi")
    other = UserFactory(nickname="Tono")
    with pytest.raises(DomainError) as refused:
        services.change_profile(actor=other, nickname=wanted, name="", language="id")
    assert refused.value.code in {"nickname_taken", "nickname_scripts"}
    assert refused.value.field == "nickname"
    assert User.objects.get(pk=other.pk).nickname == "Tono"


@pytest.mark.django_db
def test_the_owner_may_write_the_own_name_another_way():
    person = UserFactory(nickname="Budi")
    services.change_profile(actor=person, nickname="B.udi", name="", language="id")
    assert User.objects.get(pk=person.pk).nickname == "B.udi"


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_a_look_alike():
    UserFactory(nickname="Budi")
    with pytest.raises(IntegrityError):
        User.objects.create_user("lain@example.com", nickname="Вudi")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_one_name_at_once_one_gets_it():
    people = [UserFactory() for _ in range(MANY)]
    names = ["Bintang", "B.intang", "bintang", "Bin tang"]

    def act(place):
        return services.change_profile(actor=people[place], nickname=names[place % 4], name="", language="id")

    results = at_once(MANY, act)
    assert [type(one) for one in results].count(User) == 1
    assert {one.code for one in results if not isinstance(one, User)} == {"nickname_taken"}
    assert User.objects.filter(skeleton="bintang").count() == 1
