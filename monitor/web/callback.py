"""The WebSub callback: hubs confirm subscriptions here and say that a source has news."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from monitor.subscribe import Confirmation, Subscriber

# Bytes: hubs send what is new in a feed, and its signature is reckoned in the event loop.
_LARGEST = 1_000_000


def callback(subscriber: Subscriber) -> Starlette:
    """The application, under any prefix: the last part of the path names the subscription."""

    async def confirm(request: Request) -> Response:
        asked = request.query_params
        confirmation = Confirmation(
            mode=asked.get("hub.mode", ""),
            topic=asked.get("hub.topic", ""),
            lease=asked.get("hub.lease_seconds", ""),
            reason=asked.get("hub.reason", ""),
        )
        if not subscriber.confirmed(request.path_params["token"], confirmation):
            return PlainTextResponse("no such subscription\n", status_code=404)
        # Plain text, and never HTML: what comes from outside is only echoed.
        return PlainTextResponse(asked.get("hub.challenge", ""))

    async def told(request: Request) -> Response:
        token = request.path_params["token"]
        if not subscriber.knows(token):
            # 410 ends a subscription that we forgot (W3C WebSub, 7).
            return PlainTextResponse("no such subscription\n", status_code=410)
        body = bytearray()
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > _LARGEST:
                    return PlainTextResponse("too large\n", status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        subscriber.told(token, bytes(body), request.headers.get("x-hub-signature"))
        # Also for a wrong signature, or a stranger could try secrets (W3C WebSub, 8).
        return Response(status_code=202)

    return Starlette(
        routes=[
            Route("/{prefix:path}/{token}", confirm, methods=["GET"]),
            Route("/{prefix:path}/{token}", told, methods=["POST"]),
            Route("/{token}", confirm, methods=["GET"]),
            Route("/{token}", told, methods=["POST"]),
        ]
    )
