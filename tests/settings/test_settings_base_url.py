"""An address has one spelling, so that what is kept for its host is found again."""

from __future__ import annotations

import pytest

from cvi_trakt.settings_values import base_url


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param("https://API.Trakt.TV", "https://api.trakt.tv", id="case-of-the-host"),
        pytest.param("HTTPS://api.trakt.tv", "https://api.trakt.tv", id="case-of-the-scheme"),
        pytest.param("https://api.trakt.tv:443", "https://api.trakt.tv", id="default-port-of-https"),
        pytest.param("http://localhost:80", "http://localhost", id="default-port-of-http"),
        pytest.param("http://127.0.0.1:443", "http://127.0.0.1:443", id="default-port-of-the-other-scheme-stays"),
        pytest.param("https://api.trakt.tv:80", "https://api.trakt.tv:80", id="and-the-other-way-round"),
        pytest.param("https://api.trakt.tv:08443", "https://api.trakt.tv:8443", id="zeros-before-the-port"),
        pytest.param("https://api.trakt.tv:", "https://api.trakt.tv", id="no-port-after-the-colon"),
        pytest.param("https://api.trakt.tv/", "https://api.trakt.tv", id="a-slash-at-the-end"),
        pytest.param(" https://api.trakt.tv ", "https://api.trakt.tv", id="space-around"),
        pytest.param("http://[::1]:80", "http://[::1]", id="an-address-of-ipv6"),
        pytest.param("http://[::1]:8080", "http://[::1]:8080", id="an-address-of-ipv6-with-a-port"),
        pytest.param("https://[FE80::A]/x", "https://[fe80::a]/x", id="case-of-an-address-of-ipv6"),
        pytest.param("https://Proxy.example/Trakt/", "https://proxy.example/Trakt", id="the-path-keeps-its-case"),
    ],
)
def test_an_address_has_one_spelling(given: str, expected: str) -> None:
    assert base_url(given) == expected
    assert base_url(expected) == expected
