"""`tusoi demo`: a fictional office, three phones side by side, or one review played in the terminal."""

import asyncio
from typing import Annotated

import typer


def demo(
    auto: Annotated[bool, typer.Option("--auto", help="tự chơi một lượt đánh giá ngay trong cửa sổ lệnh")] = False,
) -> None:
    """Mở một cơ quan hư cấu để dùng thử; không cần tài khoản, không cần máy chủ nào khác."""
    from bot.channels import read_settings

    settings = read_settings()
    if auto:
        from bot.demo.auto import play

        asyncio.run(play(settings.data_dir / "demo"))
    else:
        from bot.demo.phones import show

        asyncio.run(show(settings))
