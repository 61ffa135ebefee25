"""Which route a path takes, and what the gateway answers by itself to a browser that asks before it asks."""

import pytest
from chalice import Chalice, CORSConfig

from infra.local.httpd import Request
from infra.local.routing import preflight, route

ROUTES = {
    "/": {"GET": 1},
    "/o/{token}": {"GET": 1},
    "/v1/{kind}": {"GET": 1},
    "/v1/messages": {"POST": 1},
    "/v1/messages/{id}/replies": {"POST": 1},
}


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("/", ("/", {})),
        ("/o/abc", ("/o/{token}", {"token": "abc"})),
        ("/o/a%2Fb", ("/o/{token}", {"token": "a%2Fb"})),
        ("/v1/contacts", ("/v1/{kind}", {"kind": "contacts"})),
        ("/v1/messages/", ("/v1/messages", {})),
        ("/v1/messages/7/replies", ("/v1/messages/{id}/replies", {"id": "7"})),
    ],
)
def test_a_path_takes_the_route_that_it_fits_with_its_parameters_as_they_stand(path, taken):
    assert route(path, ROUTES) == taken


def test_a_fixed_part_beats_a_parameter_in_whatever_order_they_are_declared():
    for routes in (ROUTES, dict(reversed(ROUTES.items()))):
        assert route("/v1/messages", routes) == ("/v1/messages", {})


@pytest.mark.parametrize("path", ["/o", "//o/a", "/o/a/b", "/v2/messages", "/v1/messages/7/replies/8"])
def test_a_path_of_more_or_fewer_parts_takes_none(path):
    assert route(path, ROUTES) is None


def test_the_greedy_route_takes_what_is_left_and_never_the_root():
    routes = {**{path: entry for path, entry in ROUTES.items() if path != "/"}, "/{proxy+}": {"GET": 1}}
    assert route("/a/b%20c/", routes) == ("/{proxy+}", {"proxy": "a/b%20c/"})
    assert route("/o/abc", routes) == ("/o/{token}", {"token": "abc"})
    assert route("/", routes) is None


def asked(method: str, path: str) -> Request:
    return Request(method, path, (), b"", "203.0.113.7")


def test_a_preflight_is_answered_where_a_route_has_cors_and_nowhere_else():
    app = Chalice("unsealed")
    cors = CORSConfig(allow_origin="https://mail.example.com", max_age=60)
    app.route("/open/{id}", methods=["GET", "PUT"], cors=cors)(lambda id: {})
    app.route("/closed")(dict)
    found = preflight(asked("OPTIONS", "/open/7"), app.routes)
    assert found is not None and found.status == 200
    headers = dict(found.headers)
    assert headers["Access-Control-Allow-Origin"] == "https://mail.example.com"
    assert headers["Access-Control-Allow-Methods"] == "GET,PUT,OPTIONS"
    for method, path in (("GET", "/open/7"), ("OPTIONS", "/closed"), ("OPTIONS", "/nowhere")):
        assert preflight(asked(method, path), app.routes) is None
