"""Reads a calendar as a subscriber's program would and prints its events as JSON.

Usage: read_calendar.py FILE-OR-URL FROM UNTIL      (dates as YYYY-MM-DD)
Needs `icalendar` and `recurring-ical-events` from PyPI.
"""

import argparse
import json
import sys
import urllib.request
from datetime import date, datetime, timezone

import icalendar
import recurring_ical_events


def read(place: str) -> bytes:
    """The bytes of a file or of what an address answers."""
    if place.startswith(("http://", "https://")):
        with urllib.request.urlopen(place, timeout=30) as answer:
            return answer.read()
    with open(place, "rb") as file:
        return file.read()


def shown(moment: date | datetime) -> str:
    """An instant in UTC, or a civil date as it stands."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    if moment.tzinfo is None:
        raise ValueError(f"floating time {moment}: no program can tell when that is")
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def events(content: bytes, since: date, until: date) -> list[dict]:
    """Every event (and each instance of a series) that touches the days from `since` until before `until`."""
    calendar = icalendar.Calendar.from_ical(content)
    found = recurring_ical_events.of(calendar).between(since, until)
    rows = [
        {
            "uid": str(event["UID"]),
            "start": shown(event["DTSTART"].dt),
            "end": shown(event["DTEND"].dt),
            "summary": str(event.get("SUMMARY", "")),
            "status": str(event.get("STATUS", "")),
            "sequence": int(event.get("SEQUENCE", 0)),
        }
        for event in found
    ]
    return sorted(rows, key=lambda row: (row["start"], row["uid"]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("place", help="a file, or an http address")
    parser.add_argument("since", type=date.fromisoformat, help="first day")
    parser.add_argument("until", type=date.fromisoformat, help="day after the last")
    asked = parser.parse_args()
    json.dump(events(read(asked.place), asked.since, asked.until), sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
