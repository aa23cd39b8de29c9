"""Shapes in a form file: what many questions have in common is written once, and each of them names it.

```yaml
shapes:
  criterion: {kind: choice, scale: criteria, illustrated: true, yields: {general_criteria: worst}}
…
  - {key: c1b, shape: criterion, text: …}          # what the question itself says takes precedence
```
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.strict_yaml import Path, YamlDocument, as_mapping


def with_shapes(document: YamlDocument) -> YamlDocument:
    """The document with every shape written out in its questions. Raises RulebookErrors for unknown shapes.

    All other mistakes are left to the border, which reports them at the place of the question.
    """
    shapes = as_mapping(as_mapping(document.data).get("shapes"))
    if not shapes:
        return document
    form = {key: value for key, value in document.data.items() if key != "shapes"}
    if unknown := tuple(_unknown(form, (), document, shapes)):
        raise RulebookErrors(unknown)
    return replace(document, data=_written_out(form, shapes))


def _written_out(part: Any, shapes: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_written_out(element, shapes) for element in part]
    if not isinstance(part, dict):
        return part
    shape = as_mapping(shapes.get(part.get("shape", "")))
    own = {key: _written_out(value, shapes) for key, value in part.items() if key != "shape"}
    return {**shape, **own}


def _unknown(part: Any, path: Path, document: YamlDocument, shapes: Mapping[str, Any]) -> Iterator[Mistake]:
    if isinstance(part, dict) and part.get("shape", "") not in {"", *shapes}:
        yield document.mistake((*path, "shape"), "one_of", given=part["shape"], expected=", ".join(shapes))
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield from _unknown(value, (*path, key), document, shapes)
