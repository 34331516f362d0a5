"""Reads feeds as other people's programs do: Python's icalendar and recurring-ical-events.

Each event of a visit's feed lies at the instants the API tells, and a line that is moved keeps its UID and raises SEQUENCE.
"""

import datetime
import sys
import urllib.error
import urllib.request

import zoneinfo

# The zones of the pinned package, not those of the machine, which may be years old.
zoneinfo.reset_tzpath(to=[])

import icalendar
import recurring_ical_events

from demo_office import call, instant, token_of


def fetch(url: str) -> icalendar.Calendar:
    """The feed, read by a foreign library."""
    with urllib.request.urlopen(url) as answer:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8", answer.headers["Content-Type"]
        return icalendar.Calendar.from_ical(answer.read())


def main() -> None:
    token = token_of("officer")
    visit = {
        "category": "working",
        "state": "confirmed",
        "title": "Foreign Minister of Chile",
        "starts_on": "2027-03-10",
        "ends_on": "2027-03-20",
        "capital_zone": "America/Santiago",
        "markings": {"existence": "TLP:GREEN", "title": "TLP:GREEN", "dates": "TLP:GREEN", "parties": "TLP:GREEN"},
    }
    visit, _ = call("POST", "/visits", visit, token)
    zones = ["America/Los_Angeles", "America/Santiago", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "America/Vancouver"]
    lines = {}
    for number, zone in enumerate(zones):
        day = f"2027-03-{12 + number:02d}"
        line = {
            "kind": "bilateral",
            "title": f"Gặp gỡ 🤝 {zone}; a, b\\c",
            "starts": {"local": f"{day}T09:05", "zone": zone},
            "ends": {"local": f"{day}T10:10", "zone": zone},
            "state": "firm",
        }
        made, headers = call("POST", f"/visits/{visit['id']}/items", line, token)
        lines[made["title"]] = (made, headers["ETag"])
    feed, _ = call("POST", "/feeds", {"scope": {"kind": "visit", "id": visit["id"]}, "detail": "full"}, token)
    calendar = fetch(feed["url"])
    events = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}
    assert set(events) == set(lines), (sorted(events), sorted(lines))
    for title, (line, _) in lines.items():
        for name, edge in (("DTSTART", "starts"), ("DTEND", "ends")):
            seen = events[title].decoded(name).astimezone(datetime.timezone.utc)
            assert seen == instant(line[edge]), (title, name, seen, line[edge])
    expanded = recurring_ical_events.of(calendar).between(datetime.date(2027, 3, 1), datetime.date(2027, 4, 1))
    assert len(expanded) == len(lines), len(expanded)

    title, (line, etag) = next(iter(lines.items()))
    moved = {"starts": {"local": "2027-03-12T09:35", "zone": zones[0]}, "ends": {"local": "2027-03-12T10:40", "zone": zones[0]}}
    call("PATCH", f"/items/{line['id']}", moved, token, {"If-Match": etag})
    after = {str(event["SUMMARY"]): event for event in fetch(feed["url"]).walk("VEVENT")}
    assert after[title]["UID"] == events[title]["UID"]
    assert int(after[title]["SEQUENCE"]) > int(events[title]["SEQUENCE"])
    others = [name for name in events if name != title]
    assert all(after[name].to_ical() == events[name].to_ical() for name in others), "a line that did not move changed"

    call("DELETE", f"/feeds/{feed['id']}", None, token)
    try:
        fetch(feed["url"])
    except urllib.error.HTTPError as error:
        assert error.code == 404, error.code
    else:
        raise AssertionError("a revoked feed was answered")
    print("1 passed, 0 failed")


try:
    main()
except AssertionError as error:
    print(f"a feed is not what it must be: {error}")
    print("0 passed, 1 failed")
    sys.exit(1)
