"""The folders of rulebooks: shipped ones by id, an office's own by path. This only reads files."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from rules.book.rulebook import RulebookHead
from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.strict_yaml import YamlDocument, as_mapping, as_tuple, parse

BOOK = "book.yaml"
_Result = TypeVar("_Result")
_Other = TypeVar("_Other")


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a rulebook."""

    #: Precedes the names of its files in messages.
    name: str
    place: Traversable
    #: The directory of its siblings.
    beside: Path | None = None
    #: Shipped with the program, and therefore covered by the tests.
    trusted: bool = False


@cache
def heads() -> tuple[RulebookHead, ...]:
    """Id, title and time in force of every shipped rulebook, without reading forms and rules."""
    return tuple(_head(book_document(folder(name))) for name in shipped())


@cache
def shipped() -> tuple[str, ...]:
    """The ids of the shipped rulebooks."""
    return tuple(sorted(place.name for place in _books().iterdir() if place.joinpath(BOOK).is_file()))


def folder(id_or_folder: str, beside: Path | None = None) -> Folder:
    """The folder of a shipped rulebook, of a path, or of a sibling of another folder. Raises RulebookErrors."""
    if id_or_folder in shipped():
        return Folder(id_or_folder, _books().joinpath(id_or_folder), trusted=True)
    path = beside / id_or_folder if beside else Path(id_or_folder)
    if path.is_dir():
        return Folder(str(path), path, path.absolute().parent)
    raise RulebookErrors((Mistake(id_or_folder, 0, "", "rulebook", {"known": ", ".join(shipped())}),))


def documents(of: Folder, kind: str) -> tuple[YamlDocument, ...]:
    """The YAML files of a sub-folder (`forms`, `scenarios`), by name. Raises RulebookErrors with all their mistakes."""
    place = of.place.joinpath(kind)
    names = sorted(file.name for file in place.iterdir() if file.name.endswith(".yaml")) if place.is_dir() else []
    return all_or_mistakes(partial(one_document, of, f"{kind}/{name}") for name in names)


def book_document(of: Folder) -> YamlDocument:
    """The `book.yaml` of a rulebook, parsed. Raises RulebookErrors."""
    return one_document(of, BOOK)


def one_document(of: Folder, name: str) -> YamlDocument:
    """A file of a rulebook by its name inside the folder, parsed. Raises RulebookErrors."""
    where = f"{of.name}/{name}"
    try:
        return parse(of.place.joinpath(name).read_text(encoding="utf-8"), where, trusted=of.trusted)
    except OSError as error:
        raise RulebookErrors((Mistake(where, 0, "", "readable_file"),)) from error
    except UnicodeDecodeError as error:
        raise RulebookErrors((Mistake(where, 0, "", "utf8"),)) from error


def all_or_mistakes(steps: Iterable[Callable[[], _Result]]) -> tuple[_Result, ...]:
    """The results of all steps. Raises RulebookErrors with the mistakes of all steps that failed."""
    mistakes: list[Mistake] = []
    results = [_attempt(step, mistakes) for step in steps]
    if mistakes:
        raise RulebookErrors(tuple(mistakes))
    return tuple(found for result in results for found in result)


def both_or_mistakes(one: Callable[[], _Result], other: Callable[[], _Other]) -> tuple[_Result, _Other]:
    """As `all_or_mistakes`, for two steps with different types of result."""
    mistakes: list[Mistake] = []
    first, second = _attempt(one, mistakes), _attempt(other, mistakes)
    if mistakes:
        raise RulebookErrors(tuple(mistakes))
    return first[0], second[0]


def _attempt(step: Callable[[], _Result], mistakes: list[Mistake]) -> list[_Result]:
    try:
        return [step()]
    except RulebookErrors as error:
        mistakes += error.mistakes
        return []


def _books() -> Traversable:
    return files("rules").joinpath("books")


def _head(document: YamlDocument) -> RulebookHead:
    data = as_mapping(document.data)
    in_force = as_mapping(data.get("in_force"))
    return RulebookHead(data["id"], data["title"], in_force["from"], in_force.get("to"), as_tuple(data.get("extends")))
