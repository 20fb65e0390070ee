"""Where an office ends and the clause goes on: the words of each."""

from __future__ import annotations

from store.entities.spans import Text

_HEADS = frozenset("phó chủ bí giám tổng trưởng ủy thứ bộ cục vụ nguyên cựu quyền viện hiệu đại".split())


def goes_on(t: Text, j: int) -> bool:
    """Whether a small word behind the body of an office goes on with it, not with the clause."""
    if t.low[j - 1 : j + 1] == ["thực", "hiện"]:
        return True
    return t.low[j] in ("thuộc", "của", "phụ", "tại", "ở", "trên") or (
        t.low[j] == "và" and in_an_office(t, j)
    )


def in_an_office(t: Text, j: int) -> bool:
    """Whether word `j` may go on an office behind a name."""
    word, low = t.word[j], t.low[j]
    if low == "bác":
        return t.low[j + 1 : j + 2] in (["sĩ"], ["sỹ"])  # "chủ tọa bác kháng cáo"
    if low in CLAUSE:
        near = j + 1 < t.n and t.cap[j + 1]
        if " ".join(t.low[j : j + 2]) in _IN_COURT or t.low[j - 1 : j + 1] == ["thực", "hiện"]:
            return True  # "đại diện các bị hại", "Ban Thực hiện chính sách"
        return (low == "và" and near) or (low == "về" and t.low[j - 1] in ("gia", "cứu", "sư"))
    if word in "-–":  # "Chương trình Việt - Đức", not "Bí thư Tỉnh ủy - Chủ tịch HĐND"
        return t.cap[j - 1] and t.cap[j + 1 : j + 2] == [True] and t.low[j + 1] not in _HEADS
    return word[0].isalnum() or word in "&()"


_IN_COURT = frozenset(("bị hại", "bị đơn", "bị cáo", "bị can"))
_SAYS = frozenset("đã vừa đang sẽ nói kể".split())
_SAYS_PAIRS = frozenset(
    pair.strip()
    for pair in (
        "cho biết,cho hay,cho rằng,khẳng định,nhấn mạnh,chia sẻ,chủ trì,phát biểu,trực tiếp,cam kết,đề nghị,"
        "yêu cầu,bày tỏ,nhận định,lưu ý,cảnh báo,giải thích,tham dự,kiến nghị,tuyên bố,xác nhận,tiết lộ,"
        "khuyến cáo,kêu gọi,trả lời,nhận xét,thông tin,đồng chủ"
    ).split(",")
)


def says(t: Text, j: int) -> bool:
    """Whether a clause goes on at `j` with a verb that never stands in an office."""
    return t.low[j] in _SAYS or " ".join(t.low[j : j + 2]) in _SAYS_PAIRS


CLAUSE_PAIRS = frozenset(
    pair.strip()
    for pair in (
        "báo cáo,đề nghị,đề xuất,chủ trì,kết luận,kiến nghị,thông tin,giải thích,phát biểu,chỉ đạo,kiểm tra,"
        "giao cho,gửi lời,gửi thư,gửi điện,tuyên bố,tiết lộ,khai mạc,khai nhận,hướng dẫn,cảnh báo,tin rằng,"
        "tin tưởng,ứng cử,cung cấp,lập công,lập cú,kêu gọi,động viên,tiếp tục,tiếp đón,tiếp xúc,cứu sống,"
        "cứu người,biểu diễn,biểu dương,sinh năm,sinh ngày,tự hào,tự tay,bắt tay,bắt đầu,thông báo,"
        "quyết định,lưu ý,thừa nhận,giao lưu,giao nhiệm,giải trình,giải bày,phát động,phát hiện,chỉ ra,"
        "yêu cầu,giao cho,phê bình,phê duyệt,kỷ luật,cách chức,miễn nhiệm,bổ nhiệm,điều động,khởi tố,"
        "bắt giữ,bắt tạm,tuyên phạt,triệu tập,kế nhiệm,tố cáo,giới thiệu,truy tặng,công nhận,chỉ định,"
        "lý giải,tâm sự,phản ánh,trăn trở,góp ý,trình bày,tổng kết,băn khoăn,ví von,gợi ý,"
        "cam đoan,nhận xét,chia sẻ,khẳng định,nhấn mạnh,bày tỏ,yêu cầu,lưu ý,trả lời,xác nhận,cam kết,"
        "điều khiển,điều hành phiên,khai trương,cắt băng,ghi nhận,biểu quyết,đồng ý,thống nhất,tán thành,"
        "phản đối,từ chối,chứng kiến,trực tiếp,thừa lệnh,ủy quyền,làm việc,làm chủ,làm rõ,"
        "phân công,truy tố,khen thưởng,khen ngợi,xử phạt,tạm giữ,tạm giam,thay thế,tiến cử,"
        "tuyên dương,tại hội,tại buổi,tại lễ,tại phiên,tại cuộc,tại chương,tại sự,tại trụ,tại kỳ,tại đại,"
        "tại ngày,ở buổi,tại điểm,tại hiện"
    ).split(",")
)
CLAUSE = frozenset(
    "đã đang sẽ vừa bị được có là cho nói kể bảo hỏi trao dự tham thăm yêu ký đánh đến cùng huy tặng "
    "chúc gặp đọc thì mà khi vì với như cũng mở nhận từ phải không muốn mong cần nhấn khẳng bày "
    "chia tâm trả lo mang đưa vào ra lên xuống lại nhờ xin đi tới ngồi đứng nhìn thấy nghĩ hy mừng khóc "
    "cười hát sút ghi thắng thua và rồi nhưng sau trước trong lúc nếu do bởi còn bộc viết hứa nêu gợi để qua "
    "hiện ngay này đó nay theo về cảm ơn lấy giúp chuyền khuyên làm hay giữ nhằm rằng cả đều mới luôn vẫn "
    "chưa chẳng trú ngụ quê mời bầu thay gọi rủ thuê lừa giết đâm".split()
)
