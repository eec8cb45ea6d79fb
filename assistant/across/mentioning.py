"""Questions for the articles that mention something, and what that is."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"《([^《》]+)》|[“\"‘「『]([^“”\"‘’「」『』]+)[”\"’」』]")
_ARTICLES = r"(?:文章|报道|材料|资料|稿子|新闻|篇目|通讯)"
_WHICH = rf"(?:都?有|请问)?(?:哪些|哪几个?|哪一?|几|多少)(?:篇|个|份|处)?(?:地方|城市|市|省|单位)?的?{_ARTICLES}?(?:里面?|中|当中|上)?(?:都|也)?"
_VERB = r"(?:提到|说起|讲起|提起|谈起|聊到|聊起|述及|论及|提及|提过|讲到|讲过|讲|谈到|谈及|谈|涉及|写到|写|出现|用到|用|说到|说|包含|含有|有|介绍|报道)(?:了|过|到|的)*"
_ASK = re.compile(
    rf"(?P<a>{_WHICH}\s*{_VERB})|(?P<b>{_ARTICLES}(?:里面?|中)?(?:有)?哪些(?:地方)?\s*{_VERB})|(?P<c>(?:都|是|在|被)*(?:在)?{_WHICH}\s*(?:{_VERB})?)"
)
_IS_ASKED = re.compile(
    rf"(?:哪些|哪几|哪一?|几|多少)(?:篇|个|份)?(?:地方|城市|市|省)?的?{_ARTICLES}|哪几?篇|几篇|{_ARTICLES}(?:里面?|中)?(?:有)?哪些|哪[些几个]+(?:地方|城市|市|省)(?:都|也)?(?:的{_ARTICLES})?(?:提到|提及|提|讲到|谈到|涉及|说到)|(?:提到|提及|涉及|讲到|写到|谈到|说到)[^,，多]*?的?{_ARTICLES}(?:有|是|都有)?(?:哪些|哪几篇)?$"
)
_EXCEPT = re.compile(r"^除了?[^,，]{2,10}?(?:以外|之外|外)?[,，]\s*(?:还|另)")
_MISTYPED = re.compile(r"(?P<which>^那)(?=[些几]个?篇?(?:文章|报道|材料|地方|城市))|提[倒道](?!路)")
_TRIM = re.compile(
    r"^(?:关于|有关|对于|就|把|的|了|都|过|到)+|(?:这[个种类项件些][一-鿿]{1,3}|那种[一-鿿]{1,3}|一词|这个说法|这几个字|这个|的事|的内容|相关内容|的话题|的|了|过|在|都|被|呢|吗|吧|啊)+$"
)


def mentioned_terms(question: str) -> tuple[str, ...]:
    """Returns what a question asks the articles to mention, () if it is no such question.

    >>> mentioned_terms("哪些文章提到枫桥经验?"), mentioned_terms("货车司机在哪几篇文章里谈到")
    (('枫桥经验',), ('货车司机',))
    >>> mentioned_terms("揭阳有多少志愿者?")
    ()
    """
    question = _EXCEPT.sub("", question)
    text = _MISTYPED.sub(lambda m: "哪" if m["which"] else "提到", question.strip(" ?？。!！,，"))
    if not _IS_ASKED.search(text):
        return ()
    if quoted := [a or b for a, b in _QUOTED.findall(text)]:
        return tuple(quoted)
    rest = _ASK.sub(" ", text, count=1)
    rest = re.sub(
        rf"{_ARTICLES}(?:里面?|中)?|^(?:请问|帮我?(?:查|找)一?下?)|{_VERB}$|^{_VERB}", " ", rest.strip()
    )
    pieces = [_TRIM.sub("", p.strip(" ,，?？")) for p in rest.split() if p.strip(" ,，?？")]
    term = max(pieces, key=len, default="")
    return (term,) if len(term) >= 2 or (term.isascii() and term) else ()
