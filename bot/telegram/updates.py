"""aiogram's types for Telegram's updates. Types used in updates are built here; all others are built on first use.

On import the package builds its hundreds of types although they are declared as deferred (`defer_build`), which costs
two seconds at every start and 100 MB, of which a bot that reads updates uses a fifth. Here it is imported with building
deferred. All our modules import aiogram's types from here.
"""

import importlib
import sys
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def _import_unready() -> None:
    """Import aiogram; each of its types keeps the names it speaks of, by which pydantic makes it ready when it is used."""
    ready = BaseModel.__dict__["model_rebuild"]
    names: dict[str, Any] = {}

    def later(
        cls: type[BaseModel], *, _types_namespace: Mapping[str, Any] | None = None, **options: Any
    ) -> bool | None:
        if _types_namespace and cls.__module__.startswith("aiogram.types."):
            names.update(_types_namespace)
            return None
        made: bool | None = ready.__get__(None, cls)(_types_namespace=_types_namespace, **options)
        return made

    BaseModel.model_rebuild = classmethod(later)  # type: ignore[assignment, method-assign, arg-type]  # for as long as the import takes
    try:
        types, methods = importlib.import_module("aiogram.types"), importlib.import_module("aiogram.methods")
    finally:
        BaseModel.model_rebuild = ready  # type: ignore[method-assign]
    for one in (*vars(types).values(), *vars(methods).values()):
        if isinstance(one, type) and issubclass(one, BaseModel) and not one.__pydantic_complete__:
            one.__pydantic_parent_namespace__ = names


if "aiogram.types" not in sys.modules:
    _import_unready()

from aiogram.enums import ChatType, ContentType  # noqa: E402 - only now
from aiogram.types import Document, Message, Update  # noqa: E402
from aiogram.utils.backoff import Backoff, BackoffConfig  # noqa: E402

#: Of the message that a pressed button stands on.
_PLACE = ("message_id", "date", "chat")
#: Of the message that is answered besides.
_WHOSE = ("from", "via_bot", "reply_markup")


def update_of(raw: Mapping[str, Any]) -> Update:
    """The update that Telegram sent. Of the message under a pressed button only its position is parsed, and of a
    message being answered also the sender and the keyboard, because building the rest would be most of the work. Raises
    ValidationError.
    """
    press = raw.get("callback_query")
    under = press.get("message") if isinstance(press, Mapping) else None
    if isinstance(press, Mapping) and isinstance(under, Mapping):
        place = {name: under[name] for name in _PLACE if name in under}
        raw = {**raw, "callback_query": {**press, "message": place}}
    said = raw.get("message")
    answered = said.get("reply_to_message") if isinstance(said, Mapping) else None
    if isinstance(said, Mapping) and isinstance(answered, Mapping):
        before = {name: answered[name] for name in (*_PLACE, *_WHOSE) if name in answered}
        raw = {**raw, "message": {**said, "reply_to_message": before}}
    return Update.model_validate(raw)


Update.model_rebuild()  # nobody's first update waits for it

__all__ = ["Backoff", "BackoffConfig", "ChatType", "ContentType", "Document", "Message", "Update", "update_of"]
