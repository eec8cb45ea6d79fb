"""Conversations: what was asked and answered, kept for its owner, and nothing of how it is shown."""
