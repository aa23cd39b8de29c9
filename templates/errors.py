"""Vietnamese for the mistakes in files: where it is, what was expected, what stands there now. One line each."""

from rules.nouns.errors import Mistake, RulebookErrors, TusoiError, WrongCaseError

#: What was expected, by the name a mistake carries. Values stand in braces.
EXPECTED = {
    # the file
    "readable_file": "không đọc được tệp này; cần có tệp và quyền đọc",
    "utf8": "tệp phải lưu bằng mã UTF-8",
    "yaml": "viết chưa đúng YAML ({problem})",
    "json": "viết chưa đúng JSON ({problem})",
    "too_large": "tệp quá lớn (trên {limit} mục)",
    "too_deep": "lồng nhau quá sâu (trên {limit} tầng)",
    "duplicate_key": "khóa này đã viết ở dòng {first}; chỉ viết một lần",
    "text_key": "khóa phải là chữ; hãy đặt trong dấu ngoặc kép",
    # the kind of a value
    "missing": "thiếu mục bắt buộc này",
    "missing_word": "thiếu mục bắt buộc này; cần một trong: {expected}",
    "unknown_key": "không có mục tên này; hãy xóa hoặc sửa tên",
    "text": "cần chữ",
    "text_in_quotes": "cần chữ; hãy đặt trong dấu ngoặc kép",
    "not_empty": "không được để trống",
    "pattern": "viết chưa đúng dạng {pattern}",
    "string_too_long": "quá dài; nhiều nhất {max_length} ký tự",
    "yes_no": "cần true hoặc false",
    "whole_number": "cần số nguyên",
    "number": "cần số",
    "at_least": "cần số từ {ge} trở lên",
    "above": "cần số lớn hơn {gt}",
    "at_most": "cần số không quá {le}",
    "below": "cần số nhỏ hơn {lt}",
    "between": "cần số từ {minimum} đến {maximum}",
    "one_of": "cần một trong: {expected}",
    "list": "cần một danh sách, có ít nhất một phần tử",
    "mapping": "cần các cặp khóa: giá trị",
    "date": "cần ngày dạng 2020-12-05",
    "plain_value": "cần chữ, số, true hoặc false",
    "invalid": "chưa đúng ({problem})",
    # a case
    "case": "cần các mục subject, leader, facts (và year nếu cần)",
    "not_covered": "bộ quy định {rulebook} không xếp loại {given}; các đối tượng: {known}",
    "known_fact": "không có dữ kiện tên này; các dữ kiện: {known}",
    # a ledger
    "no_ledger": "bộ quy định này không có cách tính sổ sản phẩm (scores: ledger)",
    "groups_at_most": "nhiều nhất {limit} nhóm sản phẩm ({cite})",
    "assigned": "cần số lượng được giao từ 1 trở lên (việc phát sinh ngoài kế hoạch thì ghi extra: true)",
    "extra_assigned": "việc phát sinh (extra) không có số lượng được giao; hãy bỏ assigned",
    "handed_over": "việc đã chuyển người khác thì người giao không được tính hoàn thành; hãy bỏ done",
    "done_at_most": "số hoàn thành không quá số được giao ({limit})",
    "times_each": "nhiều sản phẩm: ghi số lần của từng sản phẩm, thí dụ [1, 2]",
    "times_of_done": "chỉ sản phẩm đã hoàn thành ({done}) mới có lần bị trừ",
    "excused_of": "lần được miễn phải ghi cho đúng từng sản phẩm và không quá số lần bị trừ ({times})",
    # a list of ratings
    "missing_column": "thiếu cột này ở dòng đầu",
    "columns": "số ô của dòng khác số cột; cần các cột: {expected}",
    "csv": "viết chưa đúng CSV ({problem})",
    # comparisons
    "one_comparison": "cần đúng một phép so sánh: {allowed}",
    "comparison_is": "dữ kiện có/không chỉ so sánh bằng is: true hoặc is: false",
    "known_name": "“{name}” không hỏi được ở đây; dùng được: {allowed}",
    "trait": "“{about}” chỉ nhận giá trị đúng kiểu của nó (true/false, hoặc tên đối tượng)",
    "when": "cần điều kiện, thí dụ {example}",
    # a rulebook
    "rulebook": "không có bộ quy định này; các bộ có sẵn: {known}; hoặc ghi đường dẫn một thư mục có book.yaml",
    "extends_circle": "các bộ quy định mở rộng lẫn nhau thành vòng tròn",
    "one_limit": "cần đúng một trong at_most và at_most_fact",
    "one_day": 'cần một ngày (2020-12-05) hoặc day: "12-05"',
    "day_of_every_year": "ngày này không phải năm nào cũng có",
    "not_before": "không được trước {first}",
    "once": "“{key}” viết hai lần; chỉ viết một lần",
    "rating": "thiếu điều kiện của mức {missing} (hoặc like chỉ tới chỗ không có)",
    "rating_of_year": "năm {year} không còn điều kiện nào của mức {missing} có hiệu lực; hãy xem lại since và until",
    "group_dates": "các điều kiện trong một nhóm phải cùng since và until",
    "never_in_force": "không năm nào của bộ quy định này (xét ngày 15/12) có điều này; hãy xem lại since và until",
    "known_form": "không có mẫu này; các mẫu: {known}",
    "no_question": "không mẫu nào của đối tượng này hỏi ra dữ kiện “{fact}”; hãy thêm câu hỏi có yields: {fact}",
    "no_ratings": "mẫu được chọn có tự xếp loại nhưng bộ quy định không có điều kiện nào cho đối tượng “{fact}”; hãy thêm ratings, hoặc ghi rates trong mẫu",
    "never_matches": "dòng này không khớp với ai trong các đối tượng của bộ quy định",
    "unused_fact": "dữ kiện “{fact}” được hỏi nhưng không quy định nào dùng đến",
    "never_asked": "câu hỏi này không bao giờ được hỏi ai dùng mẫu này",
    "nobody_fills": "không ai lập mẫu này; hãy thêm vào choose_form hoặc bỏ mẫu",
    "never_chosen": "dòng này không bao giờ được chọn vì các dòng trên đã nhận hết",
    "never_holds": "điều kiện này không bao giờ đúng với ai",
    "opinion": "effect: opinion_asked (và chỉ nó) cần opinion, một trong: {expected}",
    "rests_on": "effect: {effect} cần một quy tắc cùng key và cùng when trong {part}",
    "told_by_roster": "dữ kiện này lấy từ danh sách, không hỏi trong mẫu",
    "milestone_order": "hạn này ({due}) sớm hơn hạn của mốc đứng trước, {before} ({before_due})",
    "unreachable": "mức này không bao giờ đạt được",
    "overlap": "một trường hợp có thể vừa đạt mức {rating} vừa là không hoàn thành nhiệm vụ (dữ kiện “{fact}”)",
    "stricter_below": "mức này đòi dữ kiện “{fact}” cao hơn mức {higher}; mức thấp hơn không được đòi nhiều hơn",
    "said_twice": "điều kiện về “{fact}” viết hai lần",
    "formula_range": "kết quả có thể từ {low} đến {high}, ngoài phạm vi của “{fact}” (nhiều nhất {top}); hãy thêm at_most hoặc sửa công thức",
    "file_name": "id phải trùng tên tệp “{file}”",
    "folder_name": "id phải trùng tên thư mục “{folder}”",
    "shipped_id": "trùng mã với bộ quy định có sẵn nên không được dùng; hãy đổi tên thư mục và id",
    "scenario": "tình huống “{name}”: {what} phải là {wanted}, kết quả là {came}",
    "formula_input": "“{given}” chưa có: cần một dữ kiện là số, hoặc tên do một công thức phía trên cho ra; có: {known}",
    "formula_gives": "“{given}” không là dữ kiện và không công thức nào phía dưới dùng đến",
    "table_total": "điểm tối đa của các tiêu chí cộng lại là {total}, không phải {given}",
    # a form
    "yields": "cần dữ kiện mà câu trả lời cho biết, thí dụ {example}",
    "unknown_fact": "không có dữ kiện tên này",
    "key_twice": "khóa này đã dùng ở dòng {first}",
    "not_asked_before": "“{given}” chưa được hỏi trước câu này",
    "fields_of_items": "chỉ câu hỏi kind: items mới có fields, và phải có",
    "scale": "câu chọn phải có dãy trả lời (scale)",
    "labels_twice": "hai nút trong dãy trả lời có cùng chữ",
    "yield_of_items": "cách tính này không hợp với loại câu hỏi (all, any, worst, share, list, sum của một trường là của danh sách)",
    "yield_of_date": "câu trả lời là ngày (kind: date) không thành dữ kiện của quy định; hãy bỏ yields",
    "fact_twice": "dữ kiện này đã có từ câu “{first}”; chỉ worst (với cùng dãy trả lời), sum hay list mới gộp được nhiều câu",
    "by_authority": "chỉ ở phần filled_by: authority, và mục ấy không có câu hỏi",
    "no_rating_taken": "mẫu này không có câu tự xếp loại (kind: rating) nên không có mức xếp loại để ghi",
    "day_or_today": "cần ngày dạng 2020-12-05, hoặc today (ngày trả lời)",
    "bound_of_date": "chỉ câu hỏi kind: date mới có not_before, not_after",
    "about_rating": "chỉ câu hỏi kind: rating mới có about",
    "one_source": "cần đúng một trong source (name, position, unit) và question (khóa của một câu hỏi)",
    # scores
    "one_operation": "cần đúng một phép tính: {allowed}",
    "percent_of": "percent phải đi cùng of (số điểm của 100%)",
}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def worded(error: TusoiError) -> str:
    """The text of an error raised on purpose, on one line."""
    if isinstance(error, RulebookErrors | WrongCaseError):
        return first_of(error.mistakes)
    return one_line(str(error))


def word(mistake: Mistake) -> str:
    """`book.yaml:12: caps[0].at_most: cần một trong: … (đang ghi: best)`."""
    where = f"{mistake.file}:{mistake.line}" if mistake.line else mistake.file
    told = EXPECTED.get(mistake.expected, mistake.expected).format_map(_Blank(mistake.values))
    given = mistake.values.get("given", "")
    if given and given not in told:
        told = f"{told} (đang ghi: {given})"
    return one_line(": ".join(part for part in (where, mistake.field, told) if part))


def first_of(mistakes: tuple[Mistake, ...]) -> str:
    """The first mistake, and how many more there are, on one line."""
    more = f" (và {len(mistakes) - 1} lỗi khác)" if len(mistakes) > 1 else ""
    return word(mistakes[0]) + more


def one_line(text: str) -> str:
    """`text` without line breaks and other characters that would disturb a terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
