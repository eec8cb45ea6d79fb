from __future__ import annotations

import pytest

from assistant.models import Answer
from assistant.reading.language import Language
from assistant.rewrite import FollowUp


@pytest.fixture(scope="module")
def follow_up(language: Language) -> FollowUp:
    return FollowUp(language.places)


def turn(question: str, short: str = "约62万人", status: str = "grounded") -> tuple[str, Answer]:
    return question, Answer.model_validate({
        "question": question,
        "standalone_question": question,
        "status": status,
        "short_answer": short,
        "text": short,
    })


VOLUNTEERS = turn("衡阳市有多少注册志愿者?")


@pytest.mark.parametrize("question", ["衡阳市有多少注册志愿者?", "那襄阳呢?", "它叫什么?", ""])
def test_a_first_question_stands_alone(follow_up, question):
    assert follow_up.standalone(question, ()) == [question]


@pytest.mark.parametrize("status", ["smalltalk", "rejected"])
def test_small_talk_is_no_turn_to_lean_on(follow_up, status):
    assert follow_up.standalone("那襄阳呢?", [turn("你好", "", status)]) == ["那襄阳呢?"]
    assert "注册志愿者" in follow_up.standalone("那襄阳呢?", [VOLUNTEERS, turn("你好", "", status)])[0]


class TestEllipsis:
    @pytest.mark.parametrize("question", ["那襄阳呢?", "襄阳呢", "那么襄阳市呢？", "换成襄阳呢?"])
    def test_a_place_takes_the_place_of_the_place(self, follow_up, question):
        first = follow_up.standalone(question, [VOLUNTEERS])[0]
        assert "襄阳" in first
        assert "衡阳" not in first
        assert "有多少注册志愿者" in first

    def test_a_year_takes_the_place_of_the_year(self, follow_up):
        first = follow_up.standalone("2023年呢?", [turn("襄阳2024年投入多少志愿服务经费?")])[0]
        assert "2023年" in first
        assert "2024" not in first

    def test_a_year_is_added_where_there_was_none(self, follow_up):
        first = follow_up.standalone("2023年呢?", [VOLUNTEERS])[0]
        assert {"2023年", "衡阳", "注册志愿者"} <= {w for w in ("2023年", "衡阳", "注册志愿者") if w in first}

    def test_another_thing_keeps_the_place(self, follow_up):
        first = follow_up.standalone("骑手驿站呢?", [VOLUNTEERS])[0]
        assert "衡阳" in first
        assert "骑手驿站" in first
        assert "多少" in first

    def test_a_share_is_of_what_was_asked(self, follow_up):
        assert any(
            "注册志愿者" in r and "占比" in r and "衡阳" in r
            for r in follow_up.standalone("占比呢?", [VOLUNTEERS])
        )


class TestCorrection:
    @pytest.mark.parametrize("question", ["不是衡阳,我问襄阳", "不对,我问的是襄阳", "我说的是襄阳"])
    def test_replaces_what_was_wrong(self, follow_up, question):
        first = follow_up.standalone(question, [VOLUNTEERS])[0]
        assert "襄阳" in first
        assert "衡阳" not in first
        assert "注册志愿者" in first

    def test_of_the_thing_keeps_the_place(self, follow_up):
        first = follow_up.standalone("不是注册志愿者,我问骑手驿站", [VOLUNTEERS])[0]
        assert "衡阳" in first
        assert "骑手驿站" in first
        assert "注册志愿者" not in first


class TestReference:
    def test_it_is_what_the_turn_before_named(self, follow_up):
        history = [turn("蒸湘区印发了什么文件?", "《骑手友好社区建设办法》")]
        assert any(
            "《骑手友好社区建设办法》" in r
            for r in follow_up.standalone("这个文件是什么时候印发的?", history)
        )

    def test_a_question_of_another_place_is_left_alone(self, follow_up):
        assert "泸州有多少社区工作者?" in follow_up.standalone("泸州有多少社区工作者?", [VOLUNTEERS])


@pytest.mark.parametrize(
    "question", ["那襄阳呢?", "占比呢?", "不是衡阳,我问襄阳", "它叫什么?", "总共呢?", "?", "呢", "不是"]
)
def test_there_is_always_a_reading_and_none_twice(follow_up, question):
    readings = follow_up.standalone(question, [VOLUNTEERS])
    assert readings
    assert len(set(readings)) == len(readings)
