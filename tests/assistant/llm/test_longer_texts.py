"""A model writes the longer texts section by section; what does not pass is left to the digest."""

from __future__ import annotations

import re

from endpoint import Asking, Refuse, Say, endpoint


def first_sentence(prompt: str) -> str:
    """Repeats the first offered sentence."""
    number, text = re.search(r"^\[(\d+)\] (?:（[^）]*）)?(.*)$", prompt, re.M).groups()
    return f"{text.rstrip('。')}[{number}]。"


def test_each_section_is_written_and_the_table_added(asking: Asking) -> None:
    with endpoint(first_sentence) as server:
        answer = asking(server).ask("写一份关于注册志愿者的综述")
    sections = [s.section for s in answer.statements]
    assert len(server.requests) == len(set(sections)) >= 2
    assert (answer.mode, answer.notices) == ("llm", ())
    assert "写成综述中的一节" in server.prompts[0]
    assert "### 主要数字" in answer.text
    cited = {c.n: c.quote for c in answer.citations}
    assert all(figure.text in cited[figure.citation] for figure in answer.figures)


def test_a_section_of_lies_is_left_to_the_digest(asking: Asking) -> None:
    with endpoint(
        first_sentence, Say("全市建成火箭发射场9座[1]"), Say("证据中没有"), first_sentence
    ) as server:
        answer = asking(server).ask("写一份关于注册志愿者的综述")
    assert "火箭" not in answer.text
    assert {n.kind for n in answer.notices} == {"dropped", "fell_back"}
    assert len({s.section for s in answer.statements}) >= 2


def test_a_dead_endpoint_leaves_the_digest_whole(asking: Asking) -> None:
    with endpoint(Refuse(500)) as server:
        real = asking(server)
        answer = real.ask("写一份关于注册志愿者的综述")
        digest = real.ask("写一份关于注册志愿者的综述", mode="extractive")
    assert (answer.mode, answer.text) == ("extractive", digest.text)
    assert answer.citations == digest.citations
    assert [n.kind for n in answer.notices] == ["fell_back"]
