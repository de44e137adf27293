"""The beat container's health check: whether beat wrote its timetable in the last ten minutes."""

import os
import sys
import time
from pathlib import Path

schedule = Path(os.environ["BEAT_SCHEDULE"])
written = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
sys.exit(time.time() - max(written, default=0) > 600)
