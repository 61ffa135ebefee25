"""Where a request comes from: by its connection, or by the word of a proxy that is trusted."""

import os
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from infra.local.httpd import Request
from infra.process_settings import WrongSetting

Proxies = Sequence[IPv4Network | IPv6Network]
"""Whose word on where a request comes from is believed."""


def proxies() -> Proxies:
    """The proxies before this machine, by PROXY: addresses and networks, separated by commas. Raises WrongSetting."""
    named = [each.strip() for each in os.environ.get("PROXY", "").split(",")]
    try:
        return tuple(ip_network(each) for each in named if each)
    except ValueError as wrong:
        raise WrongSetting(
            f"PROXY is the address of the proxy before this machine, such as 127.0.0.1: {wrong}"
        ) from wrong


def source_ip(request: Request, proxies: Proxies | None) -> str:
    """Whose request it is: the peer, or, where that is a proxy, the last address that it and other proxies were handed by.

    Where `proxies` is None, it is the first address of X-Forwarded-For, so that a demo can play people in many places.
    """
    named = [each.strip() for value in _forwarded(request) for each in value.split(",")]
    if proxies is None:
        return next((str(found) for each in named[:1] if (found := _address(each))), request.peer)
    by = request.peer
    for each in reversed(named):
        peer, found = _address(by), _address(each)
        if peer is None or found is None or not any(peer in each for each in proxies):
            break
        by = str(found)
    return by


def _forwarded(request: Request) -> list[str]:
    return [value for name, value in request.headers if name.lower() == "x-forwarded-for"]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
