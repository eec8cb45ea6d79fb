"""Whether a clause affirms or denies, and which way a change goes."""

from __future__ import annotations

import re

# Words that contain a negating character and deny nothing.
_HARMLESS = re.compile(
    "不断|不仅|不但|不少|不锈|不同|不动产|不久|不妨|不得了|不愧|不止|不只|不光|不管|不论|不惜|不懈|不畏|不忘|不负|了不起|对不起|不足之处|短板不足|存在不足|不低于|不少于|不超过|不高于|不多于|不足(?=\\d|[一二三四五六七八九十百千万])|不到(?=[\\d一二三四五六七八九十百千万])|"
    "未来|未必|未成年|未知|未婚|无数|无论|无线|无人机|无障碍|无缝|无私|无疑|无微不至|无偿|无锡|无形|无物业|三无|非公|非常|非遗|非物质|非企|非营利|非凡|除非|非洲|是非|没收|沉没|淹没|毋庸|勿忘|否则|能否|是否|与否|可否|"
    "别人|别的|个别|分别|特别|级别|区别|类别|性别|识别|告别|差别|辨别|禁区|免费|避免|以免|难免|莫名"
)
_DENIES = re.compile(
    "不(?![一二三四五六七八九])|未|没有|没|无(?!锡)|非(?!洲)|毋|勿|莫|杜绝|禁止|严禁|取消不|并非|绝非|尚未|从未|否认|拒绝|缺乏|缺少|失败|未能|难以|不再|停止"
)
_UP = re.compile("增长|增加|上升|提高|提升|增多|上涨|扩大|升至|升到|增至|增强|多了|同比增|净增")
_DOWN = re.compile("减少|下降|降低|缩减|压减|缩小|回落|减至|降至|少了|下滑|下跌|减弱|精简|减负")


def negations(text: str) -> int:
    """Returns how many denials a text holds; qualifiers (不足100) and words such as 不断 are none.

    >>> negations("不断提升,尚未建成")
    1
    """
    return len(
        _DENIES.findall(
            _HARMLESS.sub("〇", text).replace("尚未", "未").replace("并非", "非").replace("没有", "没")
        )
    )


def direction(text: str) -> frozenset[str]:
    """Returns which ways of change a text names: a subset of {"up", "down"}."""
    return frozenset((["up"] if _UP.search(text) else []) + (["down"] if _DOWN.search(text) else []))
