"""One process that prints the demonstration’s kind of strategy, ours and by WeasyPrint alone."""

import io
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django
import pikepdf
from django.template.loader import render_to_string

from assessments.editions.drawings import cover_map, drawings
from core import pdf

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WORDS = "The partnership does what it said it would do, and says where it does not know. " * 6
TEMPLATE = "pdf/strategy.html"


def measure(rounds: int) -> dict[str, float]:
    """Seconds of processor time for both ways, medians; the first render, the last, and memory."""
    django.setup()
    shown = edition()
    given = {"shown": shown, "title": "Strategy", "adopted": "Adopted.", "draft": False,
             "partnership": {"name": "Partnership"}, "drawn": drawings(shown)}  # fmt: skip
    pictures = {"cover-map.svg": cover_map(shown["area"]["outlines"])}
    made = pdf.render(TEMPLATE, given, pictures=pictures)
    ours = [_took(lambda: pdf.render(TEMPLATE, given, pictures=pictures)) for _ in range(rounds)]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    alone = [_took(lambda: _alone(given, pictures)) for _ in range(rounds)]
    with pikepdf.open(io.BytesIO(made)) as document:
        pages = len(document.pages)
    return {
        "ours": statistics.median(ours), "alone": statistics.median(alone), "first": ours[0],
        "last": ours[-1], "megabytes": megabytes, "pages": pages,
    }  # fmt: skip


def _alone(given: dict[str, Any], pictures: dict[str, bytes]) -> None:
    html = render_to_string(TEMPLATE, given)
    engine = pdf._engine()
    files = pdf.OurFiles(pictures)
    engine.HTML(string=html, base_url=pdf.ASSETS, url_fetcher=files).write_pdf()


def edition() -> dict[str, Any]:
    """An edition with charts, maps and a plan, as it would be frozen."""
    wards = [_ward(at) for at in range(20)]
    by_month = [{"key": f"2025-{at:02}", "short": name, "name": name, "n": 90 + at * 7 % 40,
                 "words": str(90 + at * 7 % 40)} for at, name in enumerate(MONTHS, 1)]  # fmt: skip
    by_ward = [{"code": each["code"], "name": each["name"], "n": 200 - at * 9,
                "words": str(200 - at * 9)} for at, each in enumerate(wards)]  # fmt: skip
    crime = {"type": "Burglary", "period": "2025", "total": 1400, "total_words": "1,400",
             "by_month": by_month, "by_ward": by_ward, "message": "Most in July"}  # fmt: skip
    return {
        "partnership": "Partnership", "place": "Place", "title": "Strategy", "years": "2025",
        "year_name": "2025/26", "called": "Refresh", "refresh": True, "board": "Board",
        "foreword": WORDS * 4, "vision": WORDS, "about": WORDS, "resources": WORDS,
        "equality": WORDS, "changes": WORDS, "different": "Nothing.",
        "consultation": {"when": "", "how": WORDS, "found": WORDS},
        "partners": [{"name": f"Body {at}", "statutory": True} for at in range(9)],
        "police_plan": {}, "last": {}, "contact": {},
        "area": {"wards": 20, "lsoas": 67, "residents": "116,760", "outlines": wards},
        "findings": {
            "period": "2025", "total": 9, "total_words": "9", "force": "Police", "sources": [],
            "by_month": by_month, "by_ward": by_ward,
            "by_type": [{"name": f"Type {at}", "n": 900 - at * 50} for at in range(14)],
        },
        "priorities": [_priority(at, crime) for at in range(1, 5)],
    }  # fmt: skip


def _ward(at: int) -> dict[str, Any]:
    x, y = 0.1 + at % 5 * 0.03, 51.3 + at // 5 * 0.03
    ring = [[x + step * 0.001, y] for step in range(30)]
    ring += [[x + 0.03, y + 0.03], [x, y + 0.03], [x, y]]
    return {"code": f"W{at}", "name": f"Ward {at}", "polygons": [[ring]]}


def _priority(number: int, crime: dict[str, Any]) -> dict[str, Any]:
    light = {"state": "green", "words": "Green", "why": "On time"}
    measure = {"name": "Reports", "baseline": "100", "baseline_period": "2025", "target": "90",
               "target_by": "31 March 2027", "source": "Police", "light": light}  # fmt: skip
    action = {"reference": "A-1", "text": WORDS[:79], "lead": "Council", "partners": ["Police"],
              "due": "31 March 2027", "light": light}  # fmt: skip
    return {
        "number": number, "title": f"Priority {number}", "aim": WORDS[:79], "why": WORDS,
        "owner": "Council", "light": light, "crime": crime, "evidence": ["Figures"],
        "objectives": [{"number": at, "text": WORDS[:79], "measures": [measure],
                        "actions": [action] * 3} for at in (1, 2)],
    }  # fmt: skip


def _took(deed: Callable[[], object]) -> float:
    start = time.process_time()
    deed()
    return time.process_time() - start


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
