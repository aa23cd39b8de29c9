"""The health in words for the administrator, and as the JSON of `/healthz`."""

import datetime as dt
from collections.abc import Mapping, Sequence

from bot.clock import ZONE
from bot.door.conditions import ChannelState
from bot.health.looking import Health, Lease, Warned
from bot.logs import CHANNELS

_STATES = {
    ChannelState.OPEN: "đang mở",
    ChannelState.OPENING: "đang mở dần",
    ChannelState.TROUBLED: "chưa liên lạc được",
    ChannelState.REFUSED: "cài đặt sai",
}

#: Warning → its sentence and advice.
_WARNINGS = {
    "database": "Không đọc được cơ sở dữ liệu. Kiểm tra TUSOI_DATABASE_URL, đĩa, hoặc máy chủ PostgreSQL.",
    "nobody_sends": "Không tiến trình nào đang gửi tin nhắn. Nếu quá một phút vẫn vậy, khởi động lại tusoi serve.",
    "notices": "{notices} tin đến hạn chưa gửi được, tin cũ nhất đã chờ {long}. Xem tình trạng các kênh và nhật ký.",
    "disk": "Đĩa chỉ còn trống {free}. Dọn bớt hoặc mở rộng đĩa; khi đầy sẽ không ghi được câu trả lời nào.",
    "channel": "{channel} chưa mở được đã {long}: {reason}.",
    "standing_by": "Tiến trình này đã đứng chờ {long}: quyền gửi tin đang do tiến trình “{holder}” giữ. "
    "Nếu không cố ý chạy hai tiến trình, hãy dừng tiến trình kia.",
}


def told(warned: Warned) -> str:
    """A warning as a sentence."""
    values = dict(warned.values)
    seconds, free, channel = values.get("seconds"), values.get("free"), str(values.get("channel", ""))
    values["channel"] = CHANNELS.get(channel, channel)
    values["reason"] = values.get("reason") or "đang chờ"
    if isinstance(seconds, int):
        values["long"] = how_long(seconds)
    if isinstance(free, int):
        values["free"] = in_gigabytes(free)
    return _WARNINGS[warned.what].format_map(values)


def how_long(seconds: float) -> str:
    """A duration in its greatest unit only."""
    for unit, name in ((86400, "ngày"), (3600, "giờ"), (60, "phút")):
        if seconds >= unit:
            return f"{int(seconds // unit)} {name}"
    return f"{int(seconds)} giây"


def in_gigabytes(size: int) -> str:
    """A number of bytes in GB, with one decimal."""
    return f"{size / 1e9:.1f}".replace(".", ",") + " GB"


def in_json(health: Health) -> dict[str, object]:
    """The content of `/healthz`. The names are permanent, because monitors read them."""
    kept = health.kept
    return {
        "status": status(health),
        "alive": True,
        "ready": health.ready,
        "at": health.at.isoformat(),
        "version": health.version,
        "worker": health.worker,
        "channels": {
            name: {
                "state": one.condition.state.value,
                "reason": one.condition.reason,
                "since": one.since.isoformat(),
                "at": one.condition.way.where if one.condition.way else "",
            }
            for name, one in health.channels.items()
        },
        "lease": {
            "mine": health.mine,
            "holder": kept.lease.holder if kept else "",
            "until": kept.lease.until.astimezone(ZONE).isoformat() if kept and kept.lease.until else None,
            "believed": bool(kept and kept.lease.believed),
            "standing_by_seconds": round(health.standing_by),
        },
        "notices": {
            "waiting": kept.notices if kept else None,
            "oldest_seconds": round(kept.oldest(health.at)) if kept else None,
        },
        "disk": {"free_bytes": health.free},
        "database": {"reachable": kept is not None, "mark": health.mark},
        "warnings": [{"what": one.what, "told": told(one)} for one in health.warnings],
    }


def status(health: Health) -> str:
    """`ok`, `warning` (people are answered, but something needs attention) or `down` (nobody is answered)."""
    if not health.ready:
        return "down"
    return "warning" if health.warnings else "ok"


def channel_line(name: str, state: ChannelState, reason: str, at: str) -> str:
    """`Telegram: chưa liên lạc được (…)`."""
    beside = f" ({reason})" if reason else ""
    return f"{CHANNELS.get(name, name)}: {_STATES[state]}{beside}" + (f", tại {at}" if at and not reason else "")


def lease_line(lease: Lease) -> str:
    """Who sends the notices."""
    if lease.believed and lease.until:
        return f"Gửi tin: tiến trình “{lease.holder}”, quyền có đến {_clock(lease.until)} và được nối tiếp"
    if lease.until:
        return (
            f"Gửi tin: không ai; quyền của tiến trình “{lease.holder}” không còn được nối tiếp ({_clock(lease.until)})"
        )
    return "Gửi tin: không ai"


def lease_of(told: Mapping[str, object]) -> Lease:
    """The lease, as in `/healthz`."""
    until = told.get("until")
    moment = dt.datetime.fromisoformat(until) if isinstance(until, str) else None
    return Lease(str(told.get("holder", "")), moment, believed=told.get("believed") is True)


def notices_line(waiting: int, oldest: float) -> str:
    """How many notices wait, and for how long."""
    if not waiting:
        return "Tin chờ gửi: không có"
    return f"Tin chờ gửi: {waiting}, cũ nhất đã chờ {how_long(oldest)}"


def warning_lines(warnings: Sequence[Mapping[str, object]]) -> list[str]:
    """The warnings of a health page, one line each."""
    return [f"⚠ {one.get('told', '')}" for one in warnings]


def _clock(moment: dt.datetime) -> str:
    return f"{moment.astimezone(ZONE):%H:%M:%S %d/%m/%Y}"
