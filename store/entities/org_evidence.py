"""Names of bodies that only the words around them tell: makers, sources of figures, papers that were told."""

from __future__ import annotations

from store.entities.lexicon import Lexicon
from store.entities.names import syllable
from store.entities.spans import Text, pairs

_MADE = pairs(
    "sản xuất,gia công,phân phối,chế tạo,lắp ráp,cung cấp,vận hành,nhập khẩu,phát hành,cung ứng,"
    "bào chế,đóng gói,quản lý,thi công"
)
_ART = frozenset("phim album ca khúc mv vở bài hát truyện sách tiểu nhạc".split())
_FIGURES = pairs(
    "dữ liệu,số liệu,báo cáo,thống kê,khảo sát,nghiên cứu,ước tính,dự báo,xếp hạng,phân tích,bảng xếp,"
    "thông tin,công bố,tính toán"
)
_TELLS = pairs("trao đổi,chia sẻ,trả lời,trò chuyện,tiết lộ,tâm sự,xác nhận,khẳng định,cho biết")


def told_by_context(t: Text, i: int, j: int, lex: Lexicon) -> bool:
    """Whether the unknown capitals [i:j) are a body by what stands around them: "do Zentra gia công",
    "trao đổi với PLVN"."""
    before = t.low[i - 1] if i > 1 else ""
    if before not in ("do", "với", "viên") or lex.titles.match(t.low, i) or lex.roles.match(t.low, i):
        return False
    alien = all(not syllable(word) and len(word) > 1 for word in t.word[i:j])
    if before == "do" and alien and tuple(t.low[j : j + 2]) in _MADE:
        return _ART.isdisjoint(t.low[max(0, i - 12) : i])  # "bộ phim do Spielberg sản xuất"
    letters = j == i + 1 and t.word[i].isupper() and 3 <= len(t.word[i]) <= 6
    if letters and before in ("với", "viên") and not t.shouted:
        k = i - 1 - 2 * (t.low[i - 3 : i] == ["với", "phóng", "viên"])
        return t.low[k] == "với" and tuple(t.low[max(0, k - 2) : k]) in _TELLS
    return False


def source_of_figures(t: Text, i: int, j: int, lex: Lexicon) -> bool:
    """Whether foreign capitals [i:j) are the source of figures: "theo dữ liệu của FiinTrade"."""
    if i < 4 or t.low[i - 1] not in ("của", "từ") or tuple(t.low[i - 3 : i - 1]) not in _FIGURES:
        return False
    alien = not any(map(syllable, t.word[i:j])) and t.low[i] not in lex.foreign
    return alien and "theo" in t.low[max(0, i - 7) : i - 3]
