"""The HTTP edge: one resolver.

One way in (a form), one way out (JSON), every refusal a problem+json (RFC 9457).
"""

import base64
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, TypeVar

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import BaseRouter, Router
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import BaseModel, ValidationError

from depot.domain.errors import Conflict, DomainError, LinkInvalid, refusal
from depot.edge import problems


logger = logging.getLogger(__name__)

F = TypeVar("F", bound=BaseModel)

# A deposit of ten offers with full descriptions fits five times.
_MAX_BODY: Final = 64 * 1024
_JSON: Final = "application/json"
_PROBLEM: Final = "application/problem+json"
_NO_STORE: Final = {"Cache-Control": "no-store"}
_BEARER: Final = "bearer "


class TooLarge(DomainError):
    """The body is larger than any form."""

    code = "too_large"


def answer(body: BaseModel, status: HTTPStatus = HTTPStatus.OK) -> Response[str]:
    """A JSON answer, never cached."""
    return Response(status, _JSON, body.model_dump_json(), headers=dict(_NO_STORE))


def redirect(url: str) -> Response[str]:
    """Send a person to a page of ours."""
    headers = {**_NO_STORE, "Location": url}
    return Response(HTTPStatus.SEE_OTHER, "text/plain", "", headers=headers)


def refuse(problem: problems.Problem) -> Response[str]:
    """A problem+json answer."""
    body = problem.model_dump_json(exclude_none=True)
    return Response(problem.status, _PROBLEM, body, headers=dict(_NO_STORE))


def form(app: BaseRouter, model: type[F], *, limit: int = _MAX_BODY) -> F:
    """Parse the request's body, of ``limit`` bytes at most. Raises Refused, TooLarge."""
    body = _body(app)
    if len(body) > limit:
        raise TooLarge
    try:
        return model.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise refusal(error) from None


def parameters(model: type[F], **given: str) -> F:
    """Check what the path holds. Raises Refused."""
    return _checked(model, given)


def query(app: BaseRouter, model: type[F]) -> F:
    """Check what the query string holds. Raises Refused."""
    return _checked(model, app.current_event.query_string_parameters or {})


def _checked(model: type[F], given: Mapping[str, str]) -> F:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        raise refusal(error) from None


def _body(app: BaseRouter) -> bytes:
    # Bytes: what is not UTF-8 is then refused as any JSON that cannot be read.
    body = (app.current_event.body or "").encode("utf-8", "surrogatepass")
    return base64.b64decode(body) if app.current_event.is_base64_encoded else body


def token(app: BaseRouter) -> str:
    """What the link of the page carried. Raises LinkInvalid."""
    found = bearer(app)
    if found is None:
        raise LinkInvalid
    return found


def bearer(app: BaseRouter) -> str | None:
    """The bearer token of the request, if there is one."""
    header: str = app.current_event.headers.get("authorization", "")
    if not header.lower().startswith(_BEARER):
        return None
    return header[len(_BEARER) :].strip()


def router() -> APIGatewayHttpRouter:
    """Make a router, which powertools leaves untyped."""
    return APIGatewayHttpRouter()  # type: ignore[no-untyped-call]


def resolver(*routers: Router) -> APIGatewayHttpResolver:
    """Make a resolver of these routes that turns every error into words.

    A bug is logged and answered without its details; so is a ValidationError of anything but a
    request.
    """
    app = APIGatewayHttpResolver()
    app.exception_handler(DomainError)(lambda error: refuse(problems.from_domain(error)))
    app.exception_handler(Conflict)(lambda _: refuse(problems.problem("conflict")))
    app.exception_handler(Exception)(_bug)
    app.not_found(lambda _: refuse(problems.problem("not_found")))
    for router in routers:
        app.include_router(router)
    return app


def _bug(error: Exception) -> Response[str]:
    logger.error("unexpected error", exc_info=error)
    return refuse(problems.problem("internal"))
