"""What storage raises on purpose.

TusoiError
└── StorageError
    ├── WrongAddress     the database address is not one we speak
    ├── Unreachable      there is no database at that address, or it cannot be read or written now (storage/faults.py)
    │   └── Away         its server went away: take the event again, it comes back or it does not
    ├── WrongSchema      the database is older or newer than the program
    ├── FlushFailed      the disk did not take what was committed: nothing is known until the program begins anew
    ├── Served           another process serves this SQLite file already
    ├── Busy             another writer held the store for too long: try again later
    └── LostRace         another transaction came first: take the event again from the start
        └── AlreadyKept  … and it kept the same update: it will be replayed
"""

from rules.nouns.errors import Trouble


class StorageError(Trouble):
    """Base of the errors of this room. Those that no person is shown need no sentence of their own."""

    def __init__(self, text: str, name: str = "database_locked", /, **values: str) -> None:
        super().__init__(text, name, **values)


class WrongAddress(StorageError):
    """The database address is not understood."""


class Unreachable(StorageError):
    """There is no database at that address, or it cannot be read or written now: its disk is full, its server away."""


class Away(Unreachable):
    """The server is not there, or went away in the midst; nothing is known of the transaction. Take the event again: what it
    kept after all is found by its update.
    """


class WrongSchema(StorageError):
    """The database is older or newer than the program."""


class FlushFailed(StorageError):
    """The disk did not take what was committed: whether it is kept, nobody can say until the program begins anew."""


class Served(StorageError):
    """Another process serves this SQLite file already."""


class Busy(StorageError):
    """Another transaction held for too long what this one needs; nothing was changed."""


class LostRace(StorageError):
    """Another transaction came first; nothing was changed. Take the event again from the start."""


class AlreadyKept(LostRace):
    """The same update was kept in the meantime; leave without commit and replay what was kept."""
