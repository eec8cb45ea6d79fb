"""The check every statement of every answer must pass before anyone sees it."""
