"""Later turns of a conversation made standalone."""
