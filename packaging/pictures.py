"""Make the pictures of the documents: a real window on a real kernel, grabbed offscreen.

Run by `make pictures`; writes docs/images/*.png at two pixels for each pixel of the window.
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")

from pictured import pictured
from pictures_completing import completing_pictures
from pictures_editing import editing_picture
from pictures_embedding import embedding_picture
from pictures_files import file_picture
from pictures_grid import grid_pictures
from pictures_history import history_picture
from pictures_inspector import inspector_pictures
from pictures_keys import key_pictures
from pictures_members import members_pictures
from pictures_reading import reading_pictures
from pictures_rich import rich_pictures
from pictures_settings import settings_picture
from pictures_tabs import tab_pictures
from pictures_value import value_pictures
from pictures_waiting import waiting_pictures
from vitrail.bootstrap import make_application, qt_loop

TARGET = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = (900, 880)

SESSION = (
    """\
import numpy as np
steps = np.random.default_rng(7).normal(size=500)
steps[:4]""",
    """\
import matplotlib.pyplot as plt
plt.figure(figsize=(6, 2.2)); plt.plot(steps.cumsum(), linewidth=1); plt.show()""",
    """\
def mean(values):
    return sum(values) / len(values)

mean([])""",
)


async def console_picture(theme: str, target: Path) -> None:
    """Run the session in a window and save what it looks like."""
    async with pictured(theme, target, SIZE) as picture:
        await picture.run(*SESSION)
        await picture.save("console")


async def main() -> None:
    """Make all pictures."""
    TARGET.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        await console_picture(theme, TARGET)
        await completing_pictures(theme, TARGET)
        await key_pictures(theme, TARGET)
        await inspector_pictures(theme, TARGET)
        await file_picture(theme, TARGET)
        await editing_picture(theme, TARGET)
        await embedding_picture(theme, TARGET)
        await grid_pictures(theme, TARGET)
        await reading_pictures(theme, TARGET)
        await history_picture(theme, TARGET)
        await rich_pictures(theme, TARGET)
        await settings_picture(theme, TARGET)
        await tab_pictures(theme, TARGET)
        await value_pictures(theme, TARGET)
        await members_pictures(theme, TARGET)
        await waiting_pictures(theme, TARGET)


if __name__ == "__main__":
    application = make_application()
    with qt_loop(application) as loop:
        loop.run_until_complete(main())
    sys.exit(0)
