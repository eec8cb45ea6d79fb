"""Answers as files for the office: Word and Markdown."""

from assistant.export.markdown import to_markdown
from assistant.export.word import to_docx

__all__ = ["to_docx", "to_markdown"]
