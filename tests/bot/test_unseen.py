"""What a process holds is not read by another one of the same user. Root reads everything: so these run as nobody."""

import asyncio
import os
import socket
import subprocess
import sys

import pytest

from bot import serving
from bot.settings import HouseSettings
from rules.nouns.errors import TusoiError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system has no such thing")

#: A process with a secret in its environment, and its child of the same user: may the child read it before, and after?
SCRIPT = """
import ctypes, os
from bot.unseen import hide
if os.getuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # changing the user hides a process as well: that is not what is tried

def read(name):
    child = os.fork()
    if child == 0:
        try:
            with open(f"/proc/{os.getppid()}/{name}", "rb") as opened:
                opened.read(1)
        except PermissionError:
            os._exit(1)
        except OSError:
            os._exit(0)  # opened: `mem` says nothing at its beginning
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

before = [read(name) for name in ("environ", "mem")]
assert hide()
print(before, [read(name) for name in ("environ", "mem")])
"""

#: A process that begins as the one does in which files are read: does it reach a port of this machine, may it gain rights?
ALONE = """
import socket, sys
from bot.unseen import seclude
alone = seclude()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5).close()
    reached = True
except OSError:
    reached = False
gained = [line for line in open("/proc/self/status") if line.startswith("NoNewPrivs")][0].split()[1]
print(alone, reached, gained)
"""


def ran(script: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_process_of_the_same_user_reads_neither_environment_nor_memory() -> None:
    assert ran(SCRIPT) == "[True, True] [False, False]"


def test_a_file_is_read_without_a_network_where_the_system_lets_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        alone, reached, gained = ran(ALONE, str(server.getsockname()[1])).split()
    assert gained == "1"
    if alone != "True":
        pytest.skip("this system lets nobody begin a network of their own")
    assert reached == "False"


def test_serving_hides_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = []
    monkeypatch.setattr(serving, "hide", lambda: hidden.append(os.getpid()) or True)
    monkeypatch.setattr(serving, "channels_of", lambda _: ())
    with pytest.raises(TusoiError, match="Chưa có kênh nào"):
        asyncio.run(serving.serve_until_stopped(HouseSettings()))
    assert hidden == [os.getpid()]
