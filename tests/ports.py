"""Free ports, for processes that must be told theirs."""

import secrets
import socket

#: Below the ports for outgoing connections (on Linux from 32768), so that none of these takes one before the process
#: does.
_PORTS = range(15_000, 32_000)


def free_port() -> int:
    """A port on which nobody listens. It is chosen by chance, because several tests look for one at the same time."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
