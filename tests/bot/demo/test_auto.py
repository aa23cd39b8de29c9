"""`tusoi demo --auto` tells its story to the end: every button that the script presses is there."""

from bot.demo.auto import play, script


async def test_the_story_is_played_to_the_result_and_leaves_its_papers(tmp_path, capsys):
    await play(tmp_path)
    told = capsys.readouterr().out
    assert {line.who for line in script()} == {"employee", "head", "authority"}
    assert told.index("trả lại bản tự đánh giá") < told.index("đã đồng ý với bản tự đánh giá của anh/chị")
    assert "anh/chị đã nhận thông báo kết quả" in told
    kinds = [path.suffix for path in tmp_path.iterdir()]
    assert {".docx", ".pdf", ".png"} <= {*kinds}
