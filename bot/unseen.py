"""Hides this process' secrets (tokens and passwords in its environment) from other processes of the same user."""

import ctypes
import sys

#: Of prctl(2) and unshare(2).
_SET_DUMPABLE, _NO_NEW_PRIVILEGES = 4, 38
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def hide() -> bool:
    """From now on `/proc/<pid>/environ` and `mem` are root's, and no picture of the memory is left. False where that is not Linux, or
    it is refused.
    """
    return _system("prctl", _SET_DUMPABLE, 0, 0, 0, 0)


def seclude() -> bool:
    """From now on this process, of one thread, gains no rights and has no network; whether it has none: who runs the house may have
    forbidden that anybody begins a network of their own.
    """
    _system("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return _system("unshare", _NEW_USER | _NEW_NETWORK) or _system("unshare", _NEW_NETWORK)


def _system(name: str, *arguments: int) -> bool:
    if sys.platform != "linux":
        return False
    try:
        call = getattr(ctypes.CDLL(None), name)
    except (OSError, AttributeError):
        return False
    return bool(call(*(ctypes.c_ulong(one) for one in arguments)) == 0)
