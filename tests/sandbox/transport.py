"""Lets the gate reach the TCP connection behind a request, for resets and cut answers."""

import asyncio
import socket
import struct

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LINGER_ZERO = struct.pack("ii", 1, 0)


class OpenTransportProtocol(HttpToolsProtocol):
    """uvicorn's protocol that hands its transport to the application in the scope's state."""

    def connection_made(self, transport) -> None:
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)


async def reset(transport) -> None:
    """End the connection with a real TCP RST."""
    connection = transport.get_extra_info("socket")
    if connection is not None and connection.fileno() != -1:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)
    transport.abort()
    await _noticed()


async def close(transport) -> None:
    """End the connection in good order once what was written is out."""
    transport.close()
    await _noticed()


async def _noticed() -> None:
    """Let uvicorn see the end first, or it would add an answer of its own."""
    await asyncio.sleep(0)
