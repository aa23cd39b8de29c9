"""Ports for processes that have to be told theirs."""

import secrets
import socket

#: Below those that systems give to connections that go out (Linux from 32768 on): none of them takes it before the process is there.
_PORTS = range(15_000, 32_000)


def free_port() -> int:
    """One that nobody listens at on this machine; by chance, for tests look for theirs side by side."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
