"""A person's own draft checked against the library; nothing of it enters the library."""
