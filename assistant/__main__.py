"""The command `jushi`, also `python -m assistant`."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the program and exits with its code."""
    from assistant.cli.program import run

    sys.exit(run())


if __name__ == "__main__":
    main()
