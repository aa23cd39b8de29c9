"""The errors that storage raises on purpose.

TusoiError
└── StorageError
    ├── WrongAddress     the database address is not one we speak
    ├── Unreachable      no database there, or it cannot be read or written now (storage/faults.py)
    │   └── Away         the connection to its server was lost: handle the event again
    ├── WrongSchema      the database is older or newer than the program
    ├── FlushFailed      the disk refused what was committed: its state is unknown until a restart
    ├── Served           another process serves this SQLite file already
    ├── Busy             another writer held the store for too long: try again later
    └── LostRace         another transaction came first: handle the event again from the start
        └── AlreadyKept  … and it kept the same update, whose turn is to be replayed
"""

from rules.nouns.errors import Trouble


class StorageError(Trouble):
    """Base of the errors of this package. Those that are never shown to a person need no message of their own."""

    def __init__(self, text: str, name: str = "database_locked", /, **values: str) -> None:
        super().__init__(text, name, **values)


class WrongAddress(StorageError):
    """The database address could not be understood."""


class Unreachable(StorageError):
    """There is no database at that address, or it cannot be read or written now: its disk is full, or its server is
    down.
    """


class Away(Unreachable):
    """The database server cannot be reached, or the connection was lost during a transaction whose outcome is unknown.
    Handle the event again: if the transaction was committed after all, its update is found and replayed.
    """


class WrongSchema(StorageError):
    """The database is older or newer than the program."""


class FlushFailed(StorageError):
    """The disk refused to store committed data. Whether it was stored is unknown until the program is restarted."""


class Served(StorageError):
    """Another process serves this SQLite file already."""


class Busy(StorageError):
    """Another transaction held a needed lock for too long; nothing was changed."""


class LostRace(StorageError):
    """Another transaction came first; nothing was changed. Handle the event again from the start."""


class AlreadyKept(LostRace):
    """Another transaction has kept the same update meanwhile. Leave without committing and replay what was kept."""
