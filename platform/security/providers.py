"""Google, Facebook and X, at addresses that settings may change. Loads requests: import it where it is needed."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.facebook.flows import compute_appsecret_proof
from allauth.socialaccount.providers.facebook.provider import FacebookProvider
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter
from allauth.socialaccount.providers.google.provider import GoogleProvider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.twitter_oauth2.provider import TwitterOAuth2Provider
from allauth.socialaccount.providers.twitter_oauth2.views import TwitterOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class _Addresses:
    """The provider's own addresses, or those of SOCIAL_ADDRESSES: {"google": {"authorize": …, "token": …, "me": …}}."""

    provider_id: str

    def __getattribute__(self, name: str) -> Any:
        short = {"authorize_url": "authorize", "access_token_url": "token", "identity_url": "me", "profile_url": "me"}
        if name in short:
            ours = settings.SOCIAL_ADDRESSES.get(object.__getattribute__(self, "provider_id"), {})
            if short[name] in ours:
                return ours[short[name]]
        return super().__getattribute__(name)


class GoogleDoor(_Addresses, GoogleOAuth2Adapter):
    pass


class XDoor(_Addresses, TwitterOAuth2Adapter):
    pass


class FacebookDoor(_Addresses, FacebookOAuth2Adapter):
    profile_url = "https://graph.facebook.com/v19.0/me"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Ask who it is; allauth's own cannot be told another address."""
        provider = self.get_provider()
        asked = {
            "fields": ",".join(provider.get_fields()),
            "access_token": token.token,
            "appsecret_proof": compute_appsecret_proof(app, token),
        }
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, params=asked)
            answer.raise_for_status()
            return provider.sociallogin_from_response(request, answer.json())


class _Frugal:
    """Of what a provider tells only the number of the account is kept."""

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}


class Google(_Frugal, GoogleProvider):
    oauth2_adapter_class = GoogleDoor


class Facebook(_Frugal, FacebookProvider):
    oauth2_adapter_class = FacebookDoor

    def get_fields(self) -> list[str]:
        """No more than is needed."""
        return ["id", "email", "name"]


class X(_Frugal, TwitterOAuth2Provider):
    oauth2_adapter_class = XDoor

    def get_fields(self) -> list[str]:
        """No more than is needed."""
        return ["id", "name", "username"]


CLASSES = {provider.id: provider for provider in (Google, Facebook, X)}


def find(request: HttpRequest, name: str) -> Any:
    """A provider whose keys are set."""
    for provider in CLASSES.values():
        registry.register(provider)
    return get_adapter().get_provider(request, name)


def callback(request: HttpRequest, name: str) -> HttpResponse:
    """What allauth does when a provider sends somebody back."""
    find(request, name)
    answer: HttpResponse = OAuth2CallbackView.adapter_view(CLASSES[name].oauth2_adapter_class)(request)
    return answer
