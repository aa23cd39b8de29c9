"""The process that reads one file: `python -m bot.reading.child KIND MEMORY SECONDS`. The file arrives on standard
input; the result is pickled to standard output, and the parent accepts only our own value types
(bot/reading/parent.py).

It starts without a network if the system allows that, sets its limits, and imports only what the kind of file needs,
which takes a quarter of a second.
"""

import importlib
import pickle
import resource
import sys

from bot.unseen import seclude

#: Kind of file → the module and function that read it from its content.
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
    """Limit this process: bytes of memory, seconds of CPU time, no files written, no child processes, no core dump."""
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
    """`read` and the content; `wrong` and the mistakes; `memory`; or `broken` and the cause."""
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
    """Read the file, write the answer, exit."""
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
