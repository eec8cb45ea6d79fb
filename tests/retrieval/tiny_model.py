"""A tiny ONNX model in a folder: every character has a vector of its own. Written by hand, byte for byte."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

CHARACTERS = "衡阳襄泸州市有多少注册志愿者骑手驿站个社区工作人网格员,。?"
DIMENSIONS = 16
_INT64, _FLOAT = 7, 1


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out, number = out + bytes([number & 0x7F | 0x80]), number >> 7
    return out + bytes([number])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(raw)) + raw


def _value(name: str, kind: int, *dimensions: int | str) -> bytes:
    shape = b"".join(
        _bytes(1, _bytes(2, size) if isinstance(size, str) else _number(1, size)) for size in dimensions
    )
    return _bytes(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def write_model(folder: Path, seed: int = 1) -> Path:
    """Writes `model.onnx` (a look-up of vectors) and `tokenizer.json`; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {"[UNK]": 0, **{c: i for i, c in enumerate(CHARACTERS, start=1)}}
    table = np.random.default_rng(seed).normal(size=(len(words), DIMENSIONS)).astype("<f4")
    tensor = _number(1, len(words)) + _number(1, DIMENSIONS) + _number(2, _FLOAT)
    tensor += _bytes(8, "table") + _bytes(9, table.tobytes())
    node = _bytes(1, "table") + _bytes(1, "input_ids") + _bytes(2, "last_hidden_state") + _bytes(4, "Gather")
    graph = _bytes(1, node) + _bytes(2, "tiny") + _bytes(5, tensor)
    graph += _bytes(11, _value("input_ids", _INT64, "n", "t"))
    graph += _bytes(12, _value("last_hidden_state", _FLOAT, "n", "t", DIMENSIONS))
    model = _number(1, 8) + _bytes(7, graph) + _bytes(8, _bytes(1, "") + _number(2, 13))
    (folder / "model.onnx").write_bytes(model)
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    tokenizer.save(str(folder / "tokenizer.json"))
    assert struct.calcsize("<f") == 4
    return folder
