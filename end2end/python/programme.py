"""The programme that somebody subscribes to: its lines, when they must be shown, and what the office does to them."""

import dataclasses
import re

from demo_office import call, page, submit, token_of

HOME, AWAY = "America/Los_Angeles", "Asia/Tokyo"
READER = "Jonah Dvorsky"
GREEN_VISIT = {part: "TLP:GREEN" for part in ("existence", "title", "dates", "parties")}
GREEN_LINE = {part: "TLP:GREEN" for part in ("existence", "time", "title", "place", "people", "notes")}
ROOM, ROOM_WITH_ADDRESS = "Tom Bradley Room", "Tom Bradley Room, City Hall, 200 North Spring Street, Los Angeles"

# Right-to-left and joined letters, signs of several code points, all that a calendar escapes, and what looks like its escapes.
HOSTILE = 'عشاء عمل على شرف الضيف 🤝🏽 Hà Nội; Łódź, 東京 \\ a\\nb \\, \\; C:\\new\\\\ 👩🏽‍🚀 🇨🇱 "quoted": <b>&amp;</b>'
# These characters end a line for some programs: what follows would be a property of its own.
FORGED = "Tea\u2028STATUS:CANCELLED\u2029END:VEVENT"
NOTES = "First, second; third\\fourth\nBEGIN:VEVENT\nSUMMARY:Forged\n\n🎌 the end"


@dataclasses.dataclass(frozen=True)
class Line:
    """A line: what was agreed, and when that is on the office's clock and on one far away."""

    title: str
    kind: str
    starts: tuple[str, str]
    ends: tuple[str, str]
    at_home: tuple[str, str]
    away: tuple[str, str]
    # What else is said of it, as the API takes it.
    says: dict = dataclasses.field(default_factory=dict)

    def on(self, zone: str) -> tuple[str, str]:
        """From when until when on the clock of somebody."""
        return {HOME: self.at_home, AWAY: self.away}[zone]


def here(title: str, kind: str, at_home: tuple[str, str], away: tuple[str, str], **says) -> Line:
    """A line on the office's own clock."""
    starts, ends = at_home
    return Line(title, kind, (starts, HOME), (ends, HOME), at_home, away, says)


# The clocks of Los Angeles go forward on 14 March 2027 and back on 7 November, those of Santiago on 4 April; those of
# Vancouver stay as they are from 2026 on.
BEFORE = here(
    "Before the change", "bilateral", ("2027-03-12T09:05", "2027-03-12T10:10"), ("2027-03-13T02:05", "2027-03-13T03:10")
)
OVER = here("Over the change", "overnight", ("2027-03-13T23:30", "2027-03-14T04:00"), ("2027-03-14T16:30", "2027-03-14T20:00"))
DINNER = here(
    HOSTILE,
    "working-meal",
    ("2027-03-15T19:30", "2027-03-15T21:00"),
    ("2027-03-16T11:30", "2027-03-16T13:00"),
    place=HOSTILE,
    notes=NOTES,
)
AFTER = here("After the change", "bilateral", ("2027-03-16T09:05", "2027-03-16T10:10"), ("2027-03-17T01:05", "2027-03-17T02:10"))
MOVED = here("After the change", "bilateral", ("2027-03-17T10:35", "2027-03-17T11:40"), ("2027-03-18T02:35", "2027-03-18T03:40"))
TEA = here(FORGED, "cultural", ("2027-03-17T16:00", "2027-03-17T16:40"), ("2027-03-18T08:00", "2027-03-18T08:40"))
GREETED = here("Greeted by name", "ceremony", ("2027-03-18T10:07", "2027-03-18T10:21"), ("2027-03-19T02:07", "2027-03-19T02:21"))
FLIGHT = Line(
    "Flight home",
    "departure",
    ("2027-03-18T14:00", HOME),
    ("2027-03-19T06:30", "America/Santiago"),
    ("2027-03-18T14:00", "2027-03-19T02:30"),
    ("2027-03-19T06:00", "2027-03-19T18:30"),
)
TWICE = here(
    "The hour that comes twice", "bilateral", ("2027-11-07T01:30", "2027-11-07T02:30"), ("2027-11-07T18:30", "2027-11-07T19:30")
)
VANCOUVER = Line(
    "In Vancouver",
    "bilateral",
    ("2027-11-20T09:00", "America/Vancouver"),
    ("2027-11-20T10:00", "America/Vancouver"),
    ("2027-11-20T08:00", "2027-11-20T09:00"),
    ("2027-11-21T01:00", "2027-11-21T02:00"),
)
# When what stands in for a line must be shown: its edges lie on the quarter of an hour.
STAND_INS = {
    TEA.title: {HOME: ("2027-03-17T16:00", "2027-03-17T16:45"), AWAY: ("2027-03-18T08:00", "2027-03-18T08:45")},
    GREETED.title: {HOME: ("2027-03-18T10:00", "2027-03-18T10:30"), AWAY: ("2027-03-19T02:00", "2027-03-19T02:30")},
}
OF_VISIT = (BEFORE, OVER, DINNER, AFTER, TEA, GREETED, FLIGHT)
OWN = (GREETED, TWICE, VANCOUVER)
# The lines of both; what the demo office brings lies before.
YEARS = ("2027-01-01", "2028-01-01")


def times_of(line: Line) -> dict:
    """The times of a line, as the API takes them."""
    times = {name: dict(zip(("local", "zone"), edge)) for name, edge in (("starts", line.starts), ("ends", line.ends))}
    if line is TWICE:
        # The second time.
        times["starts"]["offset"] = "-08:00"
    return times


class Office:
    """An office with a visit and, on another, the reader's own engagements."""

    def __init__(self) -> None:
        self.officer, self.chief, self.security, self.reader = map(token_of, ("officer", "chief", "security", "officer2"))
        accounts = page("/accounts", self.security)
        self.account = re.search(rf'href="/accounts/([0-9a-f-]{{36}})"[^>]*>{READER}', accounts)[1]
        people = call("GET", "/people?limit=200", token=self.officer)[0]["items"]
        rooms = call("GET", "/rooms?limit=200", token=self.officer)[0]["items"]
        greets = {"people": [{"person_id": next(one["id"] for one in people if one["name"] == READER), "role": "greeter"}]}
        in_room = {"room_id": next(room["id"] for room in rooms if room["name"].startswith(ROOM)), "people_count": "8"}
        more = {AFTER.title: in_room} | {line.title: greets for line in OWN}
        self.items = {}
        self.visit = self._make_visit("Foreign Minister of Chile", "2027-03-10", "2027-03-20", "America/Santiago")
        for line in OF_VISIT:
            self._make_line(self.visit, line, more.get(line.title, {}))
        self.own_visit = self._make_visit("Mayor of Vancouver", "2027-11-05", "2027-11-22", "America/Vancouver")
        for line in (TWICE, VANCOUVER):
            self._make_line(self.own_visit, line, greets)
        self.put_on_list()

    def change(self, line: Line, change: dict) -> None:
        """Changes a line."""
        self._patch(f"/items/{self.items[line.title]}", change)

    def take_out(self, line: Line) -> None:
        """Takes a line out of its programme."""
        path = f"/items/{self.items[line.title]}"
        call("DELETE", path, None, self.officer, {"If-Match": self._seen(path)})

    def call_off_own_visit(self) -> None:
        """The visit with the reader's own engagements will not take place."""
        self._patch(f"/visits/{self.own_visit}", {"state": "cancelled"})

    def put_on_list(self) -> None:
        """Puts the reader on the visit's access list."""
        form = {"id": self.visit, "account_id": self.account, "reason": "Greets the guest"}
        submit(f"/visits/{self.visit}/access", "grant_access", form, self.chief)

    def take_off_list(self) -> None:
        """Takes the reader off it."""
        submit(f"/visits/{self.visit}/access", "revoke_access", {"id": self.visit, "account_id": self.account}, self.chief)

    def clear_up_to(self, ceiling: str) -> None:
        """Says how high the reader reads."""
        form = {"account_id": self.account, "ceiling": ceiling, "reason": "Other duties"}
        submit(f"/accounts/{self.account}", "change_ceiling", form, self.security)

    def _make_visit(self, title: str, starts_on: str, ends_on: str, capital_zone: str) -> str:
        visit = {"category": "working", "state": "confirmed", "title": title, "markings": GREEN_VISIT}
        visit |= {"starts_on": starts_on, "ends_on": ends_on, "capital_zone": capital_zone}
        return call("POST", "/visits", visit, self.officer)[0]["id"]

    def _make_line(self, visit: str, line: Line, more: dict) -> None:
        body = {"kind": line.kind, "title": line.title, "state": "firm", "markings": GREEN_LINE}
        body |= times_of(line) | line.says | more
        self.items[line.title] = call("POST", f"/visits/{visit}/items", body, self.officer)[0]["id"]

    def _patch(self, path: str, change: dict) -> None:
        call("PATCH", path, change, self.officer, {"If-Match": self._seen(path)})

    def _seen(self, path: str) -> str:
        return call("GET", path, token=self.officer)[1]["ETag"]
