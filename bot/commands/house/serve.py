"""`tusoi serve`: opens whatever channels are configured."""

import asyncio
import gc


def serve() -> None:
    """Mở các kênh đã cấu hình (web, Telegram) và chạy việc nền; dừng gọn khi nhận SIGTERM."""
    gc.disable()  # what is loaded stays: looking through it meanwhile takes a sixth of the start (`collect_seldom` ends this)
    from bot.channels import read_settings
    from bot.logs import set_up_logs
    from bot.serving import serve_until_stopped

    settings = read_settings()
    set_up_logs()
    asyncio.run(serve_until_stopped(settings))
