"""Every word of the page has its English; colours can be read."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from qinghe import ARTICLE, answer_to

from assistant.accounts.audit import Entry
from assistant.accounts.records import Account
from assistant.app import layout, shell
from assistant.app.accounts_html import (
    audit_html,
    first_password_html,
    people_html,
    people_off_html,
    whole_html,
)
from assistant.app.admin_html import candidates_html, library_state_html
from assistant.app.ledger_html import ledger_html
from assistant.app.login_html import login_page, password_page
from assistant.app.render import answer_html
from assistant.app.shelf_html import adding_html, shelf_html
from assistant.attachments.store import Attachment
from assistant.bookkeeping.limits import LedgerWanted
from assistant.conversations.records import Rating, Summary
from assistant.feedback.candidates import Candidate
from assistant.llm.ports import ModelState
from assistant.scoping import Scope
from assistant.shelf.listing import Wanted
from retrieval import CheckReport

GIVEN = json.loads(layout.asset("english.json"))
PATTERNS = [re.compile(pattern) for pattern, _ in GIVEN["patterns"]]
CHINESE = re.compile("[\u4e00-\u9fff]")
# Names that are the same in both languages, and what articles give.
SAME = {"据实", "中文", "语言 Language", "青禾市", "青禾日报", "2025年"}
ACCOUNT = Account(account_id="a", login="q", name="q")
ENTRY = Entry(number=1, at="2025-03-09T08:00:00+00:00", who="q", action="上传")
SUMMARY = Summary(conversation_id="k", title="题", updated="", questions=1)


class Words(HTMLParser):
    """Collects the texts and labels of a page but for what is verbatim."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._verbatim: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._verbatim.append("verbatim" in (given.get("class") or "").split())
        if not any(self._verbatim):
            self.found |= {given[name] or "" for name in ("placeholder", "title") if name in given}
        if tag in {"input", "br", "rect", "meta", "link"}:
            self._verbatim.pop()

    def handle_endtag(self, tag: str) -> None:
        self._verbatim.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._verbatim):
            self.found.add(data.strip())


def has_english(text: str) -> bool:
    if not CHINESE.search(text) or text in SAME or text in GIVEN["words"]:
        return True
    if any(pattern.search(text) for pattern in PATTERNS):
        return True
    return any(
        between in text and all(has_english(part.strip()) for part in text.split(between))
        for between in (" · ", "；")
    )


PAGES = {
    "login": login_page() + password_page(ACCOUNT) + password_page(ACCOUNT.model_copy(update={"must_change": False}))
    + shell.account_html("q", "管理员") + shell.account_html("q", "读者"),
    "shell": shell.masthead_html()
    + shell.welcome_html()
    + shell.guide_html()
    + shell.examples_html(["q"]).replace(">q<", "><")
    + shell.status_html([ARTICLE], ModelState(model="m"))
    + shell.status_html([], ModelState(model="m"), "extractive"),
    "talks": shell.talks_html([], "", "x") + shell.scope_html(Scope(years=("2025",)), [ARTICLE]),
    "attached": shell.attached_html([Attachment(article_id="附件-k-a", name="x")], "k"),
    "library": adding_html(may_change=True) + adding_html(may_change=False) + shelf_html([], Wanted(), may_change=True),
    "people": people_html(
        [ACCOUNT, ACCOUNT.model_copy(update={"login": "x", "role": "admin", "last_seen": "2025-03-09T08:00:00+00:00"}),
         ACCOUNT.model_copy(update={"disabled": True})], {"q"}, "x", first_password_html(ACCOUNT, "p"))
    + people_off_html() + audit_html([]) + audit_html([ENTRY] * 100, "x", whole_html(0)) + whole_html(3),
    "admin": candidates_html([]) + library_state_html(CheckReport(articles=1, chunks=1, problems=("x",))),
    "ledger": ledger_html([ARTICLE], [], LedgerWanted(), may_change=True) + ledger_html([], [], LedgerWanted(), may_change=True),
    "answers": "".join(answer_html(answer_to(q), {}, Rating(verdict="down", reason="x")) for q in ("志愿者", "天气")),
    "candidate": candidates_html([Candidate(candidate_id="a", questions=("q",))]),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_the_page_has_its_english(name):
    missing = {text for text in Words(PAGES[name]).found if not has_english(text)}
    known = {
        "q",
        ARTICLE.title,
        f"查看出处：{ARTICLE.title}",
        "答案逐句摘自资料库里的文章，不经过任何网络服务",
    }
    dated = {
        text
        for text in missing
        if "数据时间" in text or "青禾" in text or text in known or "未接入模型" in text
    }
    assert missing - dated == set()


def test_every_word_of_the_scripts_has_its_english():
    missing = set()
    for name in layout._SCRIPTS:
        script = re.sub(r"^\s*//.*$", "", layout.asset(name), flags=re.MULTILINE)
        for text in re.findall(r'"([^"\n]*[\u4e00-\u9fff][^"\n]*)"', script):
            missing |= set() if has_english(text) else {text}
    assert (
        missing - {"未收入：", "没有收到。请重试。", "粘贴的文章", "核对结果.docx", "首次密码.xlsx"} == set()
    )


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *[(ink, ground) for ink in ("ink", "soft", "accent", "half", "bad", "good") for ground in ("paper", "ground")],
    ("on-accent", "accent"), ("mark-ink", "mark"), ("good", "good-soft"), ("half", "half-soft"),
    ("none", "none-soft"), ("bad", "bad-soft"), ("accent", "accent-soft"), ("ink", "accent-soft"), ("paper", "ink"),
]  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_words_can_be_read_on_their_ground(theme, pair):
    blocks = re.split(r"\}|@media", layout.asset("colours.css"))
    (block,) = [one for one in blocks[:2] if (".dark," in one) is (theme == "dark") and "--ink" in one]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    one, other = pair
    assert contrast(colours[one], colours[other]) >= 4.5


def test_scripts_do_not_share_their_names():
    scripts = [layout.asset(name) for name in layout._SCRIPTS]
    assert all("\n(() => {" in f"\n{script}" for script in scripts)
    assert all(one != other for one, other in pairwise(sorted(layout._SCRIPTS)))
