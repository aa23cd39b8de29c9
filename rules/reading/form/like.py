"""`like` in a form file: the form is the same as another one, except for what the file itself says.

```yaml
like: {rulebook: party-2023, form: mau-02a-hd-2023}   # without `rulebook`: a form of the same rulebook
without: [year]                                       # sections of the other form that this one does not have
sections:                                             # each replaces the section with the same key, or …
  - {key: criteria, before: rulings, …}               # … is inserted before another one
```

Everything else in the file takes precedence over the other form; `scales` and `shapes` are combined name by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from rules.nouns.errors import Mistake, RulebookErrors
from rules.reading.folders import Folder, all_or_mistakes, documents, folder, one_document
from rules.reading.strict_yaml import YamlDocument, as_mapping

#: Keys that only say how the file is read.
_OF_THE_FILE = ("like", "without", "sections", "replaces")
_JOINED = ("scales", "shapes")


def form_documents(of: Folder) -> tuple[YamlDocument, ...]:
    """The form files of a rulebook, with every `like` resolved. Raises RulebookErrors."""
    return all_or_mistakes(partial(_written_out, document, of, ()) for document in documents(of, "forms"))


def _written_out(document: YamlDocument, of: Folder, above: tuple[str, ...]) -> YamlDocument:
    own = as_mapping(document.data)
    if "like" not in own:
        return document
    if document.file in above:
        raise RulebookErrors((document.mistake(("like",), "extends_circle", given=document.file),))
    if mistakes := tuple(_misshapen(document)):
        raise RulebookErrors(mistakes)
    model = _model(document, of, (*above, document.file))
    if mistakes := tuple(_unknown_sections(document, model)):
        raise RulebookErrors(mistakes)
    return replace(document, data=_joined(model, own))


def _misshapen(document: YamlDocument) -> Iterator[Mistake]:
    if "form" not in as_mapping(document.data["like"]):
        yield document.mistake(("like", "form"), "missing")
    for name in ("without", "sections"):
        if not isinstance(document.data.get(name, []), list):
            yield document.mistake((name,), "list")
    for name in _JOINED:
        if not isinstance(document.data.get(name, {}), Mapping):
            yield document.mistake((name,), "mapping")


def _model(document: YamlDocument, of: Folder, above: tuple[str, ...]) -> Mapping[str, Any]:
    like = document.data["like"]
    where = folder(str(like["rulebook"]), of.beside) if "rulebook" in like else of
    found = one_document(where, f"forms/{like['form']}.yaml")
    return as_mapping(_written_out(found, where, above).data)


def _unknown_sections(document: YamlDocument, model: Mapping[str, Any]) -> Iterator[Mistake]:
    known = [str(section["key"]) for section in model.get("sections", ())]
    for number, key in enumerate(document.data.get("without", ())):
        if key not in known:
            yield document.mistake(("without", number), "one_of", given=key, expected=", ".join(known))
    for number, section in enumerate(document.data.get("sections", ())):
        before = as_mapping(section).get("before")
        if before is not None and before not in known:
            path = ("sections", number, "before")
            yield document.mistake(path, "one_of", given=before, expected=", ".join(known))


def _joined(model: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in own.items() if name not in _OF_THE_FILE}
    joined = {name: {**model.get(name, {}), **own.get(name, {})} for name in _JOINED if name in own or name in model}
    return {**model, **said, **joined, "sections": list(_sections(model, own))}


def _sections(model: Mapping[str, Any], own: Mapping[str, Any]) -> Iterator[Any]:
    mine = [as_mapping(section) for section in own.get("sections", ())]
    instead = {section.get("key"): section for section in mine if "before" not in section}
    for section in model.get("sections", ()):
        yield from (_placed(new) for new in mine if new.get("before") == section["key"])
        if section["key"] not in own.get("without", ()):
            yield instead.pop(section["key"], section)
    yield from instead.values()


def _placed(section: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in section.items() if name != "before"}
