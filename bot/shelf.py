"""The rulebooks of this installation, loaded when they are first needed."""

from collections.abc import Iterator, Mapping

from rules.load import load
from rules.rulebook import Rulebook
from rules.shelf import shipped


class Shelf(Mapping[str, Rulebook]):
    """All shipped rulebooks by id. A campaign names its rulebook; one is loaded once."""

    def __init__(self) -> None:
        self._ids = tuple(shipped())
        self._loaded: dict[str, Rulebook] = {}

    def __getitem__(self, id_: str) -> Rulebook:
        """The rulebook. Raises KeyError when there is none of that id."""
        if id_ not in self._loaded:
            if id_ not in self._ids:
                raise KeyError(id_)
            self._loaded[id_] = load(id_)
        return self._loaded[id_]

    def __iter__(self) -> Iterator[str]:
        """The ids."""
        return iter(self._ids)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ids)
