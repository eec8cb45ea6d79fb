"""Passwords: hashed with argon2id, checked for being too easy, made for first logins."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.accounts.records import PasswordRefused

SHORTEST, LONGEST = 10, 128
RULE = f"新密码要 {SHORTEST} 个字符以上，至少有字母、数字、符号中的两种，不含帐号，也不用旧密码。"
# Without characters that look alike on paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_AT_ONCE = 4  # a hash takes 64 MiB: a whole office logging in at nine must not take the machine's memory


@dataclass(frozen=True)
class Passwords:
    """Hashes and compares passwords; safe to use from several threads."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _turns: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_AT_ONCE))

    def hashed(self, password: str) -> str:
        """Returns what may be kept of a password."""
        with self._turns:
            return self.hasher.hash(password)

    def agrees(self, kept: str, password: str) -> bool:
        """Returns whether a password is the one that was hashed."""
        with self._turns:
            try:
                return self.hasher.verify(kept, password)
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Returns whether a hash was made with weaker settings than today's."""
        return self.hasher.check_needs_rehash(kept)


def first_password() -> str:
    """Returns a password to be told to somebody and changed at the first login."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


def check_new(password: str, *, login: str) -> None:
    """Raises PasswordRefused if a password is too easy to guess.

    >>> check_new("青禾市2025年的伞", login="zhang")
    """
    if len(password) < SHORTEST:
        raise PasswordRefused(f"新密码太短：要 {SHORTEST} 个字符以上。")
    if len(password) > LONGEST:
        raise PasswordRefused(f"新密码太长：最多 {LONGEST} 个字符。")
    if len(login) >= 4 and login in password.casefold():
        raise PasswordRefused("新密码里不要有帐号。请换一个。")
    if len({_kind(char) for char in password}) < 2:
        raise PasswordRefused("新密码只有一种字符。请把字母、数字、符号混着用。")
    if len(set(password)) < 5 or _steps(password) > len(password) // 2:
        raise PasswordRefused("新密码太有规律，容易被猜到。请换一个。")


def _kind(char: str) -> str:
    if char.isdecimal():
        return "digit"
    return "letter" if char.isalpha() else "sign"


def _steps(password: str) -> int:
    """Returns how many characters merely repeat the one before or go on counting (1234, abcd)."""
    return sum(ord(after) - ord(before) in {-1, 0, 1} for before, after in pairwise(password))
