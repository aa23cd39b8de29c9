"""Hides this process' secrets (tokens and passwords in its environment) from other processes of the same user."""

import ctypes
import sys

#: Of prctl(2) and unshare(2).
_SET_DUMPABLE, _NO_NEW_PRIVILEGES = 4, 38
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000


def hide() -> bool:
    """Make `/proc/<pid>/environ` and `mem` readable by root only, and disable core dumps. False where that is not Linux
    or is refused.
    """
    return _system("prctl", _SET_DUMPABLE, 0, 0, 0, 0)


def seclude() -> bool:
    """Drop the ability to gain privileges, and the network, for this single-threaded process. Returns whether it has no
    network: the administrator may have forbidden creating network namespaces.
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
