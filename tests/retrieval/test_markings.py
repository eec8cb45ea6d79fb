"""What may not come in, what needs leave, and what is only a part."""

from __future__ import annotations

import pytest

from retrieval.errors import ArticleUnreadable
from retrieval.markings import find_partial, refuse_marked

BODY = "\n\n青禾市某通知\n\n正文一段。\n"


@pytest.mark.parametrize(
    "mark", ["机密★10年", "绝密", "秘 密", "密级：秘密", "秘密★1年", "绝密★启用前", "【机密】", "机密 ★ 长期"]
)
def test_a_secret_is_refused_and_no_leave_helps(mark: str) -> None:
    for text in (mark + BODY, BODY + mark):
        with pytest.raises(ArticleUnreadable, match="密级"):
            refuse_marked(text, allow_internal=True)
    with pytest.raises(ArticleUnreadable, match="密级"):
        refuse_marked(BODY, margins=mark)


def test_a_file_named_secret_is_refused() -> None:
    with pytest.raises(ArticleUnreadable, match="机密"):
        refuse_marked(BODY, name="关于某事的通知（机密）")


@pytest.mark.parametrize(
    "text",
    [
        "要依法保守国家秘密，严防泄露机密。" + BODY,
        "保密工作会议召开" + BODY,
        "档案分为绝密、机密、秘密三级。" + BODY,
        "商业秘密保护" + BODY,
        "内部控制建设" + BODY,
        "加强内部管理，不得外传谣言。" + BODY,
    ],
)
def test_speaking_of_secrets_is_no_mark(text: str) -> None:
    refuse_marked(text)


@pytest.mark.parametrize(
    "mark",
    [
        "内部资料",
        "内部资料 注意保存",
        "内部文件，不得外传",
        "★内部",
        "仅供内部参考",
        "（内部使用）",
        "请勿外传",
    ],
)
def test_internal_needs_leave(mark: str) -> None:
    with pytest.raises(ArticleUnreadable, match="--allow-internal"):
        refuse_marked(mark + BODY)
    refuse_marked(mark + BODY, allow_internal=True)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("订阅后可查看全文(剩余80%)", True),
        ("登录后查看全文", True),
        ("（下转第4版）", True),
        ("剩余60%未读", True),
        ("以下内容需订阅", True),
        ("点击查看剩余内容", True),
        ("阅读全文", False),
        ("市民登录平台后可查看全文件清单，办事更方便。", False),
        ("剩余80%的资金已拨付。", False),
    ],
)
def test_a_part_says_so(line: str, *, found: bool) -> None:
    assert (find_partial(f"{BODY}{line}\n") == line) is found


def test_an_editor_s_note_tells_what_stood_in_the_original():
    note = "> 本文是摘要。原文末尾有“订阅后可查看全文（剩余80%）”字样。\n\n"
    assert find_partial(f"# 题\n\n{note}{BODY}") == "订阅后可查看全文（剩余80%）"
    assert find_partial(f"# 题\n\n> 读者说“全文可以查看”。\n\n{BODY}") == ""
