"""Footnotes of a Word file: real ones, which Word numbers and moves by itself."""

from __future__ import annotations

from typing import Any

from assistant.export.looks import element

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_ROOT = '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_SEPARATORS = (("separator", "0"), ("continuationSeparator", "1"))


class Footnotes:
    """The footnotes of a document, added in the order of their marks."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import qn

        self._document = document
        self._root = parse_xml(_ROOT)
        self._count = 0
        for kind, key in _SEPARATORS:
            self._root.append(_separator(kind, key))
        # Word refuses settings in another order than its schema's.
        document.settings.element.find(qn("w:compat")).addprevious(_settings())

    def add(self, paragraph: Any, text: str) -> int:
        """Marks the end of a paragraph as it stands with a new footnote; returns the note's number."""
        self._count += 1
        number = self._count
        start = element("w:bookmarkStart", id=str(number), name=_bookmark(number))
        paragraph._p.append(start)
        _mark(paragraph, element("w:footnoteReference", id=str(number + 1)))
        paragraph._p.append(element("w:bookmarkEnd", id=str(number)))
        self._root.append(_note(str(number + 1), text))
        return number

    def repeat(self, paragraph: Any, number: int) -> None:
        """Marks the end of a paragraph with a note that stands already; Word keeps the number right."""
        field = element("w:fldSimple", instr=f"NOTEREF {_bookmark(number)} \\h")
        run = element("w:r")
        look = element("w:rPr")
        look.append(element("w:vertAlign", val="superscript"))
        run.append(look)
        text = element("w:t")
        text.text = str(number)
        run.append(text)
        field.append(run)
        _superscript(paragraph, "[")
        paragraph._p.append(field)
        _superscript(paragraph, "]")

    def close(self) -> None:
        """Puts the notes into the document."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart

        package = self._document.part.package
        part = XmlPart(PackURI("/word/footnotes.xml"), _CONTENT, self._root, package)
        self._document.part.relate_to(part, _TYPE)


def _bookmark(number: int) -> str:
    return f"_Ref{900000 + number}"


def _mark(paragraph: Any, reference: Any) -> None:
    _superscript(paragraph, "[")
    run = paragraph.add_run()
    run.style = "footnote reference"
    run._r.append(reference)
    _superscript(paragraph, "]")


def _superscript(paragraph: Any, text: str) -> None:
    paragraph.add_run(text).font.superscript = True


def _separator(kind: str, key: str) -> Any:
    note, paragraph, run = element("w:footnote", type=kind, id=key), element("w:p"), element("w:r")
    properties = element("w:pPr")
    properties.append(element("w:spacing", after="0", line="240", lineRule="auto"))
    properties.append(element("w:ind", firstLineChars="0", firstLine="0"))
    paragraph.append(properties)
    run.append(element(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _note(key: str, text: str) -> Any:
    note, paragraph = element("w:footnote", id=key), element("w:p")
    properties = element("w:pPr")
    properties.append(element("w:pStyle", val="footnotetext"))
    paragraph.append(properties)
    number, look = element("w:r"), element("w:rPr")
    look.append(element("w:rStyle", val="footnotereference"))
    number.append(look)
    number.append(element("w:footnoteRef"))
    paragraph.append(number)
    paragraph.append(_run(f" {text}"))
    note.append(paragraph)
    return note


def _run(text: str) -> Any:
    from docx.oxml.ns import qn

    run, said = element("w:r"), element("w:t")
    said.text = text
    said.set(qn("xml:space"), "preserve")
    run.append(said)
    return run


def _settings() -> Any:
    settings = element("w:footnotePr")
    for _, key in _SEPARATORS:
        settings.append(element("w:footnote", id=key))
    return settings
