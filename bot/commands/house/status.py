"""`tusoi status`: how the house is, in words, also when it does not serve; the exit status is for monitors."""

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from bot.settings import HouseSettings

#: Status of /healthz → exit status, as monitors count: 0 good, 1 somebody should look, 2 nobody is answered.
_EXITS = {"ok": 0, "warning": 1, "down": 2}

#: Seconds to wait for an answer of `tusoi serve`.
_PATIENCE = 10.0


def status() -> None:
    """Cho biết Tự Soi đang thế nào: các kênh, ai gửi tin, tin đang chờ, đĩa. Kết thúc với mã 0 tốt, 1 cần xem, 2 không phục vụ."""
    from bot.channels import read_settings

    settings = read_settings()
    health = asyncio.run(_ask(settings))
    if health:
        lines, exits = _serving(health), _EXITS.get(str(health.get("status")), 2)
    else:
        lines, exits = asyncio.run(_silent(settings))
    for line in lines:
        typer.echo(line)
    raise typer.Exit(exits)


async def _ask(settings: "HouseSettings") -> Mapping[str, Any] | None:
    """What /healthz says; None when nobody answers there, or somebody else does."""
    from aiohttp import ClientError, ClientSession, ClientTimeout

    if not settings.health_listen:
        return None
    host, port = settings.health_address
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - listened at everywhere, asked here
    token = settings.health_token.get_secret_value() if settings.health_token else ""
    asked = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/healthz"
    try:
        async with (
            ClientSession(timeout=ClientTimeout(_PATIENCE), trust_env=False) as monitor,
            monitor.get(address, headers=asked) as page,
        ):
            answer = json.loads(await page.read())
    except (ClientError, TimeoutError, OSError, ValueError):
        return None
    ours = isinstance(answer, dict) and answer.get("alive") is True
    return answer if ours and answer.get("database", {}).get("mark") == settings.database_mark else None


def _serving(health: Mapping[str, Any]) -> list[str]:
    """What a running house says of itself."""
    from bot.door.conditions import ChannelState
    from bot.health.words import channel_line, lease_line, lease_of, notices_line, warning_lines

    head = {"ok": "✓ Tự Soi đang chạy tốt", "warning": "⚠ Tự Soi đang chạy, có điều cần xem"}
    lines = [
        f"{head.get(health['status'], '✗ Tự Soi đang chạy nhưng không phục vụ được ai')} (bản {health['version']})"
    ]
    for name, one in health["channels"].items():
        lines.append("  " + channel_line(name, ChannelState(one["state"]), one["reason"], one["at"]))
    lines.append("  " + lease_line(lease_of(health["lease"])))
    if health["notices"]["waiting"] is not None:
        lines.append("  " + notices_line(health["notices"]["waiting"], health["notices"]["oldest_seconds"]))
    lines.append(f"  {_disk(health['disk']['free_bytes'])}")
    return [*lines, *(f"  {line}" for line in warning_lines(health["warnings"]))]


async def _silent(settings: "HouseSettings") -> tuple[list[str], int]:
    """What the database says where nobody answers; another process may serve on it."""
    from bot.clock import now
    from bot.health.looking import free_at, read, warnings_of
    from bot.health.words import lease_line, notices_line, told
    from rules.nouns.errors import TusoiError
    from storage.engine import file_at
    from storage.store import Store
    from templates.errors import worded

    where = settings.health_listen or "TUSOI_HEALTH_LISTEN để trống"
    free = free_at(settings.data_dir)
    file = file_at(settings.database)
    if file is not None and not file.is_file():  # asking must not make one
        return [f"✗ tusoi serve không chạy ({where}), và chưa có cơ sở dữ liệu nào ở {file}."], 2
    try:
        store = await Store.open(settings.database)
    except TusoiError as error:
        return [f"✗ tusoi serve không trả lời ({where}); không mở được cơ sở dữ liệu: {worded(error)}"], 2
    try:
        moment = now()
        kept = await read(store, moment)
    finally:
        await store.close()
    if kept is None:
        return [f"✗ tusoi serve không trả lời ({where}), cơ sở dữ liệu cũng không."], 2
    runs = kept.lease.believed
    head = (
        f"⚠ Không hỏi được tình trạng tại đây ({where}), nhưng có một tusoi serve đang chạy trên cơ sở dữ liệu này"
        if runs
        else f"✗ tusoi serve không chạy ({where})"
    )
    lines = [
        head,
        "  " + lease_line(kept.lease),
        "  " + notices_line(kept.notices, kept.oldest(moment)),
        "  " + _disk(free),
    ]
    lines += [f"  ⚠ {told(one)}" for one in warnings_of(kept, free, moment) if one.what != "nobody_sends"]
    return lines, 1 if runs else 2


def _disk(free: int) -> str:
    from bot.health.words import in_gigabytes

    return f"Đĩa còn trống: {in_gigabytes(free)}"
