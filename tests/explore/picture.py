"""The picture in the README: `make picture`, which shows an article of `newscrawl demo` in a real Chromium.

python -m tests.explore.picture docs/article.png
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from newscrawl.data_folder import DataFolder
from newscrawl.sample import visits
from tests.explore.chromium import appearance, driven, picture
from tests.explore.conftest import start, stop

WIDTH, HEIGHT = 1000, 1105


def main(target: Path) -> None:
    """Make the demonstration in a folder of its own, and take a picture of the article that was edited."""
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(Path(name) / "demo")
        for _ in visits.make(folder):
            pass
        edited = next(shown.url for shown in visits.shown(folder) if shown.what == "revised")
        process, url = start(folder.archive)
        try:
            with driven(Path(name) / "profile") as driver:
                appearance(driver, width=WIDTH)
                driver.get(f"{url}article?{urlencode({'url': edited})}")
                target.write_bytes(picture(driver, HEIGHT))
        finally:
            stop(process)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
