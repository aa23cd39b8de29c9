"""A whole meeting of five as a talk that anyone can read: a late member, a wrong order, an interruption, minutes adopted with a remark."""

from pathlib import Path

from tests.bot.meetings.talking import Talk, begun

TOLD = Path(__file__).with_name("hop-kiem-diem.txt")


async def held(talk: Talk) -> None:
    """The meeting, from calling it to its minutes."""
    play = talk.play
    await _called(talk)
    play.on("24/11/2023 14:00")
    await _opened(talk)
    await _head_reviewed(talk)
    await _deputy_reviewed(talk)
    await talk.presses("head", "Tạm dừng")
    await talk.says("head", "Hết giờ làm việc")
    play.on("25/11/2023 08:00")
    await _gone_on(talk)
    await _closed(talk)


async def _called(talk: Talk) -> None:
    await talk.says("head", "/hop")
    await talk.presses("head", "＋ Lập cuộc họp")
    await talk.says("head", "chiều mai")
    await talk.says("head", "14h00 24/11/2023, phòng họp tầng 2")
    await talk.presses("head", "Vào trang cuộc họp")
    await talk.presses("head", "Thứ tự chương trình")
    await talk.presses("head", "▲ 3")
    await talk.presses("head", "Giữ thứ tự")
    await talk.presses("head", "◀ Về cuộc họp")
    await talk.presses("head", "Thành phần")
    await talk.presses("head", talk.play.cast.name("binh"))
    await talk.presses("head", "✎ Giao làm thư ký")
    await talk.presses("head", "✉ Gửi lời mời")
    await talk.presses("chi", "Vào trang cuộc họp")
    await talk.presses("chi", "Tôi vắng")
    await talk.says("chi", "Đi công tác buổi sáng, đến muộn")


async def _opened(talk: Talk) -> None:
    await talk.presses("head", "▶ Khai mạc")
    for who in ("deputy", "an", "binh"):
        await talk.presses(who, "✓ Tôi có mặt")


async def _head_reviewed(talk: Talk) -> None:
    """The head hands the chair over while they are reviewed, and takes it back."""
    await talk.presses("head", "▶ Tiếp theo")
    await talk.presses("head", "Giao chủ trì")
    await talk.presses("head", "▶ Tiếp theo")
    await talk.told("deputy")
    await talk.presses("deputy", "▶ Tiếp theo")
    await talk.presses("an", "1")
    await talk.presses("an", "✎ Góp ý")
    await talk.says("an", "Trưởng phòng điều hành tốt, nhưng giao việc còn gấp.")
    await talk.presses("an", "✎ Góp ý")
    await talk.says("an", "Nên họp phòng đều hơn.")
    await talk.presses("an", "Rút ý kiến: Nên họp")
    await talk.presses("head", "1")
    await talk.presses("head", "✎ Tôi trả lời")
    await talk.says("head", "Tôi tiếp thu, sẽ giao việc trước ít nhất hai ngày.")
    await talk.presses("deputy", "↻ Ý kiến mới")
    await talk.presses("deputy", "↻ Ý kiến mới")
    await talk.presses("deputy", "✓ Kết luận")
    await talk.says("deputy", "Điều hành tốt, hoàn thành kế hoạch năm.")
    await talk.says("deputy", "Giao việc có lúc còn gấp.")
    await talk.presses("deputy", "Hoàn thành tốt nhiệm vụ")
    await talk.presses("deputy", "✓ Kết luận như trên")
    await talk.presses("head", "Xem kết luận")
    await talk.presses("head", "✓ Tiếp thu, không phải sửa")
    await talk.presses("deputy", "Trả quyền chủ trì")
    await talk.told("head")


async def _deputy_reviewed(talk: Talk) -> None:
    """Somebody comes late; the secretary takes down what they say; staff before the deputy is refused with the clause."""
    name = talk.play.cast.name
    talk.play.on("24/11/2023 15:10")
    await talk.presses("chi", "✓ Tôi có mặt")
    await talk.presses("head", "Vào trang cuộc họp")
    await talk.presses("head", "3")
    await talk.presses("head", "▶ Bắt đầu")
    await talk.presses("head", "◀ Về cuộc họp")
    await talk.presses("head", "2")
    await talk.presses("head", "▶ Bắt đầu")
    await talk.presses("binh", "2")
    await talk.presses("binh", "✎ Ghi ý kiến")
    await talk.presses("binh", name("chi"))
    await talk.says("binh", "Phó phòng phối hợp tốt voi các phòng.")
    await talk.presses("head", "✓ Kết luận")
    await talk.says("head", "Phối hợp tốt, chủ động.")
    await talk.says("head", "Báo cáo quý III gửi chậm.")
    await talk.presses("head", "Hoàn thành xuất sắc")
    await talk.presses("head", "✓ Kết luận như trên")
    await talk.presses("deputy", "Xem kết luận")
    await talk.presses("deputy", "✎ Tiếp thu, sửa bản")


async def _gone_on(talk: Talk) -> None:
    await talk.presses("head", "▶ Họp tiếp")
    await talk.presses("an", "✓ Tôi có mặt")
    await talk.presses("binh", "✓ Tôi có mặt")
    await talk.presses("head", "2 ✓")
    await talk.presses("head", "Mở lại")
    await talk.says("head", "Xem lại mức đề nghị theo tỷ lệ")
    await talk.presses("head", "▶ Bắt đầu")
    await talk.presses("head", "✓ Kết luận")
    await talk.says("head", "Phối hợp tốt, chủ động.")
    await talk.says("head", "Báo cáo quý III gửi chậm.")
    await talk.presses("head", "Hoàn thành tốt nhiệm vụ")
    await talk.presses("head", "✓ Kết luận như trên")


async def _closed(talk: Talk) -> None:
    play = talk.play
    await talk.presses("head", "◀ Về cuộc họp")
    await talk.presses("head", "Bế mạc")
    play.on("25/11/2023 09:40")
    await talk.presses("head", "Bế mạc cuộc họp")
    await talk.told("binh")
    await talk.says("binh", "/hop")
    await talk.presses("binh", "✎ Ghi đề xuất")
    await talk.says("binh", "Đề nghị Văn phòng bổ sung một máy in cho phòng.")
    await talk.presses("binh", "✎ Sửa câu chữ")
    await talk.presses("binh", "• ")
    await talk.says("binh", "Trưởng phòng điều hành tốt; giao việc có lúc còn gấp.")
    await talk.presses("binh", "✉ Gửi biên bản")
    await talk.presses("an", "✓ Nhất trí")
    await talk.presses("chi", "✎ Có ý kiến")
    await talk.says("chi", "Ghi thêm là tôi đến lúc 15 giờ 10.")
    await talk.told("head")
    for who in ("binh", "deputy"):
        await talk.presses(who, "✓ Nhất trí")
    await talk.told("head")
    await talk.presses("head", "✓ Thông qua biên bản")
    await talk.presses("head", "✓ Thông qua, đưa vào hồ sơ")
    await talk.told("chi")
    await talk.presses("an", "✎ Góp ý")


async def test_a_meeting_of_five_reads_as_it_was_held(sqlite_url: str, tmp_path: Path) -> None:
    """What differs is written beside it as .new: read it, then move it over."""
    play = await begun(sqlite_url, tmp_path)
    talk = Talk(play)
    try:
        await held(talk)
    finally:
        told = TOLD.read_text(encoding="utf-8") if TOLD.exists() else ""
        fresh = TOLD.with_name(f"{TOLD.name}.new")
        fresh.unlink(missing_ok=True)
        if talk.text != told:
            fresh.write_text(talk.text, encoding="utf-8")
        await play.ends()
    assert talk.text == told, f"read {fresh}"
