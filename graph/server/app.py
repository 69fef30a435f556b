"""The ASGI application: routes, security headers, one log line a request, start and end of the query workers."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .ask import ask
from .connection import ABORT
from .delivery import Account, Gone, deliver
from .description import void_description
from .endpoint import Endpoint, Receive, Scope, Send, header, send_response, site_of
from .facts import Facts
from .fork_server import ForkServer
from .hosts import cors, may_be_asked_as
from .negotiate import CHINESE, GRAPHS, HTML, Form, language_of
from .pool import Ending, Pool
from .protocol import Refused
from .published import PUBLISHED, ontology_version
from .settings import Settings
from .site import LANGUAGE, Site

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
_VARY = "Accept, Accept-Language, Cookie"
_SERVED = '<span id="served"></span>'
"""Where the network page takes a link to the server's other pages; a file that is opened by itself has none to lead to."""

_META_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')

Handler = Callable[[Request], Awaitable[Response]]


def page_policy(page: str) -> str:
    """Give the policy of the self-contained network page: its own, which names its scripts by hash, and no frames."""
    match = _META_POLICY.search(page[:4000])
    own = match[1].replace("&#39;", "'") if match else "default-src 'none'"
    return f"{own}; frame-ancestors 'none'"


class App:
    """The whole server as an ASGI application."""

    def __init__(self, facts: Facts, forks: ForkServer, settings: Settings, end: Callable[[], None]) -> None:
        self.facts = facts
        self.settings = settings
        self.site = Site(facts)
        self.account = Account(settings.pending << 20)
        self.pool = Pool(forks, settings, self.account)
        self.endpoint = Endpoint(self.pool, facts, settings, self.account)
        self.orphaned = False
        self._forks = forks
        self._end = end
        self._network: bytes | None = None
        self._network_policy = POLICY
        self._pages = Starlette(
            routes=[
                Route("/", self._guard(self.network)),
                Route("/query", self._guard(self.query)),
                Route("/id/{path:path}", self._guard(self.entity)),
                Route("/text/{key:path}", self._guard(self.text)),
                Route("/search", self._guard(self.search)),
                *(Route(f"/{path}", self._guard(self.published)) for path in PUBLISHED),
                Route("/ontology/{version}", self._guard(self.version)),
                Route("/sitemap.xml", self._guard(self.sitemap)),
                Route("/sitemap-{number:int}.xml", self._guard(self.sitemap)),
                Route("/robots.txt", self._guard(self.robots)),
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
        loop = asyncio.get_running_loop()
        loop.add_reader(self._forks.life, self._bereave)
        with contextlib.suppress(Ending):
            await self.pool.start()
        yield
        loop.remove_reader(self._forks.life)
        await self.pool.close()

    def _bereave(self) -> None:
        """End the server when the process that workers are forked from is gone: no query could be answered any more."""
        asyncio.get_running_loop().remove_reader(self._forks.life)
        self.orphaned = True
        self.pool.stop_all()
        self._end()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; `/sparql` goes straight to the endpoint."""
        if scope["type"] != "http":
            await self._pages(scope, receive, send)
            return
        started = time.perf_counter()
        status = size = 0
        allowed = cors(header(scope, b"origin"), self.settings)

        async def sending(message: dict[str, Any]) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                headers: list[tuple[bytes, bytes]] = message["headers"]
                headers.extend(SECURITY)
                headers.extend((name.encode(), value.encode("latin-1")) for name, value in allowed.items())
                if not any(name == b"content-security-policy" for name, _ in headers):
                    headers.append((b"content-security-policy", POLICY.encode()))
                await send(message)
            else:
                size += len(message.get("body", b""))
                await deliver(send, message, self.settings.send, scope[ABORT])

        path = scope["path"]
        try:
            if not self._is_for_us(scope):
                reason = b"this server goes by another name (serve --allow-host NAME)\n"
                await send_response(sending, 421, {"Content-Type": "text/plain; charset=utf-8"}, reason)  # type: ignore[arg-type]
                return
            app = self.endpoint if path in ("/sparql", "/sparql/") else self._pages
            await app(scope, receive, sending)  # type: ignore[arg-type]
        except Gone:
            while (await receive())["type"] != "http.disconnect":
                continue
        finally:
            log(scope["method"], path, status, time.perf_counter() - started, size)

    def _is_for_us(self, scope: Scope) -> bool:
        """Tell whether the request names this server; a client of HTTP/1.0 need not name any (RFC 9112, 3.2)."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if not hosts:
            return bool(scope["http_version"] == "1.0")
        return len(hosts) == 1 and may_be_asked_as(hosts[0].decode("latin-1"), self.settings)

    def _guard(self, handler: Handler) -> Handler:
        """Turn a refusal into its status code: a page for people, one line for programs."""

        async def guarded(request: Request) -> Response:
            # Whoever switched the language has a cookie of it, and nothing else is kept of anybody.
            chosen = request.cookies.get("language", "")
            LANGUAGE.set(chosen if chosen in (CHINESE, "en") else language_of(request.headers.get("accept-language", "")))
            try:
                if handler not in (self.health, self.static, self.download):
                    self.facts.require()
                return await handler(request)
            except Refused as refused:
                # What is refused is said as what was asked for would have been: in a form and a language.
                headers = {"Vary": _VARY, **refused.headers}
                if "text/html" not in request.headers.get("accept", ""):
                    return Response(f"{refused}\n", refused.status, headers, "text/plain")
                name = unquote(request.url.path.rpartition("/")[2])
                near = self.facts.names.nearest(name) if refused.status == 404 and self.facts.ready else []
                page = self.site.failure(refused.status, str(refused), near)
                return Response(page, refused.status, headers, "text/html")

        return guarded

    async def network(self, request: Request) -> Response:
        """The network page: the exported one, else drawn once from the exports."""
        if self._network is None:
            path = self.facts.folder / "graph.html"
            page = await run_in_threadpool(_exported_or_drawn, path)
            page = page.replace(_SERVED, '<a id="served" class="text-button" href="/query" data-t="query">查询</a>', 1)
            self._network, self._network_policy = page.encode(), page_policy(page)
        return Response(
            self._network, media_type="text/html", headers={"Content-Security-Policy": self._network_policy}
        )

    async def query(self, request: Request) -> Response:
        """The query page."""
        fields = dict(request.query_params)
        form = fields.get("format", "")
        if form and form not in ("csv", "xlsx"):
            raise Refused(400, f"no format {form} for a sheet; those known are csv, xlsx")
        if not form:
            return _response(HTML, self.site.query(await ask(self.endpoint, self.facts, fields)))
        asked = await ask(self.endpoint, self.facts, fields, self.settings.rows, drawn=False)
        body, media, name = await run_in_threadpool(self.site.download, asked, form, site_of(request.scope))
        return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    async def entity(self, request: Request) -> Response:
        """The page or the RDF of an entity, relation or class."""
        found = self.site.entity(
            request.path_params["path"],
            request.headers.get("accept", ""),
            request.query_params.get("format", ""),
            site_of(request.scope),
        )
        if isinstance(found, str):
            return RedirectResponse(found, 303, {"Vary": "Accept"})
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
        form = request.query_params.get("format", "")
        return _response(*await run_in_threadpool(self.site.search, asked, accept, form))

    async def published(self, request: Request) -> Response:
        """The ontology, the shapes, the context."""
        path, accept = request.url.path.strip("/"), request.headers.get("accept", "")
        return _response(*self.site.published(path, accept, request.query_params.get("format", "")))

    async def version(self, request: Request) -> Response:
        """A version of the ontology, which is this one or none."""
        if request.path_params["version"] != ontology_version():
            raise Refused(404, f"the version here is {ontology_version()}")
        return RedirectResponse("/ontology", 303)

    async def sitemap(self, request: Request) -> Response:
        """All pages, for search engines."""
        number = int(request.path_params.get("number", 0))
        body = await run_in_threadpool(self.site.sitemap, number, site_of(request.scope))
        return Response(body, media_type="application/xml")

    async def robots(self, request: Request) -> Response:
        """What crawlers may do: read pages, not ask queries."""
        lines = ("User-agent: *", "Disallow: /sparql", "Disallow: /query?", "Disallow: /search?", f"Sitemap: {site_of(request.scope)}/sitemap.xml")
        return Response("\n".join(lines) + "\n", media_type="text/plain")

    async def void(self, request: Request) -> Response:
        """The description of the data."""
        form = self.site.form(
            request.headers.get("accept", ""), request.query_params.get("format", ""), (*GRAPHS, HTML)
        )
        if form.name == "html":
            return _response(form, self.site.data(site_of(request.scope)))
        return _response(form, void_description(self.facts, site_of(request.scope), form.name))

    async def well_known(self, request: Request) -> Response:
        """The well-known place of a VoID description (VoID, 7.2)."""
        return RedirectResponse("/void", 302)

    async def download(self, request: Request) -> Response:
        """An export file as it is."""
        name = request.path_params["name"]
        if name not in self.facts.downloads:
            raise Refused(404, f"no file at /data/{name}")
        return FileResponse(self.facts.folder / name, media_type=self.facts.downloads[name])

    async def health(self, request: Request) -> Response:
        """Whether the server answers, and how busy it is."""
        ending = self.pool.ending
        triples = self.facts.triples if self.facts.ready else None
        counts = {"triples": triples, "running": self.pool.busy, "waiting": self.pool.waiting, "undelivered": self.account.held}
        return JSONResponse({"status": "ending" if ending else "ok", **counts}, 503 if ending else 200)

    async def static(self, request: Request) -> Response:
        """A script or style; the colours and the marks of sentences are those of the network page."""
        name = request.path_params["name"]
        folder = _PAGE if name in ("colours.css", "fates.css") else _HERE / "static"
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
    return Response(body, media_type=form.media, headers={"Vary": _VARY if form.name == HTML.name else "Accept"})


def log(method: str, path: str, status: int, seconds: float, size: int) -> None:
    """Write one line about a request to standard error: no query, no header, no address."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    shown = re.sub(r"[^\x21-\x7e\u00a1-\U0010ffff]", "?", path)[:200]
    sys.stderr.write(f"{at} {method} {shown} {status} {seconds * 1000:.1f}ms {size}B\n")
