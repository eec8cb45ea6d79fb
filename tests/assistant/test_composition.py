from __future__ import annotations

import pytest

from assistant.evidence import whole_article
from assistant.reading.composition import Part, asked_parts, definitions
from retrieval import Article, Sentence

TOLD = "“213”治理体系由三部分组成。第一个“2”，是两级平台；“1”即一张清单，“3”指自治、法治、德治融合。"
LINES = "“213”治理体系:\n“2”\n建立县乡两级平台\n“3”\n推进三治融合\n"
COUNTED = "推行“332工作法”。先是做好“三个到位”。人员到位。经费到位。再建“两项机制”。"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("“213”体系里的“3”指什么?", (Part("213", "3"),)), ("“11431”第二个“1”是什么?", (Part("11431", "1", 2),)),
        ("“11431”最后那个“1”代表啥?", (Part("11431", "1", -1),)), ("1+1+3+N里的N指什么?", (Part("1+1+3+N", "N"),)),
        ("332工作法里的3、2分别指什么?", (Part("332", "3"), Part("332", "2"))), ("有3个驿站是什么时候建的?", ()), ("11431是什么?", ()),
    ],
)  # fmt: skip
def test_what_part_is_asked_for(text, parts):
    assert asked_parts(text) == parts


def sentences(text: str):
    cuts, start = [], 0
    for i, c in enumerate(text):
        if c in "。\n":
            cuts.append(
                Sentence(index=len(cuts), article_id="a", start=start, end=i + 1, text=text[start : i + 1])
            )
            start = i + 1
    return whole_article(Article(article_id="a", text=text), tuple(cuts), headings=True)


def told(text: str, part: Part) -> list[str]:
    return [d.evidence.text[d.start : d.end] for d in definitions(part, sentences(text), str.lower)]


def test_the_quoted_digit_says_what_it_is():
    assert told(TOLD, Part("213", "1")) == ["一张清单"]
    assert told(TOLD, Part("213", "3")) == ["自治、法治、德治融合"]
    assert told(TOLD, Part("213", "2", 1)) == ["两级平台"]


def test_a_line_of_its_own_is_followed_by_what_it_is():
    assert told(LINES, Part("213", "2")) == ["建立县乡两级平台"]


def test_a_phrase_counted_by_the_digit_beside_the_name():
    assert told(COUNTED, Part("332", "2")) == ["两项机制"]
    assert told(COUNTED, Part("332", "3"))[0] == "三个到位"


@pytest.mark.parametrize(
    ("text", "part"), [(TOLD, Part("213", "5")), (TOLD, Part("917", "9")), (TOLD, Part("213", "2", 3))]
)
def test_what_is_not_told_is_not_found(text, part):
    assert told(text, part) == []
