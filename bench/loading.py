"""Loading every shipped rulebook, and the command that users try first, each in a new process."""

import statistics
import subprocess
import sys
import time

TIMES = 5
LOADING = """
import time
from rules.reading.load import load
from rules.reading.folders import shipped
start = time.perf_counter()
books = [load(name) for name in shipped()]
print(time.perf_counter() - start, len(books))
"""


def measure() -> str:
    """One line for `make bench`."""
    runs = [subprocess.check_output([sys.executable, "-c", LOADING], text=True).split() for _ in range(TIMES)]
    loading = statistics.median(float(seconds) for seconds, _ in runs)
    listing = statistics.median(_listing() for _ in range(TIMES))
    return f"loading: {runs[0][1]} rulebooks in {loading * 1000:.0f} ms cold; `tusoi rulebook list` in {listing:.2f} s"


def _listing() -> float:
    start = time.perf_counter()
    tusoi = [sys.executable, "-c", "from bot.cli import main; main()", "rulebook", "list"]
    subprocess.run(tusoi, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(measure())
