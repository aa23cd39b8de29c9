"""Compares every reply and label that a test words with what its template uses (`tests.templates.used`), and checks
that there is a space between sentences.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, Template

from templates import wording
from tests.templates.used import EACH, Path, used_by

#: Value that no template uses → why it is given all the same.
NOT_SHOWN = {
    "options": "a choice that is not there names those that are; the chat shows them as buttons",
    "granted": "deciding says of every quota what it knows; the chat says it by whether the objection is hard",
    "question": "the page of a question takes a list's news apart by it (dialogs/interview/question_page.py)",
    "id": "the desk's buttons name a campaign by it",
}

#: A sentence that begins without a space after another. A template loses its line break where a line ends with a tag.
_RUN_IN = re.compile(r"\S{0,8}[a-zà-ỹ0-9)”]\.[A-ZĐÀ-Ỵ][a-zà-ỹđ]+")
#: A part of every such place. It is searched first, because that is fast and it is rarely found.
_CLOSE = re.compile(r"\.[A-ZĐÀ-Ỵ]")

#: Types that contain other values. A plain dict is first, because nearly all of them are dicts.
_DEEPER = (dict, list, tuple, Mapping)

#: Mistakes found since `found` was last called.
_found: set[str] = set()


def watch() -> None:
    """Check everything that is worded from now on."""
    wording._Messages.template_class = _Watched
    wording.environment.cache_clear()
    plain = wording._label

    def watched(name: str, values: str, language: str, kept: bool) -> str:  # noqa: FBT001 - as the one it stands for
        folder, _, block = name.rpartition("/")
        if not kept:
            _found.update(wrong(f"{folder}/labels.j2" if folder else "labels.j2", wording.json.loads(values), block))
        return plain(name, values, language, kept)

    wording._label = wording.lru_cache(maxsize=4096)(watched)


def found() -> list[str]:
    """The mistakes found since the last call."""
    now = sorted(_found)
    _found.clear()
    return now


class _Watched(Template):
    def render(self, *given: Any, **named: Any) -> str:
        # Stored replies, perhaps from an earlier version of the program, are worded without StrictUndefined.
        if self.name and self.environment.undefined is StrictUndefined:
            values = dict(*given, **named)
            _found.update(wrong(self.name, values))
            _found.update(run_in(self.name, said := super().render(*given, **named), values))
            return said
        return super().render(*given, **named)


def run_in(template: str, said: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Places where two sentences of the template run into each other. Those within a given value are not counted."""
    for found in _RUN_IN.finditer(said) if _CLOSE.search(said) else ():
        if found[0].rpartition(".")[0][-3:] + "." + found[0].rpartition(".")[2][:3] not in str(values):
            yield f"{template} lets two sentences run together: {found[0]}"


def wrong(template: str, values: Mapping[str, Any], block: str = "") -> Iterator[str]:
    """Values that the template uses on any branch and that are missing, and values that no template at all uses."""
    named = f"{template}: {block}" if block else template
    for path in used_by(template, block).needed:
        if _lacking(path, values):
            yield f"{named} uses {'.'.join(path)}, which is not given"
    for path in _unused(values, (), _known()):
        yield f"{named} is given {'.'.join(path)}, which no template uses"


def _lacking(path: Path, value: Any) -> bool:
    if not path:
        return False
    key, below = path[0], path[1:]
    if key == EACH:
        parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
        return any(_lacking(below, part) for part in parts)
    return isinstance(value, Mapping) and (key not in value or _lacking(below, value[key]))


def _unused(value: Any, path: Path, known: frozenset[str]) -> list[Path]:
    """The values whose name is unknown. This must be fast: a run checks hundreds of thousands of values."""
    parts: Iterable[tuple[object, object]]
    if isinstance(value, Mapping):
        parts = value.items()
        found = [(*path, str(key)) for key in value if key not in known and str(key) not in known]
    else:
        parts, found = ((EACH, part) for part in value), list[Path]()
    for key, part in parts:
        if part and isinstance(part, _DEEPER):
            found += _unused(part, (*path, str(key)), known)
    return found


@cache
def _known() -> frozenset[str]:
    return _used_somewhere() | NOT_SHOWN.keys()


@cache
def _used_somewhere() -> frozenset[str]:
    """The names of all values that some template uses."""
    env = wording.environment("vi")
    uses = []
    for name in env.list_templates():
        labels = name.endswith("labels.j2")
        uses += [used_by(name, block) for block in (env.get_template(name).blocks if labels else [""])]
    return frozenset(part for one in uses for path in one.all for part in path)
