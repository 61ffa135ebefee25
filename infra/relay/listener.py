"""A port that is listened on by an event loop in a thread of its own."""

import asyncio
import socket
import threading
from collections.abc import Callable


class Listener:
    """Answers each connection by a `protocol` made for the loop. Raises OSError: the port is taken."""

    def __init__(
        self, host: str, port: int, protocol: Callable[[asyncio.AbstractEventLoop], asyncio.Protocol], name: str
    ) -> None:
        self._socket = socket.create_server((host, port))
        # asyncio does so for sockets that it makes. Else each further line of an answer waits for the client's yes to the last.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._socket.getsockname()[1]
        self._protocol = protocol
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name=name)

    def start(self) -> None:
        """Listen: connections are taken when it returns."""
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        self._listening.wait()

    def stop(self) -> None:
        """End the connections, and give the port back."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=5)
        self._socket.close()

    def _run(self) -> None:
        loop = self._loop
        assert loop is not None  # nosec B101 # the thread starts after it was made: this tells the type checker
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(loop.create_server(lambda: self._protocol(loop), sock=self._socket))
        loop.call_soon(self._listening.set)
        try:
            loop.run_forever()
        finally:
            server.close()
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
