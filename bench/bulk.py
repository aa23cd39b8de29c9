"""`tusoi rate --bulk` end to end: starting the command, reading cases from a file, writing the results."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.suggestions import _cases

CASES = 100_000


def measure() -> str:
    """One line for `make bench`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cases.jsonl"
        lines = [
            json.dumps({"subject": case.subject, "leader": case.leader, "facts": dict(case.facts)}) for case in _cases()
        ]
        file.write_text("\n".join(lines[n % len(lines)] for n in range(CASES)) + "\n", encoding="utf-8")
        start = time.perf_counter()
        tusoi = [sys.executable, "-c", "from bot.cli import main; main()"]
        done = subprocess.run(
            [*tusoi, "rate", "quang-ngai-office-2020", "--bulk", str(file)], stdout=subprocess.PIPE, check=True
        )
        spent = time.perf_counter() - start
    assert done.stdout.count(b"\n") == CASES
    return f"rate --bulk: {CASES / spent:,.0f} cases/s end to end ({CASES:,} cases in {spent:.1f} s, start included)"


if __name__ == "__main__":
    print(measure())
