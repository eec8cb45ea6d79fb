"""Answers made ready for other people's texts: sentences, sentences with sources, references."""
