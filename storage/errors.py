"""What storage raises on purpose.

TusoiError
└── StorageError
    ├── WrongAddress     the database address is not one we speak
    ├── WrongSchema      the database is older or newer than the program
    ├── Busy             another writer held the store for too long: try again
    └── AlreadyKept      this update was kept by another transaction in the meantime: replay it
"""

from rules.errors import TusoiError


class StorageError(TusoiError):
    """Base of the errors of this room."""


class WrongAddress(StorageError):
    """The database address is not understood."""


class WrongSchema(StorageError):
    """The database is older or newer than the program."""


class Busy(StorageError):
    """Another writer held the store for too long; nothing was changed."""


class AlreadyKept(StorageError):
    """The same update was kept in the meantime; leave without commit and replay what was kept."""
