"""Who may ask: this machine, this session's own page, and nobody else.

Every request must name this very server in Host, carry the session's token in its path, and
come from nowhere or from the page itself (Origin, Sec-Fetch-Site); what changes anything must
carry the token a second time, in a header that no other site can set. Whatever fails is answered
in the same few words.
"""

from secrets import compare_digest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = b"x-jiaokan-token"
HOSTS = ("127.0.0.1", "localhost")
LARGEST = 1_000_000
"""Bytes of a request's body."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ANSWER_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Guard:
    """Lets through to the application what may pass."""

    def __init__(self, app: "ASGIApp", token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = {f"{host}:{port}".encode() for host in HOSTS}
        self._origins = {b"http://" + host for host in self._hosts}

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http" or not self._passes(scope):
            await _refuse(scope, send)
            return

        async def guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *ANSWER_HEADERS]
            await send(message)

        inner = dict(scope)
        path = scope["path"][len(self._token) + 1 :] or "/"
        inner["path"], inner["raw_path"], inner["root_path"] = path, path.encode(), ""
        await self._app(inner, receive, guarded)

    def _passes(self, scope: "Scope") -> bool:
        headers: dict[bytes, list[bytes]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.lower(), []).append(value)
        if len(headers.get(b"host", ())) != 1 or headers[b"host"][0] not in self._hosts:
            return False
        origins = headers.get(b"origin", [])
        if len(origins) > 1 or any(one not in self._origins for one in origins):
            return False
        site = headers.get(b"sec-fetch-site", [])
        if any(one not in (b"same-origin", b"none") for one in site):
            return False
        first = scope["path"].encode("utf-8", "replace").split(b"/")[1:2]
        if not first or not compare_digest(first[0], self._token):
            return False
        if scope["method"] in ("GET", "HEAD"):
            return True
        if scope["method"] != "POST" or not origins:
            return False
        if headers.get(b"content-type") != [b"application/json"]:
            return False
        told = headers.get(HEADER, [])
        return len(told) == 1 and compare_digest(told[0], self._token)


async def _refuse(scope: "Scope", send: "Send") -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *ANSWER_HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": b"403: not from here\n"})
