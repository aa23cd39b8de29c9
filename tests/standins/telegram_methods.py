"""The methods of the stand-in's Bot API. They refuse what Telegram refuses."""

import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.standins.telegram_chat import Bubble, Person
from tests.standins.telegram_html import ParseError, parse, units

if TYPE_CHECKING:
    from tests.standins.telegram import TelegramStandIn


class Refused(Exception):
    """A request that is refused."""

    def __init__(self, status: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


@dataclass(frozen=True)
class Upload:
    """A file in a request."""

    name: str
    content: bytes


@dataclass
class Call:
    """One request to the Bot API."""

    method: str
    params: dict[str, str]
    files: dict[str, Upload]
    at: float
    status: int = 0
    in_answer: bool = False  # it was part of the response of a webhook
    chat: int = field(init=False)

    def __post_init__(self) -> None:
        self.chat = int(self.params.get("chat_id") or 0)

    def json(self, name: str) -> Any:
        """A parameter that is JSON."""
        return json.loads(self.params[name]) if self.params.get(name) else None


def _bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")


async def get_me(telegram: "TelegramStandIn", call: Call) -> Any:
    return {
        **telegram.me,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(telegram: "TelegramStandIn", call: Call) -> Any:
    if telegram.webhook_url:
        raise Refused(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    return await telegram.poll(
        int(call.params.get("offset") or 0),
        int(call.params.get("limit") or 100),
        float(call.params.get("timeout") or 0),
        call.json("allowed_updates"),
    )


async def set_webhook(telegram: "TelegramStandIn", call: Call) -> Any:
    url, secret = call.params.get("url", ""), call.params.get("secret_token", "")
    if url and not url.startswith("https://") and not telegram.allow_plain_webhook:
        raise _bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise _bad("secret token contains unallowed characters")
    telegram.webhook_url, telegram.webhook_secret = url, secret
    telegram.deliver_waiting()
    return True


async def delete_webhook(telegram: "TelegramStandIn", call: Call) -> Any:
    telegram.webhook_url = ""
    return True


async def send_message(telegram: "TelegramStandIn", call: Call) -> Any:
    person = _reader(telegram, call)
    text, entities = _words(call, call.params.get("text", ""), 4096, "message is too long")
    if not text:
        raise _bad("message text is empty")
    bubble = Bubble(telegram.new_id(), by_bot=True, text=text, entities=entities, keyboard=_keyboard(call))
    return _posted(telegram, person, bubble)


async def edit_message_text(telegram: "TelegramStandIn", call: Call) -> Any:
    person, bubble = _to_edit(telegram, call)
    text, entities = _words(call, call.params.get("text", ""), 4096, "MESSAGE_TOO_LONG")
    if not text:
        raise _bad("message text is empty")
    if bubble.kind != "text":
        raise _bad("there is no text in the message to edit")
    keyboard = _keyboard(call)
    if (text, entities, keyboard) == (bubble.text, bubble.entities, bubble.keyboard):
        raise _bad(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    bubble.text, bubble.entities, bubble.keyboard, bubble.edits = text, entities, keyboard, bubble.edits + 1
    return _as_json(telegram, person, bubble)


async def edit_message_reply_markup(telegram: "TelegramStandIn", call: Call) -> Any:
    person, bubble = _to_edit(telegram, call)
    keyboard = _keyboard(call)
    if keyboard == bubble.keyboard:
        raise _bad("message is not modified: specified new message content and reply markup are exactly the same")
    bubble.keyboard = keyboard
    return _as_json(telegram, person, bubble)


async def send_photo(telegram: "TelegramStandIn", call: Call) -> Any:
    person = _reader(telegram, call)
    return _posted(telegram, person, _photo(telegram, call, _upload(call, call.params.get("photo", ""), "photo")))


async def send_document(telegram: "TelegramStandIn", call: Call) -> Any:
    person = _reader(telegram, call)
    upload = _upload(call, call.params.get("document", ""), "document")
    if not upload.content:
        raise _bad("file must be non-empty")
    return _posted(telegram, person, _file(telegram, call, upload, "document"))


async def send_media_group(telegram: "TelegramStandIn", call: Call) -> Any:
    person = _reader(telegram, call)
    media = call.json("media") or []
    if not 2 <= len(media) <= 10:
        raise _bad("wrong number of media in the group: 2-10 are allowed")
    album = f"album{telegram.new_id()}"
    bubbles = [_photo(telegram, call, _upload(call, item["media"], item["type"]), album) for item in media]
    return [_posted(telegram, person, bubble) for bubble in bubbles]


async def send_chat_action(telegram: "TelegramStandIn", call: Call) -> Any:
    _reader(telegram, call)
    if call.params.get("action") not in {"typing", "upload_photo", "upload_document"}:
        raise _bad("wrong parameter action in request")
    return True


async def answer_callback_query(telegram: "TelegramStandIn", call: Call) -> Any:
    query = call.params.get("callback_query_id", "")
    if query not in telegram.open_queries:
        raise _bad("query is too old and response timeout expired or query ID is invalid")
    if units(call.params.get("text", "")) > 200:
        raise _bad("MESSAGE_TOO_LONG")
    telegram.open_queries.remove(query)
    return True


async def set_my_commands(telegram: "TelegramStandIn", call: Call) -> Any:
    commands = call.json("commands") or []
    if len(commands) > 100:
        raise _bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise _bad("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise _bad("BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.commands[call.params.get("language_code", "")] = [
        (item["command"], item["description"]) for item in commands
    ]
    return True


async def leave_chat(telegram: "TelegramStandIn", call: Call) -> Any:
    if call.chat not in telegram.groups:
        raise _bad("chat not found")
    telegram.groups.pop(call.chat)
    return True


#: The largest file, in bytes, that Telegram lets a bot download.
MOST_TO_FETCH = 20_000_000


async def get_file(telegram: "TelegramStandIn", call: Call) -> Any:
    file = call.params.get("file_id", "")
    if file not in telegram.files:
        raise _bad("wrong file_id or the file is temporarily unavailable")
    if len(telegram.files[file]) > MOST_TO_FETCH:
        raise _bad("file is too big")
    about = {"file_id": file, "file_unique_id": f"u{file}", "file_size": len(telegram.files[file])}
    return {**about, "file_path": f"documents/{file}"}


METHODS = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendmediagroup": send_media_group,
    "sendchataction": send_chat_action,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "getfile": get_file,
    "leavechat": leave_chat,
}


def _reader(telegram: "TelegramStandIn", call: Call) -> Person:
    if call.chat in telegram.groups:
        return telegram.groups[call.chat]
    person = telegram.people.get(call.chat)
    if call.chat < 0:
        raise Refused(403, "Forbidden: bot is not a member of the group chat")
    if person is None or not person.started:
        raise _bad("chat not found")
    if person.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    return person


def _to_edit(telegram: "TelegramStandIn", call: Call) -> tuple[Person, Bubble]:
    person = _reader(telegram, call)
    found = [bubble for bubble in person.chat if str(bubble.id) == call.params.get("message_id")]
    if not found:
        raise _bad("message to edit not found")
    if not found[0].by_bot:
        raise _bad("message can't be edited")
    return person, found[0]


def _words(call: Call, source: str, most: int, too_long: str) -> tuple[str, tuple[Any, ...]]:
    try:
        text, entities = parse(source) if call.params.get("parse_mode") == "HTML" else (source.strip(), ())
    except ParseError as error:
        raise _bad(f"can't parse entities: {error}") from None
    if units(text) > most:
        raise _bad(too_long)
    return text, entities


def _keyboard(call: Call) -> tuple[tuple[tuple[str, str], ...], ...]:
    markup = call.json("reply_markup") or {}
    rows = markup.get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise _bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
            raise _bad("BUTTON_DATA_INVALID")
    if sum(len(row) for row in rows) > 100:
        raise _bad("reply markup is too long")
    return tuple(tuple((button["text"], button["callback_data"]) for button in row) for row in rows)


def _upload(call: Call, reference: str, part: str) -> Upload:
    upload = call.files.get(reference.removeprefix("attach://") or part)
    if upload is None:
        raise _bad("wrong remote file identifier specified: Wrong string length")
    return upload


def _photo(telegram: "TelegramStandIn", call: Call, upload: Upload, album: str = "") -> Bubble:
    if not upload.content.startswith(b"\x89PNG\r\n\x1a\n") or len(upload.content) < 24:
        raise _bad("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", upload.content[16:24])
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise _bad("PHOTO_INVALID_DIMENSIONS")
    return _file(telegram, call, upload, "photo", album)


def _file(telegram: "TelegramStandIn", call: Call, upload: Upload, kind: str, album: str = "") -> Bubble:
    text, entities = _words(call, call.params.get("caption", ""), 1024, "message caption is too long")
    return Bubble(
        telegram.new_id(),
        by_bot=True,
        text=text,
        entities=entities,
        keyboard=_keyboard(call),
        kind=kind,
        name=upload.name,
        content=upload.content,
        album=album,
    )


def _posted(telegram: "TelegramStandIn", person: Person, bubble: Bubble) -> dict[str, Any]:
    person.chat.append(bubble)
    return _as_json(telegram, person, bubble)


def _as_json(telegram: "TelegramStandIn", person: Person, bubble: Bubble) -> dict[str, Any]:
    file = {"file_id": f"file{bubble.id}", "file_unique_id": f"u{bubble.id}"}
    content: dict[str, Any] = {
        "text": {"text": bubble.text},
        "photo": {"photo": [{**file, "width": 90, "height": 127}]},
        "document": {"document": {**file, "file_name": bubble.name, "file_size": len(bubble.content)}},
    }[bubble.kind]
    return {
        "message_id": bubble.id,
        "from": telegram.me,
        "chat": {"id": person.id, "type": "private", "first_name": person.name},
        "date": 1_800_000_000,
        **content,
    }
