"""Names of bodies that go on in small letters no list knows: "Phòng Quản lý *đê điều*", "CLB Chèo *trẻ*
phường Tân Hà". Evidence decides: what stands between, and what the words lead to."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import syllable, vietnamese
from store.entities.org_fields import parent_begins
from store.entities.places import gazetteer
from store.entities.spans import Text, pairs

_MOST = 8


_TASKS = pairs(  # what a body does to an object: the object belongs to the name
    "quản lý,hỗ trợ,phát triển,thực hiện,kiểm soát,điều phối,kinh doanh,bảo vệ,bảo tồn,nghiên cứu,"
    "ứng dụng,chăm sóc,xúc tiến,khai thác,công tác,tư vấn,huấn luyện,khảo sát,giám định,vận hành,"
    "điều hành,phục hồi,cứu trợ,cứu hộ,bảo trợ,giám sát,xử lý,phòng chống,đào tạo,sản xuất,nuôi dưỡng,"
    "sáng tạo,kiểm định,thông tin"
)
_NEED_OBJECT = pairs(  # of these, the ones that are no field alone
    "quản lý,hỗ trợ,phát triển,thực hiện,kiểm soát,bảo vệ,bảo tồn,chăm sóc,xúc tiến,khai thác,điều phối,"
    "ứng dụng,cứu trợ,bảo trợ,phòng chống,nuôi dưỡng"
)
# Words that no name has inside it.
_STOP = frozenset(
    "khắp quanh toàn ven dọc suốt phủ bao của cho đã đang sẽ là tại ở với để trong ngoài do bị được vừa "
    "cũng còn nên thì mà như khi nếu vì theo nhằm qua trên dưới sau trước ra vào lên xuống đến tới này "
    "kia đó ấy hay hoặc nhưng bằng cùng mỗi nhiều ít rất quá không chưa chẳng phải cần muốn nói kể biết "
    "hôm sáng chiều tối trưa đêm lúc lại vẫn luôn từng rồi nay phía gần hơn khoảng nhau mình họ ta tôi "
    "anh chị ông bà có từ về thuộc ngày năm tháng một hai ba bốn sáu bảy tám chín mười trao tặng gửi "
    "nhận họp mời bắt phạt đón thắng thua hòa gặp thăm kiện thuê vay mua bán đưa gọi giữ tìm nhờ nghe "
    "hỏi trả đòi nợ chi rút nộp lấy nêu khen xin giúp dự làm ký thay chở đi chạy dọn quét rời sang hứa "
    "mừng chúc viết ghi đăng đề xuất tăng giảm tiếp khóa mở chọn cử phân kêu khuyên nhắc chặn lập xem đo "
    "vượt chiếm đạt giành chốt dời sửa trồng thả xả góp đóng dừng ngừng chấm tuyển rà dập hạ đánh tham "
    "vận"
    .split()
)  # fmt: skip
# What begins like a verb and is part of a name, or the other way round.
_NOUNS = pairs(
    "năm học,ba đình,dự án,đóng tàu,chi tiêu,mở rộng,tham nhũng,trồng trọt,sáng kiến,sáng chế,sáng tạo,"
    "bán lẻ,bán dẫn,mua sắm,vận tải,vận động,vận hành,thay thế,tháng tám,công nghiệp,đánh giá,từ thiện,"
    "hòa giải,hòa bình,ngoài khơi,ngoài trời,đề án,giảm nghèo,giảm nhẹ,tìm kiếm,ký túc,chấm thi,vấn đề,"
    "chủ đề,chuyên đề,y tế,tiếp thị,ngày mai,trong nước,ngoài nước,ký sinh,sửa chữa,tham mưu"
)
_VERBS = pairs(
    "phối hợp,yêu cầu,tổ chức,khởi tố,khởi công,khởi động,phát hiện,phát động,phát hành,triển khai,"
    "ban hành,kiểm tra,hướng dẫn,hỗ trợ,thông báo,thông tin,thông qua,thông xe,khuyến cáo,cảnh báo,"
    "báo cáo,khẳng định,nhấn mạnh,chủ trì,chủ động,thực hiện,thẩm định,thẩm tra,thanh tra,điều tra,"
    "điều động,điều chỉnh,xử lý,xử phạt,xác minh,xác định,xác nhận,công bố,công nhận,đánh giá,đồng ý,"
    "đồng loạt,đồng hành,huy động,vận động,vận chuyển,bàn giao,bàn bạc,giải quyết,giải thích,giới thiệu,"
    "bổ nhiệm,bổ sung,khám nghiệm,khám phá,truy bắt,truy tố,tuyên án,tuyên bố,tuyên dương,quyết định,"
    "kết luận,kết hợp,kết nối,liên hệ,tăng cường,tập trung,tập huấn,tiến hành,cung cấp,đầu tư,xây dựng,"
    "hoàn thành,hoàn thiện,sản xuất,nhất trí,ủng hộ,quyên góp,rút kinh,siết chặt,khánh thành,thành lập,"
    "chính thức,chỉ đạo,phê duyệt,phản ánh,phản hồi,kiến nghị,kêu gọi,mong muốn,thu giữ,thu hồi,thu hút,"
    "thu về,lên tiếng,ghi nhận,cam kết,bày tỏ,chia sẻ,đối thoại,tọa đàm,cứu sống,điều trị,cấp cứu,"
    "phẫu thuật,quản lý,khắc phục,áp dụng,gia hạn,gia nhập,tổng hợp,tổng kết,sơ kết,trực tiếp,trực thuộc,"
    "nỗ lực,sẵn sàng,tiêu thụ,xuất khẩu,nhập khẩu,xuất quân,thất bại,vô địch,đăng quang,quy tụ,bảo vệ,"
    "bảo đảm,đảm bảo,đáp ứng,nghiên cứu,phân tích,dự báo,dự kiến,ước tính,lưu ý,đấu giá,đấu thầu,"
    "thi công,biểu diễn,trình diễn,ra mắt,khai trương,khai mạc,khai giảng,tôn vinh,khen thưởng,vinh danh,"
    "biểu dương,trưng bày,tiêu hủy,tiêm phòng,cách ly,phun thuốc,vui mừng,tự hào,sáp nhập,hợp nhất,"
    "giải thể,hoạt động,phục vụ,chuyển giao,chuyển đổi,thí điểm,cải tạo,tháo gỡ,nhắc nhở,răn đe,tạm giữ,"
    "tạm giam,tạm đình,đình chỉ,hủy bỏ,cưỡng chế,di dời,sơ tán,ứng phó,thường xuyên,liên tục,liên tiếp,"
    "lần lượt,nhanh chóng,kịp thời,hiện nay,hiện tại,hàng năm,quyết liệt"
)


def small_words_end(t: Text, first: int, j: int, lex: Lexicon, *, before_name: bool) -> int:
    """The end of the small words at `j` that go on with a name whose field begins at `first`, or `j`
    where the evidence is thin: at most eight words, none of them a verb or a word of grammar, that lead
    to an abbreviation in brackets, the body's place or parent, in an office to its holder; to any end at
    all when the field is a task that lacks its object."""
    opening = (t.low[first], t.low[first + 1]) if first + 1 < t.n else ("", "")
    task = opening in _TASKS
    bare_task = task and j - first <= 2
    k = j + 1 if bare_task and j == first + 1 else j
    start = k
    while k < t.n and k - start < _MOST and not t.cap[k] and t.word[k].isalpha():
        if not syllable(t.word[k]) or (k == start and lex.titles.match(t.low, k)):
            return j
        pair = (t.low[k], t.low[k + 1] if k + 1 < t.n else "")
        if pair in _VERBS or (t.low[k] in _STOP and pair not in _NOUNS):
            break
        if t.low[k] in ("và", "các", "những") and k > start:
            break
        if t.low[k] in ("tỉnh", "thành", "huyện", "quận", "xã", "phường", "thị") and _place_noun(t, k, lex):
            return k if k > start and (task or k - start == 1) else j
        if bare_task and k > start and (number := _number(t, k)):
            return number
        k += 1 + (pair in _NOUNS)
    if k == start or k > t.n:
        return j
    if k < t.n and t.word[k] == "(" and t.bracket(k) and _spelt(t, first, k):
        return k
    if k < t.n and t.cap[k]:
        if k - start > 4 and not task:
            return j
        if parent_begins(t, k, lex):
            return k if task or k - start == 1 else j
        if before_name and vietnamese(t, k, lex):
            return k if k - start > 1 else j
        if task and not bare_task:
            town = gazetteer(t, k, lex)  # "Trung tâm Bảo tồn di tích cố đô Huế"
            return k if town and town[1].rank in ("province", "world") and k - start < 4 else j
        if not bare_task:
            return j
        if gazetteer(t, k, lex) or vietnamese(t, k, lex):
            return k
        if t.word[k].isupper() and len(t.word[k]) > 1 and not lex.orgs.match(t.low, k):
            return k + 1  # "Ban Thực hiện chính sách BHYT"
        return _own_name(t, k, lex)
    return k if bare_task and k - start > 1 and opening in _NEED_OBJECT else j


def _number(t: Text, k: int) -> int:
    """The end of "số 2", "khu vực 2" at `k`, or 0."""
    j = k + 1 if t.low[k] == "số" else k + 2
    numbered = t.low[k] == "số" or t.low[k : k + 2] == ["khu", "vực"]
    return j + 1 if numbered and j < t.n and t.word[j].isdigit() else 0


def _place_noun(t: Text, k: int, lex: Lexicon) -> bool:
    """Whether a locality's noun and its name stand at `k`."""
    head = lex.place_heads.match(t.low, k)
    return head is not None and head[0] < t.n and t.cap[head[0]]


def _spelt(t: Text, first: int, k: int) -> bool:
    """Whether the abbreviation in brackets at `k` spells the words before it."""
    letters = [letter for letter in t.word[k + 1] if letter.isupper()]
    words = [word[0] for word in t.low[max(0, first - 4) : k] if word.isalpha()]
    short = [letter.lower() for letter in letters]
    return len(short) > 1 and short[-2:] == words[-2:]


def _own_name(t: Text, k: int, lex: Lexicon) -> int:
    """The end of the name in capitals at `k` behind the object of a task: "… tài năng trẻ *Bình Minh*"."""
    end = k
    while end < t.n and t.cap[end] and t.word[end].isalpha() and end - k < 3:
        known = (lex.org_heads, lex.orgs, lex.roles, lex.titles)
        if any(phrases.match(t.low, end) for phrases in known):
            break
        end += 1
    return end
