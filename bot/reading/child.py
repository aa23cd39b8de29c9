"""The process in which one file is read: `python -m bot.reading.child KIND MEMORY SECONDS`. The file comes on standard input, what
it says goes out, pickled; the parent lets nothing of it in but values of ours (bot/reading/parent.py).

It begins without a network, where the system lets it, with its limits, and loads only what its kind of file needs: it is ready in a quarter of a second.
"""

import importlib
import pickle
import resource
import sys

from bot.unseen import seclude

#: Kind of file → where it is read: module and function, from its content.
READERS = {
    "roster": ("bot.roster.read", "read_roster"),
    "catalogue": ("bot.ledgers.read", "read_catalogue"),
    "work": ("bot.ledgers.read", "read_work"),
    "enclosure": ("bot.enclosures.looking", "kind_of"),
    "months": ("bot.ledgers.sent_months", "read_months"),
    "paper": ("bot.documents.extracting", "read_paper"),
    "tables": ("bot.documents.joining", "joined"),
    "template": ("templates.documents.word.template_check", "read_template"),
}


def limit(memory: int, seconds: int) -> None:
    """So many bytes of memory, seconds of a processor; no file is written, no process begun, no picture of the memory left."""
    for name, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (value, value))


def answer(kind: str, content: bytes) -> tuple[str, object]:
    """`read` and what the file says; `wrong` and its mistakes; `memory`, or `broken` and by what."""
    from rules.nouns.errors import RosterErrors  # noqa: PLC0415 - after the limits

    module, name = READERS[kind]
    try:
        return "read", getattr(importlib.import_module(module), name)(content)
    except RosterErrors as errors:
        return "wrong", errors.mistakes
    except MemoryError:
        return "memory", None
    except Exception as error:  # noqa: BLE001 - a file is made by anybody, and read by libraries of others
        return "broken", type(error).__name__


def main() -> None:
    """Read, answer, end."""
    kind, memory, seconds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seclude()
    limit(memory, seconds)
    out = sys.stdout.buffer
    try:
        told = pickle.dumps(answer(kind, sys.stdin.buffer.read()))
    except MemoryError:
        told = pickle.dumps(("memory", None))
    out.write(told)
    out.flush()


if __name__ == "__main__":
    main()
