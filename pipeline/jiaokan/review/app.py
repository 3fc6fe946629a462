"""The review's addresses. Everything that blocks goes to a thread; the answers are JSON."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from jiaokan.errors import JiaokanError
from jiaokan.review.guard import LARGEST, Guard
from jiaokan.review.jobs import Job, Jobs
from jiaokan.review.rerun import run_again
from jiaokan.review.rules import Rules
from jiaokan.review.session import Desk
from jiaokan.review.show import batch_row, page_row, rules_row

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_TYPES = {".css": "text/css", ".js": "text/javascript"}


@dataclass
class Session:
    """What the addresses work on."""

    desk: Desk
    rules: Rules
    jobs: Jobs

    def page(self, number: int) -> dict[str, Any]:
        """A page as it is now."""
        if not 0 <= number < len(self.desk.pages.stems):
            raise JiaokanError("there is no such page")
        return page_row(self.desk, number)

    def decide(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Write a decision down; the page and the batch as they are then."""
        number = self._number(wish)
        self.desk.decide(number, wish)
        return {"page": page_row(self.desk, number), "batch": batch_row(self.desk)}

    def undo(self, _: Mapping[str, Any]) -> dict[str, Any]:
        """Take the last action back; where it was."""
        gone = self.desk.undo()
        known = self.desk.pages.known().items()
        named = {one.page for one in gone}
        place = next((number for number, one in known if one.sha256 in named), None)
        return {"at": place, "count": len(gone), "do": gone[0].do, "batch": batch_row(self.desk)}

    def run(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Begin to run pages again: those that were named, or all that wait.

        Pages that were edited by hand are run only where `over` names them, too.
        """
        numbers = self.desk.waiting() if "pages" not in wish else self._numbers(wish, "pages")
        over = self._numbers(wish, "over") if "over" in wish else []
        job, paths = Job("run", len(numbers)), self.rules.paths()
        return self.jobs.start(
            job, lambda job: run_again(self.desk, numbers, paths, job, over)
        ).as_row()

    def try_rule(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Try a rule on its examples, and begin to look what it would do."""
        made = self.rules.asked(wish)
        job = Job("impact", 0)
        steps = self.jobs.start(job, lambda job: self.rules.impact(made, self.desk, job))
        return steps.as_row()

    def add_rule(self, wish: Mapping[str, Any]) -> dict[str, Any]:
        """Write a rule that was tried."""
        name = self.rules.add(str(wish.get("key", "")), self.desk)
        return {"id": name, "batch": batch_row(self.desk)}

    def job(self) -> dict[str, Any]:
        """How far the work under way is."""
        job = self.jobs.current
        return job.as_row() if job else {"state": "none"}

    def stop(self, _: Mapping[str, Any]) -> dict[str, Any]:
        """Stop the work under way behind the page that it is at."""
        if self.jobs.current:
            self.jobs.current.stop.set()
        return self.job()

    def _numbers(self, wish: Mapping[str, Any], key: str) -> list[int]:
        asked, count = wish.get(key), len(self.desk.pages.stems)
        if not isinstance(asked, list) or any(
            type(one) is not int or not 0 <= one < count for one in asked
        ):
            raise JiaokanError(f"{key} is no list of page numbers")
        return sorted(set(asked))

    def _number(self, wish: Mapping[str, Any]) -> int:
        number = wish.get("page")
        if type(number) is not int or not 0 <= number < len(self.desk.pages.stems):
            raise JiaokanError("there is no such page")
        return number


def make_app(session: Session, token: str, port: int) -> Guard:
    """The application behind its guard."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    shell = _shell(token)

    async def home(request: "Request") -> "Response":
        from starlette.responses import HTMLResponse

        return HTMLResponse(shell)

    async def page(request: "Request") -> "Response":
        return await _answer(lambda: session.page(request.path_params["number"]))

    def got(act: Callable[[], Any]) -> Any:
        async def endpoint(request: "Request") -> "Response":
            return await _answer(act)

        return endpoint

    def told(act: Callable[[Mapping[str, Any]], Any]) -> Any:
        async def endpoint(request: "Request") -> "Response":
            try:
                wish = await _wish(request)
            except JiaokanError as error:
                return _json({"error": str(error)}, 400)
            return await _answer(lambda: act(wish))

        return endpoint

    routes = [
        Route("/", home),
        Route("/static/{name}", _static),
        Route("/api/batch", got(lambda: batch_row(session.desk))),
        Route("/api/page/{number:int}", page),
        Route("/api/rules", got(lambda: {"rules": rules_row(session.desk)})),
        Route("/api/job", got(session.job)),
        Route("/api/decide", told(session.decide), methods=["POST"]),
        Route("/api/undo", told(session.undo), methods=["POST"]),
        Route("/api/run", told(session.run), methods=["POST"]),
        Route("/api/stop", told(session.stop), methods=["POST"]),
        Route("/api/rule/try", told(session.try_rule), methods=["POST"]),
        Route("/api/rule/add", told(session.add_rule), methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), token, port)


def _shell(token: str) -> str:
    from jinja2 import Environment

    source = files("jiaokan.review").joinpath("static", "review.html").read_text("utf-8")
    return Environment(autoescape=True).from_string(source).render(token=token)


async def _static(request: "Request") -> "Response":
    from starlette.responses import Response

    name = request.path_params["name"]
    known = {one.name: one for one in files("jiaokan.review").joinpath("static").iterdir()}
    kind = _TYPES.get(PurePosixPath(name).suffix)
    if name not in known or kind is None:
        return Response("404: there is no such file\n", 404, media_type="text/plain")
    return Response(known[name].read_bytes(), media_type=kind)


async def _wish(request: "Request") -> dict[str, Any]:
    """The JSON object that was sent. Raises JiaokanError."""
    import orjson

    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > LARGEST:
            raise JiaokanError(f"more than {LARGEST:,} bytes were sent")
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, dict):
        raise JiaokanError("what was sent is no JSON object")
    return value


async def _answer(act: Callable[[], Any]) -> "Response":
    from starlette.concurrency import run_in_threadpool

    try:
        return _json(await run_in_threadpool(act), 200)
    except JiaokanError as error:
        return _json({"error": str(error)}, 409)
    except OSError as error:
        return _json({"error": f"{error.filename or 'a file'}: {error.strerror or error}"}, 409)


def _json(value: Any, status: int) -> "Response":
    import orjson
    from starlette.responses import Response

    return Response(orjson.dumps(value), status, media_type="application/json")
