"""What counts once counts once, however many try at the same moment."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from core.errors import DomainError
from security import errors, services
from security.models import Phone
from tests.committed import at_once
from tests.factories.accounts import UserFactory
from tests.security.people import SECRET, app_code, give_app, recovery_codes

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
NUMBER = "+6281234567890"


def test_fifty_at_once_confirm_one_number_and_one_gets_it() -> None:
    def act(at: int) -> str:
        try:
            services.confirm_phone(actor=people[at], number=NUMBER)
        except DomainError as refused:
            return refused.code
        return "confirmed"

    people = [UserFactory() for _number in range(50)]
    results = at_once(len(people), act)
    assert sorted(results) == ["confirmed", *[errors.PHONE_TAKEN] * 49]
    assert Phone.objects.count() == 1


def test_twenty_at_once_with_one_code_and_one_gets_in() -> None:
    person = UserFactory()
    give_app(person)
    for code in (recovery_codes(person)[0], app_code()):
        results = at_once(20, lambda _at, code=code: services.take_code(user=person, code=code))
        assert len([found for found in results if found]) == 1
    assert len(recovery_codes(person)) == 9


def test_twenty_at_once_set_up_one_app() -> None:
    person = UserFactory()
    code = app_code()

    def act(_at: int) -> str:
        try:
            services.add_app(actor=person, secret=SECRET, code=code)
        except DomainError as refused:
            return refused.code
        return "set up"

    assert sorted(at_once(20, act)) == [*[errors.APP_ALREADY] * 19, "set up"]
    assert sorted(Authenticator.objects.values_list("type", flat=True)) == ["recovery_codes", "totp"]


def test_twenty_at_once_connect_one_account_elsewhere() -> None:
    def act(at: int) -> str:
        try:
            services.connect(actor=people[at], provider="google", uid="g-1")
        except DomainError as refused:
            return refused.code
        return "connected"

    people = [UserFactory() for _number in range(20)]
    results = at_once(len(people), act)
    assert sorted(results) == ["connected", *[errors.SOCIAL_TAKEN] * 19]
    assert SocialAccount.objects.count() == 1
