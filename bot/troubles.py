"""Troubles of the environment, by whichever library they are met, with names so that they can be told in a sentence."""

import errno
import socket
from collections.abc import Mapping

from rules.nouns.errors import Trouble

_OF_DISKS: Mapping[int | None, str] = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "disk_read_only",
    errno.EIO: "disk_fails",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.ENOENT: "no_such_place",
    errno.ENOTDIR: "not_a_folder",
    errno.EEXIST: "not_a_folder",
    errno.EISDIR: "not_a_file",
    errno.ENAMETOOLONG: "name_not_taken",
    errno.ELOOP: "name_not_taken",
    errno.EMFILE: "many_files_open",
    errno.ENFILE: "many_files_open",
}

_OF_PORTS: Mapping[int | None, str] = {
    errno.EADDRINUSE: "port_taken",
    errno.EADDRNOTAVAIL: "address_elsewhere",
    errno.EACCES: "port_forbidden",
    socket.EAI_NONAME: "address_unknown",
}


def trouble_listening(setting: str, place: str, error: OSError) -> Trouble:
    """Why nothing can be answered at `place` (host:port), which `setting` names."""
    name = _OF_PORTS.get(error.errno, "port_unopened")
    return Trouble(str(error), name, setting=setting, place=place, told=error.strerror or "")


def trouble_of(error: BaseException) -> Trouble | None:
    """The trouble that the error means; None when it is a mistake in the program."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, MemoryError):
        return Trouble("out of memory", "memory")
    if isinstance(error, OSError) and error.errno is not None:
        place = str(error.filename or error.filename2 or "tusoi")
        name = _OF_DISKS.get(error.errno, "system_refuses")
        return Trouble(str(error), name, place=place, told=error.strerror or "")
    return None
