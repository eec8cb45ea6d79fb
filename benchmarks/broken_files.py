"""300 broken files beside a few sound ones: each refused with a reason, within 10 s and 1 GB, the rest gets in.

Usage: python -m benchmarks.broken_files [--count 300] [--seed 1]
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from retrieval import Library

TEXT = "截至2024年6月，青禾市注册志愿者约62万人，占常住人口的14.5%。全市建成骑手驿站318个。"
_NESTING = 60_000
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "'
    + "哈" * 50
    + '">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
Make = Callable[[random.Random], tuple[str, bytes]]


def docx(body: str, head: str = '<?xml version="1.0"?>') -> bytes:
    """Returns a Word file with that body."""
    document = f'{head}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
    return zipped({
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document,
    })


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Returns a zip container of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


def sound_docx() -> bytes:
    """Returns a Word file that reads well."""
    return docx("".join(f"<w:p><w:r><w:t>{TEXT}{n}</w:t></w:r></w:p>" for n in range(40)))


def sound_xlsx() -> bytes:
    """Returns a workbook that reads well."""
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in [("地区", "志愿者（万人）"), *((f"第{n}区", n) for n in range(60))]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def sound_pdf() -> bytes:
    """Returns a PDF that reads well (Latin text, so that no font is needed)."""
    drawn = "".join(
        f"BT /F 12 Tf 60 {780 - 15 * n} Td (Volunteers in Qinghe: {n} of 62) Tj ET\n" for n in range(40)
    )
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body = "".join(f"{n} 0 obj\n{part}\nendobj\n" for n, part in enumerate(parts, start=1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 6 >>\n%%EOF\n".encode()


def sound_ofd() -> bytes:
    """Returns an OFD file that reads well."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    lines = "".join(
        f'<ofd:TextObject Boundary="20 {20 + 8 * n} 160 6" Size="4"><ofd:TextCode X="0" Y="4">{TEXT}</ofd:TextCode></ofd:TextObject>'
        for n in range(30)
    )
    return zipped({
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>D/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "D/Document.xml": f'<ofd:Document {space}><ofd:Pages><ofd:Page BaseLoc="P.xml"/></ofd:Pages></ofd:Document>',
        "D/P.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{lines}</ofd:Layer></ofd:Content></ofd:Page>",
    })


SOUND = {".docx": sound_docx, ".xlsx": sound_xlsx, ".pdf": sound_pdf, ".ofd": sound_ofd}
BINARY = [*SOUND, ".doc", ".xls", ".wps"]
EVERY = [*BINARY, ".html", ".csv", ".txt", ".md", ".jsonl", ".mht"]


def truncated(chance: random.Random) -> tuple[str, bytes]:
    """Returns a file cut off somewhere."""
    suffix = chance.choice(list(SOUND))
    whole = SOUND[suffix]()
    cut = chance.randrange(20, int(len(whole) * (0.2 if suffix == ".pdf" else 0.98)))
    return suffix, whole[:cut]


def cut_text(chance: random.Random) -> tuple[str, bytes]:
    """Returns a text cut off within a character, or a page within a mark."""
    suffix = chance.choice([".txt", ".md", ".csv", ".html"])
    if suffix == ".html":
        return suffix, f"<html><body><p>{TEXT * 5}</p><div cla".encode()
    return suffix, (TEXT * 20)[: chance.randrange(50, 300)].encode() + "哈".encode()[:1]


def wrong_ending(chance: random.Random) -> tuple[str, bytes]:
    """Returns a file under another format's ending."""
    suffix = chance.choice(list(SOUND))
    return chance.choice([other for other in EVERY if other != suffix]), SOUND[suffix]()


def random_bytes(chance: random.Random) -> tuple[str, bytes]:
    """Returns noise, here and there behind the right first bytes."""
    suffix = chance.choice(EVERY)
    magic = {
        ".pdf": b"%PDF-1.7\n",
        ".docx": b"PK\x03\x04",
        ".xlsx": b"PK\x03\x04",
        ".ofd": b"PK\x03\x04",
    }.get(suffix, b"")
    head = magic if chance.random() < 0.5 else b""
    return suffix, head + chance.randbytes(chance.randrange(200, 200_000))


def deeply_nested(chance: random.Random) -> tuple[str, bytes]:
    """Returns a file whose structure goes down very far."""
    kind = chance.randrange(5)
    depth = _NESTING + chance.randrange(1000)
    if kind == 0:
        return ".html", ("<html><body>" + "<div>" * depth + TEXT + "</div>" * depth).encode()
    if kind == 1:
        return ".jsonl", ('{"id": "a", "text": ' + "[" * depth + "]" * depth + "}").encode()
    if kind == 2:
        return ".md", f"---\ntitle: {'[' * (depth // 4)}\n---\n{TEXT}\n".encode()
    if kind == 3:
        cells = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
        return ".docx", docx(cells)
    page = "<a>" * depth + "</a>" * depth
    parts = {"OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>", "P.xml": page}
    return ".ofd", zipped({**parts, "D.xml": '<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>'})


def huge_line(chance: random.Random) -> tuple[str, bytes]:
    """Returns a file of one line of many megabytes."""
    suffix = chance.choice([".txt", ".md", ".csv", ".html", ".jsonl"])
    line = (TEXT * chance.randrange(100_000, 380_000)).encode()
    if suffix == ".jsonl":
        return suffix, b'{"id": "a", "text": "' + line + b'"}'
    return suffix, (b"<html><body><p>" + line if suffix == ".html" else line)


def zip_bomb(chance: random.Random) -> tuple[str, bytes]:
    """Returns a container that unpacks to gigabytes, or many times over."""
    suffix = chance.choice([".docx", ".xlsx", ".ofd"])
    inside = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".ofd": "OFD.xml"}[suffix]
    if chance.random() < 0.5:
        return suffix, bomb(inside, "<a>", " " * 400_000, 1_000, {})
    head = f'<?xml version="1.0"?><w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>'
    around: dict[str, str | bytes] = {"[Content_Types].xml": _CONTENT_TYPES, "_rels/.rels": _RELATIONS}
    return ".docx", bomb("word/document.xml", head, chance.choice("哈呵") * 100_000, 150, around)


def bomb(name: str, head: str, part: str, times: int, around: dict[str, str | bytes]) -> bytes:
    """Returns a container one part of which is a piece of text repeated; written piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for other, content in around.items():
            container.writestr(other, content)
        with container.open(name, "w") as written:
            written.write(head.encode())
            for _ in range(times):
                written.write(part.encode())
    return out.getvalue()


def xml_bomb(chance: random.Random) -> tuple[str, bytes]:
    """Returns a container whose XML expands without end."""
    suffix = chance.choice([".docx", ".xlsx", ".ofd"])
    if suffix == ".docx":
        return suffix, docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", _LAUGHS)
    if suffix == ".xlsx":
        return suffix, zipped({"xl/workbook.xml": _LAUGHS + "<x>&j;</x>"})
    return suffix, zipped({"OFD.xml": _LAUGHS + "<x>&j;</x>"})


KINDS: dict[str, tuple[Make, int]] = {
    "truncated": (truncated, 70),
    "cut in a character or mark": (cut_text, 20),
    "wrong ending": (wrong_ending, 70),
    "random bytes": (random_bytes, 80),
    "deeply nested": (deeply_nested, 25),
    "huge line": (huge_line, 15),
    "zip bomb": (zip_bomb, 8),
    "XML bomb": (xml_bomb, 12),
}


def make(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, str]]:
    """Yields broken files of every kind in proportion, with their kind."""
    chance = random.Random(seed)
    total = sum(share for _, share in KINDS.values())
    number = 0
    for kind, (maker, share) in KINDS.items():
        for _ in range(max(1, round(count * share / total))):
            suffix, content = maker(chance)
            path = folder / f"b{number:03}{suffix}"
            path.write_bytes(content)
            number += 1
            yield path, kind


def main() -> int:
    """Prints the table; returns 1 if a broken file got in, or took more than 10 s."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "files"
        folder.mkdir()
        kinds = dict(make(folder, given.count, given.seed))
        sound = {folder / f"s{n}{suffix}": maker() for n, (suffix, maker) in enumerate(SOUND.items())}
        for path, content in sound.items():
            path.write_bytes(content)
        return report(Path(name) / "data", kinds, list(sound))


def report(data: Path, kinds: dict[Path, str], sound: list[Path]) -> int:
    """Ingests all and prints a line a kind; returns 1 if something is not as it should be."""
    rows: dict[str, list[float]] = {kind: [] for kind in KINDS}
    let_in, wordless = [], []
    with Library.open(data) as library:
        for path, kind in kinds.items():
            began = time.perf_counter()
            (result, *_) = list(library.ingest([path]))
            rows[kind].append(time.perf_counter() - began)
            let_in += [path] if result.result != "rejected" else []
            wordless += [path] if not result.reason else []
        held = {meta.source for meta in library.articles()}
        results = list(library.ingest([kinds_folder := next(iter(kinds)).parent]))
        got_in = [path for path in sound if path.name in {m.source for m in library.articles()}]
    print(f"{'kind':28} files  slowest s  median s")
    for kind, times in rows.items():
        print(f"{kind:28} {len(times):5}  {max(times):9.2f}  {sorted(times)[len(times) // 2]:8.2f}")
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"let in: {len(let_in)} {[p.name for p in let_in]} (held: {sorted(held)}); without a reason: {len(wordless)}"
    )
    print(
        f"whole folder {kinds_folder.name}: {len(results)} results, sound files in: {len(got_in)} of {len(sound)}"
    )
    print(f"peak memory: ingest {own:.0f} MB, parser {children:.0f} MB")
    slow = max(max(times) for times in rows.values())
    return int(bool(let_in or wordless or slow > 10 or len(got_in) < len(sound)))


if __name__ == "__main__":
    sys.exit(main())
