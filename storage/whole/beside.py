"""The kept files of a database: backed up beside it and verified with it."""

import os
import tarfile
from pathlib import Path

from storage.kept_files import KeptFiles, Lost
from storage.store import Store
from storage.whole.backup import NotKept
from storage.whole.verify import Fault


def beside(file: Path) -> Path:
    """The path of the kept files that belong to the backup `file`."""
    return file.with_name(f"{file.name}.files.tar")


def refuse_there(file: Path) -> None:
    """Raises NotKept `there` when something exists at the path of the kept files, even a dangling link."""
    if os.path.lexists(beside(file)):
        raise NotKept("there", str(beside(file)))


def back_up_files(kept: KeptFiles, file: Path) -> int:
    """Back up all kept files into one file beside a backup, readable by its owner only; returns their number. No file
    is written when there are none. It must be done after the database, so that every file a row names is included.
    Raises NotKept: `there`, `disk`.
    """
    every, place = list(kept.every()), beside(file)
    refuse_there(file)
    if not every:
        return 0
    part = place.with_name(f".{place.name}.part")
    try:
        with (
            os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as written,
            tarfile.open(fileobj=written, mode="w") as package,
        ):
            for one in every:
                package.add(one, one.name)
        with part.open("rb+") as whole:
            os.fsync(whole.fileno())
        part.rename(place)
    except OSError as error:
        raise NotKept("disk", error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    return len(every)


def bring_back_files(kept: KeptFiles, file: Path) -> int:
    """Restore the files beside a backup, each under the hash of its present content; returns their number. Raises
    NotKept: `broken`, `disk`.
    """
    place = beside(file)
    if not place.exists():
        return 0
    count = 0
    try:
        with tarfile.open(place) as package:
            for one in package:
                held = package.extractfile(one) if one.isfile() else None
                if held is None:
                    raise NotKept("broken", one.name)
                if kept.keep(held.read()) != one.name:
                    raise NotKept("broken", one.name)
                count += 1
    except tarfile.TarError as error:
        raise NotKept("broken", str(error)) from error
    except OSError as error:
        raise NotKept("disk", error.strerror or str(error)) from error
    return count


async def look_through_files(store: Store, kept: KeptFiles) -> tuple[int, tuple[Fault, ...]]:
    """The number of files that rows name, and a fault for each that is missing or has other content."""
    async with store.reading() as tx:
        own = {one.sha256: ("own_table", one.id) for one in await tx.own_tables.contents()}
        own |= {one.sha256: ("inquiry", one.id) for one in await tx.inquiries.contents()}
        own |= {one.sha256: ("round", one.id) for one in await tx.rounds.contents()}
        named = own | {one.sha256: ("enclosure", one.id) for one in await tx.enclosures.contents()}
    wrong = list[Fault]()
    for sha256, (what, row) in named.items():
        try:
            kept.content(sha256)
        except Lost:
            wrong.append(Fault(what, f"{row} (SHA-256 {sha256})"))
    return len(named), tuple(wrong)
