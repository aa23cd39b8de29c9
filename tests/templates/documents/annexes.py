"""The annexes of 2026, line by line: | separates the cells of a row, {…} is the place of a value (empty on the form
itself).

335/2025/NĐ-CP, Phụ lục II, Mẫu số 01 and 02 are copied word for word. 233/2026/NĐ-CP, Phụ lục II, was read from a scan:
blurred letters are taken from the decree's own articles, and the left half of its head, which is illegible, is the
usual one (docs/notes-rulebooks-2026.md).
"""

_HEAD = "TÊN CƠ QUAN, TỔ CHỨC, ĐƠN VỊ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
_PERSON = """\
Họ và tên: {name}
Chức vụ, chức danh: {position}
Đơn vị công tác: {unit}"""
_SIGN = "....., ngày....tháng.....năm..... {0} (Ký tên, ghi rõ họ tên)"

MAU_01 = f"""\
Mẫu số 01
{_HEAD}
PHIẾU THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC
(Kỳ theo dõi, đánh giá: {{period}})1
{_PERSON}
I. KẾT QUẢ THEO DÕI, ĐÁNH GIÁ THEO TIÊU CHÍ CHUNG
TT | Tiêu chí chấm điểm | Điểm tối đa | Điểm do cá nhân tự chấm
(1) | (2) | (3) | (4)
I | Phẩm chất chính trị, phẩm chất đạo đức, văn hóa thực thi công vụ và ý thức kỷ luật, kỷ cương trong thực thi công vụ | 10 | {{c1}}
1 | Phẩm chất chính trị, phẩm chất đạo đức, văn hóa thực thi công vụ | 5 | {{p11}}
2 | Ý thức kỷ luật, kỷ cương trong thực thi công vụ | 5 | {{p12}}
II | Năng lực chuyên môn, nghiệp vụ theo yêu cầu của vị trí việc làm; khả năng đáp ứng yêu cầu thực thi nhiệm vụ được giao; tinh thần trách nhiệm trong thực thi công vụ; thái độ phục vụ người dân, doanh nghiệp và khả năng phối hợp với đồng nghiệp | 10 | {{c2}}
1 | Năng lực chuyên môn, nghiệp vụ theo yêu cầu của vị trí việc làm | 2,5 | {{p21}}
2 | Khả năng đáp ứng yêu cầu thực thi nhiệm vụ được giao thường xuyên, đột xuất | 2,5 | {{p22}}
3 | Tinh thần trách nhiệm trong thực thi công vụ | 2,5 | {{p23}}
4 | Thái độ phục vụ người dân, doanh nghiệp và khả năng phối hợp với đồng nghiệp | 2,5 | {{p24}}
III | Năng lực đổi mới, sáng tạo, dám nghĩ, dám làm, dám chịu trách nhiệm vì lợi ích chung trong thực thi công vụ | 10 | {{c3}}
1 | Có sản phẩm, giải pháp đột phá, sáng tạo đem lại giá trị, hiệu quả thiết thực, tác động tích cực đến kết quả thực hiện nhiệm vụ của cơ quan, tổ chức, đơn vị. | 2,5 | {{p31}}
2 | Sẵn sàng tham gia thực hiện nhiệm vụ chính trị đặc biệt quan trọng, nhiệm vụ có tính chất đột xuất, phức tạp hoặc trong điều kiện khó khăn. | 2,5 | {{p32}}
3 | Có tinh thần chịu trách nhiệm trước kết quả công việc; chủ động nhận trách nhiệm khi có sai sót và có biện pháp khắc phục rõ ràng, cụ thể. | 2,5 | {{p33}}
4 | Chủ động đưa ra quyết định trong phạm vi thẩm quyền, không né tránh; có tinh thần tiên phong trong thực hiện những nhiệm vụ mới. | 2,5 | {{p34}}
Tổng cộng | 30 | {{total}}
II. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC
1. Điểm tiêu chí chung: {{general}}
2. Điểm tiêu chí kết quả thực hiện nhiệm vụ: {{result}}
3. Tổng điểm theo dõi, đánh giá công chức: {{score}}
4. Ưu điểm: {{strengths}}
5. Hạn chế, khuyết điểm: {{shortcomings}}
6. Ý kiến nhận xét của cấp có thẩm quyền theo dõi, đánh giá:
{{comment}}
{_SIGN.format("CÔNG CHỨC TỰ ĐÁNH GIÁ")} | {_SIGN.format("CẤP CÓ THẨM QUYỀN THEO DÕI, ĐÁNH GIÁ")}
{{signed}} | {{confirmed}}"""
MAU_01_NOTES = ("Ghi rõ kỳ theo dõi là tháng/quý ... năm... .",)

_BOXES = """\
{excellent} Hoàn thành xuất sắc nhiệm vụ
{good} Hoàn thành tốt nhiệm vụ
{completed} Hoàn thành nhiệm vụ
{not_completed} Không hoàn thành nhiệm vụ"""
_OWN = _BOXES.replace("{", "{own_")
_DECIDED = _BOXES.replace("{", "{decided_")
_MONTHS = "\n".join(f"{month} | {{m{month:02}}} | {{n{month:02}}}" for month in range(1, 13))

MAU_02 = f"""\
Mẫu số 02
{_HEAD}
PHIẾU XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC
Năm {{year}}
{_PERSON}
I. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ
Tháng | Tổng điểm theo dõi, đánh giá | Ghi chú
{_MONTHS}
Tổng điểm trung bình cả năm | {{mean}} |
II. CÔNG CHỨC TỰ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG
{_OWN}
III. KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG CỦA CẤP CÓ THẨM QUYỀN CÔNG CHỨC1
{_DECIDED}
IV. ĐỀ XUẤT PHƯƠNG ÁN XỬ LÝ2
{{measures}}
{_SIGN.format("CÔNG CHỨC TỰ XẾP LOẠI")} | {_SIGN.format("CẤP CÓ THẨM QUYỀN XẾP LOẠI")}
{{signed}} | {{confirmed}}"""
MAU_02_NOTES = (
    "Việc xếp loại chất lượng công chức căn cứ vào quy định tại Điều 20 Nghị định này.",
    "Việc đề xuất phương án xử lý căn cứ quy định tại Điều 23 Nghị định này.",
)

PHU_LUC_II = f"""\
Phụ lục II
{_HEAD}
PHIẾU XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC
Năm {{year}}
{_PERSON}
I. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ
1. Kết quả theo dõi, đánh giá theo tiêu chí chung (tối đa 30 điểm): {{general}}
2. Kết quả theo dõi, đánh giá theo tiêu chí kết quả thực hiện nhiệm vụ (tối đa 70 điểm): {{result}}
II. VIÊN CHỨC TỰ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG
{_OWN}
III. KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG VIÊN CHỨC CỦA CẤP CÓ THẨM QUYỀN
{_DECIDED}
IV. Ý KIẾN NHẬN XÉT CỦA CẤP CÓ THẨM QUYỀN VÀ ĐỀ XUẤT PHƯƠNG ÁN XỬ LÝ1
{{remarks}}
{{measures}}
{_SIGN.format("VIÊN CHỨC TỰ XẾP LOẠI")} | {_SIGN.format("CẤP CÓ THẨM QUYỀN XẾP LOẠI")}
{{signed}} | {{confirmed}}"""
PHU_LUC_II_NOTES = ("Việc đề xuất phương án xử lý căn cứ quy định tại Điều 16 Nghị định này.",)
