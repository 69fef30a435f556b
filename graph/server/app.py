"""The ASGI application: routes, security headers, one log line a request, start and end of the query workers."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .ask import ask
from .description import void_description
from .endpoint import CORS, Endpoint, Receive, Scope, Send, site_of
from .facts import Facts
from .fork_server import Nursery
from .negotiate import GRAPHS, HTML, Form
from .pool import Pool
from .protocol import Refused
from .settings import Settings
from .site import Site

_HERE = Path(__file__).parent
_PAGE = _HERE.parent / "page" / "style"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_STATIC = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

Handler = Callable[[Request], Awaitable[Response]]


def page_policy(page: str) -> str:
    """Give the policy of the self-contained network page: its own, which names its scripts by hash, and no frames."""
    match = _META_POLICY.search(page[:4000])
    own = match[1].replace("&#39;", "'") if match else "default-src 'none'"
    return f"{own}; frame-ancestors 'none'"


class App:
    """The whole server as an ASGI application."""

    def __init__(self, facts: Facts, nursery: Nursery, settings: Settings) -> None:
        self.facts = facts
        self.settings = settings
        self.site = Site(facts)
        self.pool = Pool(nursery, settings.concurrent, settings.timeout)
        self.endpoint = Endpoint(self.pool, facts, settings)
        self._network: bytes | None = None
        self._network_policy = POLICY
        self._pages = Starlette(
            routes=[
                Route("/", self._guard(self.network)),
                Route("/query", self._guard(self.query)),
                Route("/id/{path:path}", self._guard(self.entity)),
                Route("/text/{key:path}", self._guard(self.text)),
                Route("/search", self._guard(self.search)),
                Route("/void", self._guard(self.void)),
                Route("/.well-known/void", self._guard(self.well_known)),
                Route("/data/{name}", self._guard(self.download)),
                Route("/healthz", self._guard(self.health)),
                Route("/static/{name}", self._guard(self.static)),
                Route("/{path:path}", self._guard(self.nothing)),
            ],
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        await self.pool.start()
        yield
        await self.pool.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; `/sparql` goes straight to the endpoint."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        started = time.perf_counter()
        status = size = 0

        async def sending(message: dict[str, object]) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]  # type: ignore[assignment]
                headers: list[tuple[bytes, bytes]] = message["headers"]  # type: ignore[assignment]
                headers.extend(SECURITY)
                if not any(name == b"content-security-policy" for name, _ in headers):
                    headers.append((b"content-security-policy", POLICY.encode()))
            else:
                size += len(message.get("body", b""))  # type: ignore[arg-type]
            await send(message)

        path = scope["path"]
        try:
            app = self.endpoint if path in ("/sparql", "/sparql/") else self._pages
            await app(scope, receive, sending)  # type: ignore[arg-type]
        finally:
            log(scope["method"], path, status, time.perf_counter() - started, size)

    def _guard(self, handler: Handler) -> Handler:
        """Turn a refusal into its status code: a page for people, one line for programs."""

        async def guarded(request: Request) -> Response:
            try:
                return await handler(request)
            except Refused as refused:
                if "text/html" not in request.headers.get("accept", ""):
                    return Response(f"{refused}\n", refused.status, refused.headers, "text/plain")
                name = unquote(request.url.path.rpartition("/")[2])
                near = self.facts.names.nearest(name) if refused.status == 404 else []
                page = self.site.failure(refused.status, str(refused), near)
                return Response(page, refused.status, refused.headers, "text/html")

        return guarded

    async def network(self, request: Request) -> Response:
        """The network page: the exported one, else drawn once from the exports."""
        if self._network is None:
            path = self.facts.folder / "graph.html"
            page = await run_in_threadpool(_exported_or_drawn, path)
            self._network, self._network_policy = page.encode(), page_policy(page)
        return Response(
            self._network, media_type="text/html", headers={"Content-Security-Policy": self._network_policy}
        )

    async def query(self, request: Request) -> Response:
        """The query page."""
        asked = await ask(self.endpoint, self.facts, dict(request.query_params))
        return Response(self.site.query(asked), media_type="text/html")

    async def entity(self, request: Request) -> Response:
        """The page or the RDF of an entity, relation or class."""
        found = self.site.entity(
            request.path_params["path"], request.headers.get("accept", ""), request.query_params.get("format", "")
        )
        if isinstance(found, str):
            return RedirectResponse(found, 303)
        return _response(*found)

    async def text(self, request: Request) -> Response:
        """A source text."""
        key = request.path_params["key"]
        return _response(
            *self.site.text(key, request.headers.get("accept", ""), request.query_params.get("format", ""))
        )

    async def search(self, request: Request) -> Response:
        """What a text finds."""
        asked, accept = request.query_params.get("q", ""), request.headers.get("accept", "")
        return _response(*self.site.search(asked, accept, request.query_params.get("format", "")))

    async def void(self, request: Request) -> Response:
        """The description of the data."""
        form = self.site.form(
            request.headers.get("accept", ""), request.query_params.get("format", ""), (*GRAPHS, HTML)
        )
        if form.name == "html":
            return _response(form, self.site.data())
        return _response(form, void_description(self.facts, site_of(request.scope), form.name))

    async def well_known(self, request: Request) -> Response:
        """The well-known place of a VoID description (VoID, 7.2)."""
        return RedirectResponse("/void", 302)

    async def download(self, request: Request) -> Response:
        """An export file as it is."""
        name = request.path_params["name"]
        if name not in self.facts.downloads:
            raise Refused(404, f"no file at /data/{name}")
        body = await run_in_threadpool((self.facts.folder / name).read_bytes)
        return Response(body, media_type=self.facts.downloads[name], headers=CORS)

    async def health(self, request: Request) -> Response:
        """Whether the server answers, and how busy it is."""
        return JSONResponse({"status": "ok", "triples": self.facts.triples, "running": self.pool.busy})

    async def static(self, request: Request) -> Response:
        """A script or style; the colours are those of the network page."""
        name = request.path_params["name"]
        folder = _PAGE if name == "colours.css" else _HERE / "static"
        files = {path.name: path for path in folder.iterdir() if path.suffix in _STATIC}
        if name not in files:
            raise Refused(404, f"no file at /static/{name}")
        media = _STATIC[files[name].suffix]
        return Response(files[name].read_bytes(), media_type=media, headers={"Cache-Control": "max-age=3600"})

    async def nothing(self, request: Request) -> Response:
        """Every other path."""
        raise Refused(404, f"nothing at {request.url.path}")


def _exported_or_drawn(path: Path) -> str:
    if path.is_file():
        return path.read_text(encoding="utf-8")
    from ..formats.load import load_graph
    from ..page import render_page

    return render_page(load_graph(path.parent))


def _response(form: Form, body: bytes) -> Response:
    return Response(body, media_type=form.media, headers={**CORS, "Vary": "Accept"})


def log(method: str, path: str, status: int, seconds: float, size: int) -> None:
    """Write one line about a request to standard error: no query, no header, no address."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = re.sub(r"[^\x21-\x7e\u00a1-\U0010ffff]", "?", path)[:200]
    sys.stderr.write(f"{at} {method} {shown} {status} {seconds * 1000:.1f}ms {size}B\n")
