"""pip, reading environment markers as another platform would: used by `build_wheelhouse.py`.

Usage: python scripts/target_pip.py MARKERS.json PIP_ARGUMENT…

`pip download --platform win_amd64` picks wheels of that platform, but evaluates markers such as
`sys_platform == "win32"` for the machine it runs on: what only Windows needs would be missing, and what
Windows cannot have would be asked for. Here the markers' environment is the target's. What comes of it is
checked afterwards by `wheel_check.py`, which does not go through pip.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> int:
    """Returns pip's exit code."""
    from pip._internal.cli.main import main as pip
    from pip._vendor.packaging import markers

    environment = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    here = markers.default_environment
    markers.default_environment = lambda: {**here(), **environment}
    return int(pip(sys.argv[2:]))


if __name__ == "__main__":
    sys.exit(main())
