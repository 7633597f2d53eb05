"""What the server adds to every answer: the page's language and the security headers."""

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.status import HTTP_200_OK

from pages.components.widget_words import script_of, translated

_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def _inline_scripts() -> str:
    """Return the marks of the scripts that stand in Streamlit's own page, for the policy."""
    scripts = re.findall(r"<script>(.*?)</script>", _INDEX.read_text("utf-8"), re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


# Nothing from outside may load: the app must work, and keep its secrets, with no network at all.
POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' 'wasm-unsafe-eval' {_inline_scripts()}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "worker-src 'self' blob:",
        "frame-ancestors 'self'",
    )
)


class Guarded(BaseHTTPMiddleware):
    """Adds the headers, and says that the page is Indonesian unless English is asked for."""

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Return the answer with its headers."""
        # Compressing is the outer middleware's task: a page compressed further in cannot be read.
        asked = [pair for pair in request.scope["headers"] if pair[0] != b"accept-encoding"]
        request.scope["headers"] = asked
        answer = await call_next(request)
        answer.headers["Content-Security-Policy"] = POLICY
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "same-origin"
        if answer.headers.get("content-type", "").startswith("text/html"):
            return await _in_language(answer, request.query_params.get("bahasa", "id"))
        if answer.status_code == HTTP_200_OK and (script := script_of(request.url.path)):
            return _with_body(answer, translated(script, await _body(answer)))
        return answer


async def _in_language(answer: Response, language: str) -> Response:
    code = "en" if language.lower() == "en" else "id"
    page = await _body(answer)
    return _with_body(answer, page.replace('<html lang="en"', f'<html lang="{code}"', 1))


async def _body(answer: Response) -> str:
    return b"".join([part async for part in answer.body_iterator]).decode()


def _with_body(answer: Response, body: str) -> Response:
    headers = {k: v for k, v in answer.headers.items() if k.lower() != "content-length"}
    return Response(body.encode(), answer.status_code, headers)
