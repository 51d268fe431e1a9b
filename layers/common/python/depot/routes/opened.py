"""Routes of what a link opens: the bearer token says who asks."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter
from pydantic import BaseModel

from depot import api
from depot.runtime import services


class OpenedRouter(APIGatewayHttpRouter):
    """A router whose use cases are given ``token``, ``now``, ``store``, ``links`` by name.

    ``ports`` are the services of their own, by their names in ``depot.runtime``.
    """

    def __init__(self) -> None:  # noqa: D107 - typed, which the one of powertools is not
        super().__init__()  # type: ignore[no-untyped-call]

    def showing(self, show: Callable[..., BaseModel], *ports: str) -> Callable[..., Response[str]]:
        """Make the route that shows what a link opens, or a part that the path names."""
        return lambda **path: api.answer(show(**path, **self._asked(*ports)))

    def changing(
        self, form: type[BaseModel], act: Callable[..., BaseModel], *ports: str
    ) -> Callable[..., Response[str]]:
        """Make the route of one change; what the path names is given by its name."""

        def change(**path: str) -> Response[str]:
            given = self._asked(*ports)
            return api.answer(act(api.form(self, form), **path, **given))

        return change

    def _asked(self, *ports: str) -> dict[str, Any]:
        s, token = services(), api.token(self)
        wanted = {port: getattr(s, port) for port in ("store", "links", *ports)}
        return {"token": token, "now": s.now(), **wanted}
