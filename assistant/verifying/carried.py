"""Which places a sentence of a draft may be about that names none: the last named, and those that hold it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.verifying.sources import same_place
from retrieval import is_within

_REACH = re.compile("[全该本我]([省市县区州镇乡])")


@dataclass(frozen=True, slots=True)
class Carried:
    """The places that a draft has named up to a sentence, the last first."""

    named: tuple[str, ...] = ()

    def after(self, places: Sequence[str]) -> Carried:
        """Returns what is carried on behind a sentence that names places."""
        named = (*reversed(places), *self.named)
        return Carried(tuple(p for i, p in enumerate(named) if not any(same_place(p, q) for q in named[:i])))

    def places(self, text: str) -> tuple[str, ...]:
        """Returns the places that a text without one may be about: the last named and those around it.

        «全省» is of the province that was named, though the last place named was a city of it.

        >>> Carried(("长春市", "吉林省", "山东省")).places("惠及万余人")
        ('长春市', '吉林省')
        >>> Carried(("长春市", "吉林省")).places("全省加装电梯107部")
        ('吉林省',)
        """
        around = tuple(p for i, p in enumerate(self.named) if not i or is_within(self.named[0], p))
        reach = _REACH.search(text)
        return tuple(p for p in around if reach and p.endswith(reach[1])) or around
