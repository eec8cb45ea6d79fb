from __future__ import annotations

import errno
import io
import json
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from qinghe import ARTICLE, QUOTE, FakeAssistant

from assistant.cli.batch import BadLine, BatchItem, read_batch
from assistant.cli.chat import is_loopback, listen, seed_paths
from assistant.cli.opening import Openers
from assistant.cli.program import run
from retrieval import LibraryLocked

HELD = {"qinghe": "qinghe", "qinghe_reprint": "qinghe"}
QUESTION = "青禾市有多少注册志愿者?"


class Ran:
    """What one run of the program gave."""

    def __init__(self, code: int, out: bytes, err: bytes) -> None:
        self.code, self.out, self.err = code, out.decode(), err.decode()

    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def jushi(assistant: FakeAssistant, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path):
    def invoke(*arguments: str, data: bool = True) -> Ran:
        handed_in = Openers(library=lambda _: assistant.library, assistant=lambda _: assistant)
        given = [*arguments, "--data", str(tmp_path / "data")] if data else list(arguments)
        code = run(given, handed_in)
        return Ran(code, *capsysbinary.readouterr())

    return invoke


def write_lines(path: Path, *lines: object) -> Path:
    text = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class TestAsk:
    def test_json_is_the_answer(self, jushi):
        ran = jushi("ask", QUESTION, "--json")
        answer = ran.json()
        assert ran.code == 0
        assert answer["status"] == "grounded"
        assert answer["short_answer"] == "3.2万名"
        cited = answer["citations"][0]
        assert cited["quote"] == ARTICLE.text[cited["start"] : cited["end"]]

    def test_text_is_readable_and_names_the_source(self, jushi):
        ran = jushi("ask", QUESTION)
        assert "【有据】" in ran.out
        assert "[1] 《青禾市志愿服务一年记》 青禾日报 2025-03-09（摘要，非原文）" in ran.out
        assert QUOTE in ran.out

    def test_abstaining_is_done(self, jushi):
        ran = jushi("ask", "今天天气")
        assert ran.code == 0
        assert "最接近的段落" in ran.out

    def test_rejected_exits_1(self, jushi):
        ran = jushi("ask", "  ")
        assert (ran.code, ran.out) == (1, "")
        assert "问题是空的" in ran.err

    def test_scope_reaches_the_assistant_with_reprints_resolved(self, jushi, assistant):
        jushi("ask", QUESTION, "--scope", "qinghe_reprint")
        assert assistant.asked[-1][2] == frozenset({"qinghe"})

    def test_unknown_scope_is_rejected(self, jushi, assistant):
        ran = jushi("ask", QUESTION, "--scope", "qinghe,nowhere", "--json")
        assert ran.code == 1
        assert ran.json()["status"] == "rejected"
        assert "nowhere" in ran.json()["text"]
        assert assistant.asked == []

    def test_lone_surrogates_do_not_break_the_output(self, jushi):
        assert jushi("ask", "志愿者\udcff", "--json").json()["question"] == "志愿者?"


class TestBatch:
    def test_answers_come_in_order_and_bad_lines_do_not_stop_it(self, jushi, tmp_path):
        source = write_lines(
            tmp_path / "in.jsonl",
            {"id": "a", "question": QUESTION},
            "{broken",
            {"id": 7, "question": "今天天气", "scope": ["qinghe"]},
            {"id": "lost", "question": QUESTION, "scope": ["nowhere"]},
            {"id": "talk", "turns": [QUESTION, "去年呢"]},
            {"id": "empty", "question": ""},
            {"id": "none"},
        )
        ran = jushi("ask", "--batch", str(source), "--out", str(tmp_path / "out.jsonl"))
        lines = read_lines(tmp_path / "out.jsonl")
        assert ran.code == 0
        assert [(line["id"], line["status"]) for line in lines] == [
            ("a", "grounded"),
            ("line-2", "rejected"),
            (7, "abstained"),
            ("lost", "rejected"),
            ("talk#0", "grounded"),
            ("talk#1", "grounded"),
            ("empty", "rejected"),
            ("none", "rejected"),
        ]
        assert "nowhere" in lines[3]["text"]

    def test_a_conversation_carries_its_history(self, jushi, assistant, tmp_path):
        source = write_lines(tmp_path / "in.jsonl", {"id": "t", "turns": [QUESTION, "去年呢"]})
        jushi("ask", "--batch", str(source), "--out", str(tmp_path / "out.jsonl"))
        first, second = assistant.asked
        assert first[1] == ()
        assert [(question, answer.status) for question, answer in second[1]] == [(QUESTION, "grounded")]

    def test_what_was_done_is_kept_when_the_run_ends_early(self, jushi, assistant, tmp_path, monkeypatch):
        answer = assistant.ask
        on_disk: list[str] = []

        def ask(question: str, *rest: Any) -> Any:
            if question == "断":
                on_disk.extend(line["id"] for line in read_lines(tmp_path / "out.jsonl"))
                raise LibraryLocked("另一个程序正在写入。")
            return answer(question, *rest)

        monkeypatch.setattr(assistant, "ask", ask)
        source = write_lines(
            tmp_path / "in.jsonl", {"id": "a", "question": QUESTION}, {"id": "b", "question": "断"}
        )
        ran = jushi("ask", "--batch", str(source), "--out", str(tmp_path / "out.jsonl"))
        assert ran.code == 1
        assert on_disk == ["a"]

    def test_search_batch_holds_hits(self, jushi, tmp_path):
        source = write_lines(
            tmp_path / "in.jsonl", {"id": "a", "question": "志愿者"}, {"id": "b", "question": ""}
        )
        jushi("search", "--batch", str(source), "--out", str(tmp_path / "out.jsonl"), "--k", "3")
        lines = read_lines(tmp_path / "out.jsonl")
        assert lines[0]["hits"][0]["article_id"] == "qinghe"
        assert lines[1]["status"] == "rejected"

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (b"[1]", "JSON 对象"),
            (b'{"id":"x","question":3}', "question"),
            (b'{"id":"x","turns":[]}', "turns"),
            (b'{"id":"x","question":"q","turns":["q"]}', "只留一个"),
            (b'{"id":"x","question":"q","scope":"qinghe"}', "scope"),
            (b'{"id":"x","question":"q","scope":[]}', "范围是空的"),
            ("{'id':'x'}".encode("gbk"), "JSON"),
        ],
    )
    def test_bad_lines_say_why(self, line, reason):
        (bad,) = read_batch(line, HELD)
        assert isinstance(bad, BadLine)
        assert reason in bad.reason

    def test_bom_blank_lines_and_missing_ids(self):
        raw = b'\xef\xbb\xbf{"question":"q"}\r\n\r\n{"id":true,"question":"r"}'
        assert read_batch(raw, HELD) == [BatchItem("line-1", ("q",)), BatchItem("line-3", ("r",))]


class TestSearch:
    def test_json_is_a_list_of_hits(self, jushi, library):
        (hit,) = jushi("search", "志愿者", "--json", "--k", "3", "--per-article").json()
        assert {"article_id", "chunk_id", "score", "legs", "start", "end", "text", "also"} <= hit.keys()
        assert (library.queries[0].top_k, library.queries[0].per_article) == (3, True)

    def test_unknown_scope_exits_1(self, jushi):
        ran = jushi("search", "志愿者", "--scope", "nowhere")
        assert (ran.code, ran.out) == (1, "")
        assert "nowhere" in ran.err


class TestLibraryCommands:
    def test_ingest_prints_a_line_an_article(self, jushi, tmp_path):
        (tmp_path / "新文.txt").write_text("青禾市新增岗位。", encoding="utf-8")
        ran = jushi("ingest", str(tmp_path / "新文.txt"), str(tmp_path / "缺.txt"), "--json")
        added, rejected = (json.loads(line) for line in ran.out.splitlines())
        assert added == {
            "path": str(tmp_path / "新文.txt"),
            "article_id": "新文",
            "result": "added",
            "reason": "",
        }
        assert rejected["result"] == "rejected"
        assert ran.code == 1
        assert "新增 1 篇" in ran.err

    def test_articles_and_article(self, jushi):
        assert [meta["article_id"] for meta in jushi("articles", "--json").json()] == ["qinghe"]
        assert jushi("article", "qinghe", "--json").json()["text"] == ARTICLE.text
        assert "来源：青禾日报" in jushi("article", "qinghe").out

    def test_unknown_article_exits_1_without_traceback(self, jushi):
        ran = jushi("article", "nowhere")
        assert ran.code == 1
        assert ran.err.strip() == "库里没有编号为“nowhere”的文章。"

    def test_remove_reports_what_was_not_there(self, jushi, library):
        ran = jushi("remove", "qinghe", "nowhere")
        assert (ran.code, ran.out) == (1, "qinghe\n")
        assert "nowhere" in ran.err
        assert library.held == {}

    def test_check_and_repair(self, jushi, library):
        assert jushi("check").code == 0
        library.problems = ("词索引缺 1 个段落。",)
        assert jushi("check").code == 1
        assert jushi("check", "--repair").code == 0


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["ask"], "请写上要问的话"),
            (["ask", "a", "b"], "多出了参数“b”"),
            (["ask", "a", "--out", "x"], "--out 要和 --batch 一起用"),
            (["ask", "--batch", "x"], "请用 --out"),
            (["ask", "a", "--mode", "x"], "应是 extractive 或 llm"),
            (["search", "a", "--k", "0"], "应是 1 到 1000 的整数"),
            (["search", "a", "--k", "x"], "应是 1 到 1000 的整数"),
            (["ingest"], "缺少“PATH…”"),
            (["aks", "x"], "是不是想用 ask"),
            (["海南有多少"], "要提问请用 jushi ask"),
            (["--nope"], "没有“--nope”这个选项"),
            (["ask", "x", "--scope"], "后面缺少值"),
        ],
    )
    def test_wrong_usage_is_chinese_and_exits_2(self, jushi, arguments, said):
        ran = jushi(*arguments, data=False)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err
        assert not any(word in ran.err for word in ("Error", "Try", "Usage", "Invalid", "Traceback"))

    @pytest.mark.parametrize(
        "arguments", [["--help"], ["ask", "--help"], ["search", "-h"], ["ingest", "--help"]]
    )
    def test_help_is_chinese(self, jushi, arguments):
        ran = jushi(*arguments, data=False)
        assert ran.code == 0
        assert "用法: jushi" in ran.out
        assert not any(
            word in ran.out for word in ("Usage", "Options:", "Arguments:", "Show", "required", "default")
        )


class TestFailures:
    @pytest.mark.parametrize(
        ("failure", "said"),
        [
            (LibraryLocked("另一个程序正在写入，请稍后再试。"), "另一个程序正在写入"),
            (PermissionError(errno.EACCES, "denied", "/x"), "没有权限"),
            (OSError(errno.ENOSPC, "full"), "磁盘空间不足"),
            (KeyboardInterrupt(), "已中断"),
        ],
    )
    def test_failures_are_one_chinese_line(self, jushi, library, failure, said):
        library.failure = failure
        ran = jushi("articles")
        assert ran.code == 1
        assert said in ran.err
        assert "Traceback" not in ran.err

    def test_text_the_console_cannot_show_is_replaced(self, library, assistant, monkeypatch):
        console = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
        monkeypatch.setattr(sys, "stdout", console)
        library.held = {"a": ARTICLE.model_copy(update={"title": "𠮷祥 ½"})}
        assert run(["articles"], Openers(library=lambda _: library, assistant=lambda _: assistant)) == 0
        assert "祥" in console.buffer.getvalue().decode("gbk")  # type: ignore[attr-defined]

    def test_bad_settings_are_explained(self, jushi, monkeypatch):
        monkeypatch.setenv("JUSHI_PORT", "abc")
        ran = jushi("chat")
        assert ran.code == 1
        assert "JUSHI_" in ran.err


class TestChat:
    def test_only_this_machine_is_served(self, jushi):
        ran = jushi("chat", "--host", "0.0.0.0")
        assert ran.code == 1
        assert "0.0.0.0" in ran.err

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
    def test_loopback_hosts(self, host):
        assert is_loopback(host)

    def test_a_taken_port_given_by_name_is_refused(self, jushi):
        with listen("127.0.0.1", 0) as taken:
            ran = jushi("chat", "--port", str(taken.getsockname()[1]))
        assert ran.code == 1
        assert "用不了" in ran.err

    def test_a_taken_port_cannot_be_bound_twice(self):
        with listen("127.0.0.1", 0) as taken, pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", taken.getsockname()[1])

    def test_there_are_seed_articles(self):
        assert seed_paths()
        assert all(path.is_file() for path in seed_paths())

    def test_first_start_indexes_the_seeds_and_announces_the_address(self, jushi, library, monkeypatch):
        served: list[socket.socket] = []

        def serve(assistant: object, folder: Path, listener: socket.socket, ready: Any, *_: object) -> None:
            served.append(listener)
            ready()

        monkeypatch.setattr("assistant.app.server.serve", serve)
        library.held, library.ever_held = {}, False
        ran = jushi("chat", "--port", "0")
        assert ran.code == 0
        assert "首次启动" in ran.err
        assert "http://127.0.0.1:" in ran.err
        assert len(library.held) == len(seed_paths())
        assert jushi("chat", "--port", "0").err.count("首次启动") == 0

    def test_without_a_command_it_is_chat(self, jushi):
        ran = jushi("--host", "0.0.0.0", data=False)
        assert (ran.code, "0.0.0.0" in ran.err) == (1, True)
