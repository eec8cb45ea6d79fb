"""The looks of an exported Word file after GB/T 9704, every one an editable style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# 22 lines on a page, as GB/T 9704 asks.
LINE_POINTS = 28.95
_MARGINS_MM = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_NUMBER_ABOVE_EDGE_MM = 24  # the page number stands 7 mm below the text
_LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: its East Asian font, size in points, and how its lines stand.

    Attributes:
        indent: Characters by which the first line is moved in.
        spacing: Exact points from line to line, 0 for single.
    """

    name: str
    font: str
    points: float
    align: str = "both"
    indent: int = 0
    spacing: float = LINE_POINTS
    after: float = 0
    base: str = "Normal"


# A Word without 方正小标宋 shows the font named as its stand-in in the font table: 宋体.
LOOKS = (
    Look("Normal", "仿宋", 16, indent=2, base=""),
    Look("Title", "方正小标宋简体", 22, align="center", after=LINE_POINTS, spacing=34),
    Look("Heading 1", "黑体", 16, indent=2),
    Look("Heading 2", "楷体", 16, indent=2),
    Look("Footer", "宋体", 14, align="left", spacing=0),
    Look("Header", "仿宋", 10.5, align="right", spacing=0),
    Look("表格文字", "仿宋", 12, align="left", spacing=18),
    Look("表头", "黑体", 12, align="center", spacing=18, base="表格文字"),
    Look("表格前后", "仿宋", 12, spacing=10),
    Look("出处", "仿宋", 14, indent=2, spacing=24),
    Look("核稿信息", "楷体", 12, indent=2, spacing=20),
    Look("footnote text", "仿宋", 9, align="left", spacing=12),
)
_STAND_INS = {"方正小标宋简体": "宋体", "仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "黑体": "SimHei"}


def set_up(document: Any, title: str, *, header: str = "") -> None:
    """Gives a new document its page, styles, page numbers and properties; `header` stands atop each page."""
    _set_page(document.sections[0])
    for look in LOOKS:
        _set_style(document, look)
    _add_reference_style(document)
    _name_fonts(document)
    _number_pages(document)
    if header:
        document.sections[0].header.paragraphs[0].text = header
        document.sections[0].even_page_header.paragraphs[0].text = header
    about = document.core_properties
    about.title, about.author, about.comments, about.language = title, "据实", "", "zh-CN"
    about.last_modified_by = "据实"


def _set_page(section: Any) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in _MARGINS_MM.items():
        setattr(section, name, Mm(size))
    section.footer_distance, section.header_distance = Mm(_NUMBER_ABOVE_EDGE_MM), Mm(22)
    # No grid: every style says itself how far its lines stand apart, in Word and elsewhere alike.
    for old in section._sectPr.findall(_tag("w:docGrid")):
        section._sectPr.remove(old)


def _set_style(document: Any, look: Look) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    names = [style.name for style in document.styles]
    known = look.name in names
    builtin = look.name == "footnote text"
    style = (
        document.styles[look.name]
        if known
        else document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    )
    if look.base:
        style.base_style = document.styles[look.base]
    style.quick_style, style.hidden = True, False
    style.font.name, style.font.size, style.font.bold = _LATIN, Pt(look.points), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _set_fonts(style, look.font)
    lines = style.paragraph_format
    lines.line_spacing = Pt(look.spacing) if look.spacing else 1.0
    lines.space_before, lines.space_after = Pt(0), Pt(look.after)
    lines.widow_control = False
    lines.alignment = {
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
        "center": WD_ALIGN_PARAGRAPH.CENTER,
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
    }[look.align]
    lines.first_line_indent = Pt(look.indent * look.points)
    # Characters win over points: the indent follows when somebody changes the style's size.
    style.element.get_or_add_pPr().ind.set(_tag("w:firstLineChars"), str(look.indent * 100))
    for border in style.element.pPr.findall(_tag("w:pBdr")):
        style.element.pPr.remove(border)


def _set_fonts(style: Any, east_asian: str) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(_tag(f"w:{theme}"), None)  # a theme's font would win over the named one
    fonts.set(_tag("w:eastAsia"), east_asian)
    for name in ("w:spacing", "w:kern"):
        for old in properties.findall(_tag(name)):
            properties.remove(old)


def _add_reference_style(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    style = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.superscript = True
    language = document.styles.element.find(".//" + _tag("w:lang"))
    if language is not None:
        language.set(_tag("w:eastAsia"), "zh-CN")


def _name_fonts(document: Any) -> None:
    """Names stand-ins in the font table, so that a Word without a font takes one of its kind."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = etree.fromstring(part.blob)
    for name, instead in _STAND_INS.items():
        font = etree.SubElement(table, _tag("w:font"), {_tag("w:name"): name})
        etree.SubElement(font, _tag("w:altName"), {_tag("w:val"): instead})
        etree.SubElement(font, _tag("w:charset"), {_tag("w:val"): "86"})
        etree.SubElement(font, _tag("w:family"), {_tag("w:val"): "auto"})
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _number_pages(document: Any) -> None:
    """Puts — 1 — outside on odd and even pages, one character in from the edge of the text."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    sides = (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right_indent", "页码（单页）"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left_indent", "页码（双页）"),
    )
    for footer, alignment, indent, name in sides:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Footer"]
        style.paragraph_format.alignment = alignment
        setattr(style.paragraph_format, indent, Pt(14))
        paragraph = footer.paragraphs[0]
        paragraph.style = style
        paragraph.add_run("— ")
        field = element("w:fldSimple", instr="PAGE")
        run = element("w:r")
        text = element("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)
        paragraph.add_run(" —")


def indent_nothing(style: Any) -> None:
    """Takes the first line's indent from a style that has inherited one."""
    from docx.shared import Pt

    style.paragraph_format.first_line_indent = Pt(0)
    style.element.pPr.ind.set(_tag("w:firstLineChars"), "0")


def element(tag: str, **attributes: str) -> Any:
    """Returns a Word element, its attributes in Word's namespace."""
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(_tag(f"w:{key}"), value)
    return made


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    found: str = qn(name)
    return found
