from __future__ import annotations

from typing import Any

import pytest

from retrieval.segmenting import Segmenter, tag

TERMS = ("两企三新", "小马拉大车", "暖蜂驿站", "1+7+N", "C++开发", "“1+3”工作法", "x站", "a", "1", "𠮷野家")


@pytest.fixture(scope="module")
def fast() -> Segmenter:
    pytest.importorskip("rjieba")
    return Segmenter(TERMS)


@pytest.fixture(scope="module")
def slow() -> Segmenter:
    return Segmenter(TERMS, fast=False)


@pytest.mark.parametrize(
    "text",
    [
        "青禾市推进两企三新党建,破解小马拉大车,新建暖蜂驿站318个。",
        "联系电话: 010-85202353,每小时10-15公里,v1.2.0版本,29.67/39.3kWh,jp@jp.example.com",
        "C++、C#、AT&T和100%,noctilux-m 50 f/0.95,shr-1905,301327.sz",
        "兰桥社区的王秀英阿姨常年帮邻居照看孩子，大家都叫她“知心人”。",
        "𠮷林 emoji😀与Ａ全角１２，\u3000空格\t制表",
        "",
    ],
)
def test_both_cut_alike(fast: Segmenter, slow: Segmenter, text: str) -> None:
    assert fast.cut(text) == slow.cut(text)
    assert list(fast.cut_for_search(text)) == list(slow.cut_for_search(text))
    assert "".join(fast.cut(text)) == text


@pytest.fixture(scope="module")
def jiebas_own() -> Any:
    """jieba's own tokenizer, past its cache, with the terms added by its own means."""
    import jieba

    own = jieba.Tokenizer()
    own.FREQ, own.total = own.gen_pfdict(own.get_dict_file())
    own.initialized = True
    for term in TERMS:
        own.add_word(term)
    return own


def test_words_are_as_frequent_as_jieba_says(fast: Segmenter, jiebas_own: Any) -> None:
    known = [*jiebas_own.FREQ][::97]
    assert [fast.frequency(word) for word in known] == [jiebas_own.FREQ[word] for word in known]
    assert [fast.frequency(term) for term in TERMS] == [jiebas_own.FREQ[term] for term in TERMS]
    assert fast.total == jiebas_own.total
    assert (fast.frequency("没有这个词"), tag("志愿者"), tag("没有这个词")) == (0, "n", "")


def test_searching_words_are_jiebas_own(slow: Segmenter, jiebas_own: Any) -> None:
    own = jiebas_own
    text = "中华人民共和国国务院关于基层治理现代化的意见,志愿者服务站"
    assert list(slow.cut_for_search(text)) == list(own.cut_for_search(text))
