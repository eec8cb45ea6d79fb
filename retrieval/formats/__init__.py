"""Files of other formats than plain text into text: web pages, Word, PDF, tables, OFD.

Every extractor runs in a child process with limits (`sandbox`); what cannot be read is an
`ArticleUnreadable` with a Chinese reason.
"""
