"""Pictures are read on the thread that draws while another one decodes."""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[2]
SCRIPT = """
import sys, threading
from support.drawings import encoded, plot
from vitrail_widgets.render.raster import Raster

sys.setswitchinterval(0.0005)  # as while pictures are decoded
content, is_over = encoded(plot()), threading.Event()

def decode():
    while not is_over.is_set():
        raster = Raster.from_base64(content, "image/png")
        raster.decode(raster.size)

thread = threading.Thread(target=decode)
thread.start()
for _ in range(3000):
    Raster.from_base64(content, "image/png")
is_over.set()
thread.join()
print("done")
"""


def test_one_thread_decodes_while_another_one_reads_what_pictures_are() -> None:
    """In another process: threads that wait for each other inside Qt stop everything."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=TESTS, capture_output=True, text=True, timeout=100
    )
    assert done.stdout == "done\n", done.stderr
