from __future__ import annotations

import pytest

from assistant.reading.language import Language
from assistant.reading.spelling import meant, sound

EVIDENCE = ("全市建成骑手驿站318个,覆盖所有街道。", "注册志愿者约62万人。", "蒸湘区推行网格员走访。")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("衡阳有多少骑手驿占?", "衡阳有多少骑手驿站?"),
        ("注册志愿着有多少?", "注册志愿者有多少?"),
        ("网格圆走访了谁?", "网格员走访了谁?"),
        ("注册志愿愿者有多少?", "注册志愿者有多少?"),
        ("骑手驿驿站有多少?", "骑手驿站有多少?"),
    ],
)
def test_a_slip_is_mended(language: Language, typed, meant):
    assert language.mended(typed, EVIDENCE) == meant


def test_of_words_that_sound_alike_the_one_in_the_same_place_is_meant(language: Language):
    evidence = ("办事的第一站是大厅，下一站是窗口，还有一站。", "全市建成暖蜂驿站205个。")
    assert language.mended("全市有多少个暖蜂译站?", evidence) == "全市有多少个暖蜂驿站?"


def test_two_everyday_words_joined_are_no_slip(language: Language):
    evidence = ("加强政治引领，筹措专项资助。", "当地冶金企业有3家，政治学习开展4次。")
    assert language.mended("当地投了多少财政资金?", evidence) == "当地投了多少财政资金?"


@pytest.mark.parametrize(
    "text",
    [
        "骑手驿站有多少?",  # right already
        "衡阳有多少退役军人?",  # sounds like nothing of the evidence
        "蒸湘区的志愿者有多少?",  # places are left alone
        "",
        "12345",
        "网格员天天走访吗?",
        "骑手驿站站长是谁?",
    ],
)
def test_what_is_no_slip_stays(language: Language, text):
    assert language.mended(text, EVIDENCE) == text


def test_nothing_is_mended_without_evidence(language: Language):
    assert language.mended("骑手驿占有多少?", ()) == "骑手驿占有多少?"


@pytest.mark.parametrize(("one", "other"), [("驿站", "驿占"), ("治理", "自理"), ("青", "亲"), ("南", "兰")])
def test_what_input_methods_confuse_sounds_alike(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("驿站", "医院"), ("志愿", "支援者")])
def test_what_sounds_otherwise_does_not(one, other):
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("word", "other"),
    [("编织", "编制"), ("问券", "问卷"), ("事物", "事务"), ("驿站", ""), ("编写", ""), ("编制", "")],
)
def test_a_slip_is_meant_for_a_word_that_sounds_or_looks_alike(word, other):
    assert meant(word, ["下沉", "编制", "问卷", "事务", "义站台"]) == other
