"""Who does what in a sentence: holders of posts, those in charge, and partners, named by role and not by name.

«总召集人由市委社会工作部部长担任» names no person, yet it answers who holds the post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.question import Question

# A question that a role, a group or a body answers as well as a name: 由谁担任, 谁负责, 跟谁合办.
_ASKS_AGENT = re.compile(
    "由(?:谁|哪|什么|何)|什么人|哪些人|哪类人|谁来|谁家|(?:[跟和与同]|联合|会同)(?:谁|哪)|"
    "谁[一-鿿]{0,3}(?:担任|兼任|出任|任|当|牵头|负责|分管|主管|主持|管|主办|承办|组织|发起|承担|兼)|"
    "(?:担任|兼任|出任|牵头|负责|分管|主管|主持|主办|承办|组织|发起|承担)(?:的|人|者)?(?:是|为)谁"
)
_DOES = (
    "担任|兼任|出任|任(?!务|命|免|何)|牵头|负责|分管|主管|主持|承担|召集|统筹|统领|组织|主办|承办|协办|发起|领办|实施|开展|提供|"
    "协调|指导|推动|组成|管理|运营|承接|执行|办理|落实|出资|投资|建设|承建|设立|成立|制定|印发|发布"
)
_BY = re.compile(
    rf"由(?P<who>[^,，。;；:：由]{{2,36}}?)(?:来|共同|联合|统一|具体|直接|全面|分别|一同|一起)*(?={_DOES})"
)
_HOLDS = re.compile(
    r"(?:^|[,，。;；:：、])(?P<who>[^,，。;；:：、由]{2,20}?)(?:担任|兼任|出任|牵头|分管|主管|会同|联合(?!会))"
)
_WITH = re.compile(
    r"(?:与|同|和|跟|会同|联合|携手)(?P<who>[^,，。;；:：]{2,40}?)(?:合作|共建|联合|共同|联手|携手|合办|签约|签订|签署|一道|一起)"
)
_PARTNER = re.compile(
    r"(?:合作方|合作单位|共建单位|合作伙伴|承办单位|主办单位|牵头单位)(?:是|为|有|包括|:|：)(?P<who>[^,，。;；]{2,40})"
)

# A question for a person by name, post or work: 谁 asks for a body as well.
_ASKS_PERSON = re.compile(
    "叫(?:什么|啥)|姓|哪一?位|何人|[一-鿿](?:长|书记|主任|主席|总裁|经理|教授|记者|作者|老师|医生|学生|员|者|人|师|家|警|手|代表|冠军)(?:是|都有|有|分别)?[^,，]{0,4}谁|谁[^,，]{0,2}(?:说|讲|写|获|考|得)"
)
_DOES_AS_BODY = re.compile(
    "捐|办|出资|拨|给|供|主管|发|印|定|组织|开发|建|设立|成立|评|认定|授|查|管|运营|承|负责|牵头|联合|合作|签|收|买|投|赞助|支持|资助|颁|审|批|宣布|公布|启动|实施|接手|接管"
)


def asks_doer(question: Question) -> bool:
    """Returns whether a question for who did something may be answered by a body: «基金会的款是谁捐的».

    >>> from assistant.reading.question import understand
    >>> asks_doer(understand("这笔款是谁捐的")), asks_doer(understand("区长是谁"))
    (True, False)
    """
    text = question.text
    return (
        question.kind == "person"
        and "谁" in text
        and bool(_DOES_AS_BODY.search(text))
        and not _ASKS_PERSON.search(text)
    )


def asks_agent(question: Question) -> bool:
    """Returns whether a role, a group or a body answers the question as well as a name does.

    >>> from assistant.reading.question import understand
    >>> asks_agent(understand("总召集人由谁担任"))
    True
    """
    return question.kind in {"person", "organisation"} and bool(_ASKS_AGENT.search(question.text))


def agent_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yields who does something in a sentence, as (start, end, text).

    >>> list(agent_spans("总召集人由市委社会工作部部长担任,成员单位有26家。"))
    [(5, 14, '市委社会工作部部长')]
    """
    seen: set[int] = set()
    for pattern in (_BY, _HOLDS, _WITH, _PARTNER):
        for match in pattern.finditer(text):
            start, end = match.span("who")
            if start not in seen and text[start:end].strip():
                seen.add(start)
                yield start, end, text[start:end]
