"""Marks on a document that say who may read it, and marks that it is only a part."""

from __future__ import annotations

import re

from retrieval.errors import ArticleUnreadable

_HEAD_LINES, _TAIL_LINES, _MOST_LINE = 15, 5, 40
_LEVEL = r"绝\s*密|机\s*密|秘\s*密"
_TERM = r"(?:长期|\d{1,2}\s*(?:年|个月)|[一二三四五六七八九十]{1,3}(?:年|个月)|启用前|★|\s)*"
# A mark stands on a line of its own; a star beside the level is one wherever the line is short.
_SECRET_LINE = re.compile(
    rf"[\s(（【\[]*(?:密\s*级\s*[：:]?\s*)?(?P<level>{_LEVEL})\s*[★☆*]?\s*{_TERM}[)）】\]\s]*"
)
_SECRET_STAR = re.compile(rf"(?P<level>{_LEVEL})\s*[★☆]")
_SECRET_NAME = re.compile(rf"[【\[(（](?P<level>{_LEVEL})[)）】\]]|(?P<starred>{_LEVEL})★")
_INTERNAL = re.compile(
    r"[\s(（【\[★]*(?:内部(?:资料|文件|参考|材料|刊物|文稿|讨论稿|使用|掌握|传阅)?|仅供(?:内部|领导)(?:使用|参考|参阅|传阅|掌握)?|内\s*参"
    r"|(?:请勿|不得|严禁|禁止)(?:外传|外泄|转发|公开|扩散))"
    r"(?:[\s,，、;；·★—-]*(?:注意保存|妥善保管|不得外传|请勿外传|严禁外传|不得公开|阅后(?:即焚|收回|销毁)|仅供参考|内部资料|内部使用|禁止翻印|不得翻印|不予公开))*[\s)）】\]★。！!]*"
)
_INTERNAL_NAME = re.compile(r"[【\[(（]内部(?:资料|文件|参考|材料|使用)?[)）】\]]")
_PARTIAL = re.compile(
    r"[（(【\[]?(?:"
    r"(?:订阅|登录|登陆|注册|付费|购买|开通\S{0,6}|下载\S{0,8}|扫码\S{0,8}|打开\S{0,8})后?(?:才?[可能])?(?:以)?(?:查看|阅读|浏览|解锁)(?:全文|全部|更多|剩余|完整)\S{0,12}?(?:[（(]剩余\s*\d{1,3}\s*[%％][)）])?"
    r"|(?:此处|以下|下文|余下|剩余)(?:内容|部分)?\S{0,4}(?:省略|略去|从略|付费|需订阅|未显示)\S{0,10}"
    r"|(?:全文)?剩余\s*\d{1,3}\s*[%％](?:未读|内容|未显示)?"
    r"|(?:点击|展开)(?:此处|这里)?(?:查看|阅读|展开)?(?:剩余|其余)\S{0,10}"
    r"|(?:未完待续|下转第?\s*[\dA-Z一二三四五六七八九十]{1,3}\s*版)"
    r")[)）】\]。…]*"
)

_QUOTED = re.compile("“([^“”]{4,40})”")


def refuse_marked(text: str, *, margins: str = "", name: str = "", allow_internal: bool = False) -> None:
    """Raises ArticleUnreadable if a text is marked as a state secret, or as internal without leave.

    Only a mark counts: a line of its own at the top or bottom, in a page's margin or in the file's name.
    A sentence that speaks of secrets is no mark.
    """
    lines = [*_edges(text), *margins.splitlines()[:50]]
    level = next((found for line in lines if (found := _secret(line))), "")
    if match := _SECRET_NAME.search(name):
        level = level or match["level"] or match["starred"]
    if level:
        word = re.sub(r"\s", "", level)
        raise ArticleUnreadable(f"标有密级“{word}”，按规定不得收入，没有保存任何内容：请按保密规定处理。")
    mark = next((line.strip() for line in lines if len(line) < _MOST_LINE and _INTERNAL.fullmatch(line)), "")
    if match := _INTERNAL_NAME.search(name):
        mark = mark or match[0]
    if mark and not allow_internal:
        raise ArticleUnreadable(
            f"标有“{mark[:20]}”，没有收入：请先确认可以收入本资料库，再用 --allow-internal 重新导入。"
        )


def find_partial(text: str) -> str:
    r"""Returns the words by which a text says that it is only a part of an article, `""` if it does not.

    >>> find_partial("报道如下。\n订阅后可查看全文(剩余80%)\n"), find_partial("订阅者可以查看全文。")
    ('订阅后可查看全文(剩余80%)', '')

    An editor's note at the top, a Markdown quotation, may repeat the words that stood in the original.
    """
    for line in reversed(_edges(text)):
        if len(line) <= _MOST_LINE and (match := _PARTIAL.fullmatch(line.strip())):
            return match[0]
    head = [line for line in text[:20_000].splitlines() if line.strip()][:_HEAD_LINES]
    noted = "".join(line for line in head if line.startswith(">"))
    return next((said for said in _QUOTED.findall(noted) if _PARTIAL.fullmatch(said)), "")


def _secret(line: str) -> str:
    if len(line) > _MOST_LINE:
        return ""
    match = _SECRET_LINE.fullmatch(line) or _SECRET_STAR.search(line)
    return match["level"] if match else ""


def _edges(text: str) -> list[str]:
    """Returns the lines at the top and the bottom of a text without their white space and heading marks."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:_HEAD_LINES]
    tail = [line for line in text[-5_000:].splitlines() if line.strip()][-_TAIL_LINES:]
    return [re.sub(r"^[#>\s\u3000]+|\s+$", "", line) for line in [*head, *tail]]
