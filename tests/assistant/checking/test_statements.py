from __future__ import annotations

import pytest
from statements import STATEMENTS

from assistant.checking.checker import Checker, Support

AROUND = {"context": "社区治理工作综述", "published": "2025-03-09"}
TRUE = [(source, statement) for source, true, _ in STATEMENTS for statement in (source, *true)]
FALSE = [(source, statement) for source, _, false in STATEMENTS for statement in false]


@pytest.mark.parametrize(("source", "statement"), TRUE)
def test_what_the_source_says_stands(checker: Checker, source, statement):
    assert checker.check(statement, [Support(source, **AROUND)]) == ()


@pytest.mark.parametrize(("source", "statement"), FALSE)
def test_what_the_source_does_not_say_is_found_out(checker: Checker, source, statement):
    assert checker.check(statement, [Support(source, **AROUND)])
