"""Nobody but the session's own page gets an answer."""

import itertools
import socket
from typing import Any

import pytest
from jiaokan.review.guard import ANSWER_HEADERS, Guard

TOKEN = "t0ken-of-this-session"
PORT = 8765
OWN = b"127.0.0.1:8765"
ORIGIN = b"http://127.0.0.1:8765"
HOSTS = [OWN, b"localhost:8765", b"127.0.0.1", b"127.0.0.1:80", b"evil.example:8765", b"", None]
ORIGINS = [
    ORIGIN,
    b"http://localhost:8765",
    b"null",
    b"http://evil.example",
    b"https://127.0.0.1:8765",
]
PATHS = [f"/{TOKEN}/api/x", "/api/x", f"/{TOKEN}x/api/x", "/", f"//{TOKEN}/api/x", "/%00/"]


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """An application that answers everything, with the path that it was given."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def ask(method: str, path: str, headers: list[tuple[bytes, bytes]], kind: str = "http") -> Any:
    """The answer's status, headers and body."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": kind, "method": method, "path": path, "headers": headers, "scheme": "http"}
    answering = Guard(inner, TOKEN, PORT)(scope, receive, send)
    with pytest.raises(StopIteration):  # it waits for nothing, so no event loop is needed;
        answering.send(None)  # one that a browser test left running would refuse another
    return sent


def status(method: str, path: str, headers: list[tuple[bytes, bytes]]) -> int:
    """The answer's status."""
    return int(ask(method, path, headers)[0]["status"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_only_the_right_host_origin_path_and_token_get_an_answer(method: str) -> None:
    tokens = [TOKEN.encode(), b"t0ken", b"", None]
    let_in = 0
    for host, origin, path, token in itertools.product(HOSTS, [*ORIGINS, None], PATHS, tokens):
        headers = [
            (name, value)
            for name, value in (
                (b"host", host),
                (b"origin", origin),
                (b"x-jiaokan-token", token),
                (b"content-type", b"application/json"),
            )
            if value is not None
        ]
        right = host in HOSTS[:2] and path == PATHS[0]
        if method in ("GET", "HEAD"):
            right = right and origin in (*ORIGINS[:2], None)
        else:
            own = origin in ORIGINS[:2] and token == TOKEN.encode()
            right = right and own and method == "POST"
        assert status(method, path, headers) == (200 if right else 403)
        let_in += right
    assert let_in == {"GET": 24, "HEAD": 24, "POST": 4}.get(method, 0)


RIGHT = [
    (b"host", OWN),
    (b"origin", ORIGIN),
    (b"x-jiaokan-token", TOKEN.encode()),
    (b"content-type", b"application/json"),
]


@pytest.mark.parametrize(
    "more",
    [
        (b"host", OWN),
        (b"origin", ORIGIN + b".evil.example"),
        (b"content-type", b"text/plain"),
        (b"x-jiaokan-token", TOKEN.encode()),
        (b"sec-fetch-site", b"cross-site"),
        (b"sec-fetch-site", b"same-site"),
    ],
)
def test_a_second_header_or_another_site_is_refused(more: tuple[bytes, bytes]) -> None:
    path = PATHS[0]
    assert status("POST", path, RIGHT) == 200
    assert status("POST", path, [*RIGHT, more]) == 403
    assert status("POST", path, [*RIGHT, (b"sec-fetch-site", b"same-origin")]) == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_what_a_form_of_another_site_can_send_is_refused(kind: str | None) -> None:
    headers = [*RIGHT[:3], *([(b"content-type", kind.encode())] if kind else [])]
    assert status("POST", PATHS[0], headers) == 403


def test_answers_and_refusals_carry_the_policy_and_the_path_loses_its_token() -> None:
    for sent in (ask("GET", PATHS[0], RIGHT), ask("GET", "/", [])):
        assert set(ANSWER_HEADERS) <= set(sent[0]["headers"])
    assert ask("GET", PATHS[0], RIGHT)[1]["body"] == b"/api/x"
    assert ask("GET", f"/{TOKEN}", RIGHT)[1]["body"] == b"/"
    assert ask("GET", PATHS[0], RIGHT, "websocket") == [{"type": "websocket.close", "code": 1008}]
    policy = dict(ANSWER_HEADERS)[b"content-security-policy"].decode()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_it_listens_on_this_machine_alone() -> None:
    from jiaokan.review.serve import _listen

    listening = _listen(0)
    try:
        assert listening.family == socket.AF_INET
        assert listening.getsockname()[0] == "127.0.0.1"
    finally:
        listening.close()
