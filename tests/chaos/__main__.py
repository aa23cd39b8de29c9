"""python -m tests.chaos [NAME…]: prints a line for each trouble on each engine, and the sum.

The exit status is 1 if anything was lost, took effect twice or is stuck, or if a message was sent twice that was not
being sent when a process died.
"""

import sys
import tempfile
from pathlib import Path

from tests.chaos.troubles import TROUBLES, Outcome, suffered


def main() -> None:
    wanted = sys.argv[1:]
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="tusoi-chaos-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        for outcome in suffered(Path(folder), [one for one in TROUBLES if not wanted or one.name in wanted]):
            outcomes.append(outcome)
            print(outcome, flush=True)  # noqa: T201 - its result
    print(f"{'tất cả':14} {sum(outcomes, Outcome('', '')).counts}", flush=True)  # noqa: T201 - as above
    sys.exit(0 if outcomes and all(one.good for one in outcomes) else 1)


if __name__ == "__main__":
    main()
