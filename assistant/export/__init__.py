"""Answers as files for the office: Word, Markdown and spreadsheets."""

from assistant.export.markdown import to_markdown
from assistant.export.sheets import to_xlsx
from assistant.export.word import to_docx

__all__ = ["to_docx", "to_markdown", "to_xlsx"]
