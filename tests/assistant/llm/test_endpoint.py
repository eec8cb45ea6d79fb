"""Through the real client libraries, streaming: what a model says is checked, whatever else happens is borne."""

from __future__ import annotations

import json
import logging
import os
import re

import pytest
from endpoint import KEY, Asking, Cut, Refuse, Say, Stall, endpoint

from assistant import Answer
from assistant.llm.settings import ModelSettings

QUESTION = "衡阳市有多少注册志愿者?"
TRUE = "截至2024年12月,衡阳市注册志愿者约62万人"
FALSE = "衡阳市注册志愿者约92万人"


def label(prompt: str, words: str) -> str:
    """Returns the number under which the prompt offers a sentence with these words."""
    return re.search(rf"^\[(\d+)\][^\n]*{re.escape(words)}", prompt, re.M)[1]


def stating(*claims: str, of: str = "约62万人"):
    """Says the claims, each citing the offered sentence with the words `of`."""
    return lambda prompt: "\n".join(f"{claim}[{label(prompt, of)}]。" for claim in claims)


def kinds(answer: Answer) -> list[str]:
    return [notice.kind for notice in answer.notices]


def is_the_extract(answer: Answer) -> bool:
    return (
        (answer.mode, answer.model, answer.short_answer) == ("extractive", None, "约62万人")
        and answer.status == "grounded"
        and kinds(answer) in (["fell_back"], ["dropped", "fell_back"])
        and answer.statements[0].text.startswith("截至2024年12月,衡阳市注册志愿者约62万人")
    )


class TestChecked:
    def test_a_true_statement_is_shown_as_the_model_wrote_it(self, asking: Asking) -> None:
        with endpoint(stating(TRUE)) as server:
            answer = asking(server).ask(QUESTION)
        assert (answer.mode, answer.model, answer.status) == ("llm", "m-32b", "grounded")
        assert answer.text == f"{TRUE}[1]"
        assert [(f.value, f.qualifier, f.citation) for f in answer.figures] == [("620000", "约", 1)]
        assert "约62万人" in answer.citations[0].quote
        assert answer.notices == ()

    def test_a_false_one_is_asked_for_again_once_and_shown_when_mended(self, asking: Asking) -> None:
        with endpoint(stating(FALSE), stating(TRUE)) as server:
            answer = asking(server).ask(QUESTION)
            assert len(server.requests) == 2
        assert "“约92万人”不在所引的证据里" in server.prompts[1]
        assert kinds(answer) == ["repaired"]
        assert [s.text for s in answer.statements] == [TRUE]

    def test_one_that_stays_false_is_left_out_and_the_extract_stands_in(self, asking: Asking) -> None:
        with endpoint(stating("衡阳全市建成骑手驿站318个", FALSE, of="318个"), stating(FALSE)) as server:
            answer = asking(server).ask(QUESTION)
        assert kinds(answer) == ["dropped", "fell_back"]
        assert [s.section for s in answer.statements] == ["", "以下为摘录"]
        assert "### 以下为摘录" in answer.text
        assert "92" not in answer.text
        assert answer.short_answer == "约62万人"

    def test_statements_come_while_the_reply_is_under_way(self, asking: Asking) -> None:
        with endpoint(Stall("截至2024年12月,衡阳市注册志愿者约62万人[1]。\n全市")) as server:
            steps = asking(server, patience=0.3).ask_stream(QUESTION)
            assert next(steps).kind == "understood"
            assert server.requests == []  # the first sign does not wait for the model
            assert next(steps).statement.text == TRUE
            assert not server.closing.is_set()
            *_, last = steps
        assert kinds(last.answer) == ["fell_back"]
        assert last.answer.statements[0].text == TRUE

    def test_nothing_is_asked_where_the_articles_do_not_say(self, asking: Asking) -> None:
        with endpoint(Say("衡阳有9名退役军人[1]")) as server:
            answer = asking(server).ask("衡阳市有多少名退役军人?")
            assert server.requests == []
        assert (answer.status, answer.mode) == ("abstained", "extractive")

    def test_the_extractive_mode_asks_nobody(self, asking: Asking) -> None:
        with endpoint(Say("")) as server:
            answer = asking(server).ask(QUESTION, mode="extractive")
            assert server.requests == []
        assert (answer.mode, answer.short_answer) == ("extractive", "约62万人")

    def test_structured_output_is_asked_for_and_read(self, asking: Asking) -> None:
        reply = json.dumps({"statements": [{"text": TRUE, "evidence": [1]}]}, ensure_ascii=False)
        with endpoint(Say(reply)) as server:
            answer = asking(server, structured="auto").ask(QUESTION)
        assert server.requests[0]["response_format"]["type"] == "json_schema"
        assert "JSON" in server.prompts[0]
        assert [s.text for s in answer.statements] == [TRUE]

    def test_an_endpoint_that_knows_no_schema_is_asked_without(self, asking: Asking) -> None:
        with endpoint(stating(TRUE), refuse_schema=True) as server:
            real = asking(server, structured="auto")
            assert [real.ask(QUESTION).mode for _ in range(2)] == ["llm", "llm"]
            assert len(server.headers) == 3  # refused once, then remembered
            assert not any("response_format" in request for request in server.requests)

    def test_temperature_and_model_are_as_set(self, asking: Asking) -> None:
        with endpoint(stating(TRUE)) as server:
            asking(server, temperature=0.0).ask(QUESTION)
        assert (server.requests[0]["temperature"], server.requests[0]["model"]) == (0.0, "m-32b")
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"


class TestFailures:
    """Each is borne within its bound: a clear line and the extract."""

    @pytest.mark.parametrize(
        ("step", "line", "calls"),
        [
            (Refuse(401), "不认密钥", 1),
            (Refuse(404), "拒绝了请求", 1),
            (Refuse(429, {"Retry-After": "30"}), "正忙", 1),
            (Refuse(429, {"Retry-After": "0.01"}), "正忙", 2),
            (Refuse(500), "内部出错", 1),
            (Stall(), "迟迟没有回应", 1),
            (Cut(""), "没有通过核对的答案", 2),
            (Cut("截至", half=True), "内部出错", 1),
            (Say(""), "没有通过核对的答案", 2),
            (Say("[99]"), "没有通过核对的答案", 2),
            (Say("衡阳市注册志愿者约62万人[99]"), "没有通过核对的答案", 2),
            (Say('{"statements":[{"text":"衡阳市注册志愿者约62'), "没有通过核对的答案", 2),
            (Say("There are about 620 thousand registered volunteers in Hengyang [1]."), "没有通过核对的答案", 2),
            (Say("衡阳市の登録ボランティアは約62万人です[1]。"), "没有通过核对的答案", 2),
            (Say("Зарегистрировано 62万人[1]"), "没有通过核对的答案", 2),
            (Say("衡阳市志愿服务已经停办[1]"), "没有通过核对的答案", 2),
            (Say("甲" * 100_000, size=5000), "没有通过核对的答案", 2),
        ],
        ids=["401", "404", "429 long", "429 short", "500", "stall", "cut", "half event", "nothing", "bare [99]", "[99]",
             "half JSON", "English", "Japanese", "Russian", "no figure", "100000 characters"],
    )  # fmt: skip
    def test_is_told_and_the_extract_stands_in(
        self, asking: Asking, step: object, line: str, calls: int
    ) -> None:
        with endpoint(step) as server:
            answer = asking(server, patience=0.3 if isinstance(step, Stall) else 5.0).ask(QUESTION)
            assert len(server.requests) == calls
        assert is_the_extract(answer)
        assert line in answer.notices[-1].text

    def test_nobody_listening(self, asking: Asking) -> None:
        with endpoint(Say("")) as server:
            gone = server.url
        answer = asking(gone).ask(QUESTION)
        assert is_the_extract(answer)
        assert "连不上" in answer.notices[0].text

    def test_a_trickle_is_bounded_by_the_whole(self, asking: Asking) -> None:
        with endpoint(Stall("甲乙")) as server:
            answer = asking(server, patience=20.0, most_seconds=0.3).ask(QUESTION)
        assert is_the_extract(answer)

    def test_a_stall_in_the_middle_keeps_what_was_shown(self, asking: Asking) -> None:
        with endpoint(Stall("截至2024年12月,衡阳市注册志愿者约62万人[1]。\n全市建")) as server:
            answer = asking(server, patience=0.3).ask(QUESTION)
        assert (answer.mode, kinds(answer)) == ("llm", ["fell_back"])
        assert answer.statements[0].text == TRUE

    def test_a_dead_endpoint_is_left_alone_for_a_while(self, asking: Asking) -> None:
        with endpoint(Refuse(500)) as server:
            real = asking(server)
            answers = [real.ask(QUESTION) for _ in range(4)]
            assert len(server.requests) == 2
        assert all(is_the_extract(answer) for answer in answers)
        assert "暂停使用" in answers[-1].notices[0].text
        assert real.model_state().state == "resting"

    def test_a_missing_package_is_named(self, asking: Asking) -> None:
        answer = asking("http://127.0.0.1:1/v1", provider="no_such_provider").ask(QUESTION)
        assert is_the_extract(answer)
        assert "jushi[llm]" in answer.notices[0].text

    def test_without_an_address_nobody_is_called(
        self, asking: Asking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with endpoint(stating(TRUE)) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            answer = asking("").ask(QUESTION)
            assert server.headers == []
        assert is_the_extract(answer)
        assert "JUSHI_LLM_BASE_URL" in answer.notices[0].text


class TestKey:
    def test_the_key_is_in_no_error_no_log_and_no_repr(
        self, asking: Asking, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        caplog.set_level(logging.DEBUG)
        monkeypatch.setenv("OPENAI_LOG", "debug")
        with endpoint(Refuse(401), stating(TRUE)) as server:
            real = asking(server)
            answers = [real.ask(QUESTION), real.ask(QUESTION)]
        shown = [answer.model_dump_json() for answer in answers] + [real.model_state().model_dump_json()]
        assert KEY not in caplog.text + "".join(shown) + repr(real.__dict__)

    def test_settings_do_not_show_it(self) -> None:
        given = ModelSettings(provider="openai", name="m", base_url=f"http://u:{KEY}@host:1/v1", key=KEY)
        assert KEY not in repr(given.key) + given.place
        assert given.place == "host:1"

    def test_a_key_of_the_environment_goes_nowhere(
        self, asking: Asking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-foreign")
        with endpoint(stating(TRUE)) as server:
            asking(server, key="").ask(QUESTION)
        assert "foreign" not in server.headers[0]["authorization"]


def test_tracing_stays_off_where_the_environment_turns_it_on(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langsmith.utils import get_env_var, tracing_is_enabled

    from assistant.llm.tracing import switch_off_tracing

    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")
    get_env_var.cache_clear()
    with endpoint(Say("")) as traced, endpoint(stating(TRUE)) as server:
        monkeypatch.setenv("LANGSMITH_ENDPOINT", traced.url)
        assert tracing_is_enabled()
        answer = asking(server).ask(QUESTION)
        assert (answer.mode, answer.notices) == ("llm", ())
        assert traced.headers == []
    switch_off_tracing()
    assert os.environ["LANGSMITH_TRACING"] == "false"
    assert not tracing_is_enabled()
