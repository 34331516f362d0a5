"""Subscribes to feeds with a real calendar client (vdirsyncer and khal), and looks at each sync at what it shows.

Lines lie at their true times on any clock; one that is moved, taken out or called off is so for the subscriber; what may no
longer be read is gone without a trace; and a feed that answers no more leaves the subscriber's calendar as it was.
"""

import pathlib
import sys
import tempfile
from collections.abc import Callable, Iterable

import icalendar

from demo_office import call
from programme import (
    AFTER,
    AWAY,
    BEFORE,
    FORGED,
    GREETED,
    HOME,
    HOSTILE,
    MOVED,
    NOTES,
    OF_VISIT,
    OVER,
    OWN,
    ROOM_WITH_ADDRESS,
    STAND_INS,
    TEA,
    YEARS,
    Line,
    Office,
    times_of,
)
from subscriber import Shown, Subscription


def written(text: str) -> str:
    """A text as a calendar says it: whatever may end a line is the one end of line that it knows (RFC 5545, 3.3.11)."""
    return text.replace("\u2028", "\n").replace("\u2029", "\n")


def synced(subscription: Subscription) -> None:
    """Looks for something new, and is answered."""
    outcome = subscription.sync()
    expect(f"whether {subscription.name} syncs ({outcome.said.strip()})", outcome.succeeded, True)


def expect_unanswered(subscription: Subscription, files: dict[str, bytes]) -> None:
    """Fails unless the client says that there is no such feed, and leaves the files as they were."""
    outcome = subscription.sync()
    expect(f"whether {subscription.name} syncs ({outcome.said.strip()})", outcome.succeeded, False)
    expect(f"whether the client says why ({outcome.said.strip()})", "Not Found" in outcome.said, True)
    expect_unchanged(subscription, files)


def expect_unchanged(subscription: Subscription, files: dict[str, bytes]) -> None:
    """Fails unless the files are as they were."""
    found, before = ([content.decode() for content in contents.values()] for contents in (subscription.raw(), files))
    expect_all(f"the files of {subscription.name}, of which nothing changed", found, before)


def expect_without_trace(subscription: Subscription, lines: Iterable[Line], uids: dict[str, str]) -> None:
    """Fails if anything in the files tells of lines that may not be read: not that they were cancelled, nor that they were."""
    told = "\n".join(str(value) for event in subscription.events().values() for value in event.values())
    for line in lines:
        words = (written(line.title), uids[line.title], *line.says.values())
        expect(f"what {subscription.name} still tells of {line.title!r}", [word for word in words if word in told], [])


def expect(what: str, found, expected) -> None:
    """Fails with both."""
    if found != expected:
        raise AssertionError(f"{what}\n  expected: {expected!r}\n  found:    {found!r}")


def expect_all(what: str, found: Iterable, expected: Iterable) -> None:
    """Fails with what is missing, and what there should not be."""
    found, expected = sorted(found), sorted(expected)
    if found != expected:
        missing = "".join(f"\n  expected and not found: {one!r}" for one in expected if one not in found)
        other = "".join(f"\n  found and not expected: {one!r}" for one in found if one not in expected)
        raise AssertionError(f"{what}{missing}{other or f'{chr(10)}  found in all: {found!r}'}")


class Check:
    """The reader's two feeds, and what the client shows of them, step after step."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.office = Office()
        self.visit = self.subscribe(folder, "visit", {"kind": "visit", "id": self.office.visit})
        self.own = self.subscribe(folder, "own", {"kind": "mine"})
        self.uids = {}
        self.numbers = {}

    def subscribe(self, folder: pathlib.Path, name: str, scope: dict) -> Subscription:
        feed, _ = call("POST", "/feeds", {"scope": scope, "detail": "full"}, self.office.reader)
        return Subscription(folder, name, feed["url"])

    def row(self, line: Line, zone: str, title: str | None = None, status: str = "CONFIRMED") -> Shown:
        """A line as it must be shown."""
        starts, ends = line.on(zone)
        location = ROOM_WITH_ADDRESS if line in (AFTER, MOVED) else line.says.get("place", "")
        return Shown(starts, ends, title or written(line.title), location, status, self.uids[line.title])

    def cancelled(self, line: Line, zone: str) -> Shown:
        """A line that will not take place, as it must be shown."""
        return self.row(line, zone, f"Cancelled: {written(line.title)}", "CANCELLED")

    def expect_shown(self, subscription: Subscription, shown: Callable[[str], list[Shown]]) -> None:
        """Fails unless exactly this is shown, on either clock."""
        for zone in (HOME, AWAY):
            expect_all(f"what {subscription.name} shows in {zone}", subscription.shown(zone, *YEARS), shown(zone))

    def expect_higher(self, subscription: Subscription, line: Line) -> icalendar.Event:
        """Fails unless the number of a line's event rose since it was looked at last."""
        event = subscription.events()[self.uids[line.title]]
        number, before = int(event["SEQUENCE"]), self.numbers.get((subscription.name, line.title), 0)
        self.numbers[subscription.name, line.title] = number
        if number <= before:
            raise AssertionError(f"SEQUENCE of {line.title}\n  expected: above {before}\n  found:    {number}")
        return event

    def events_arrive(self) -> None:
        """Every event is there, at its true time on any clock, its words unharmed."""
        synced(self.visit)
        synced(self.own)
        uids = {}
        for subscription in (self.visit, self.own):
            for uid, event in subscription.events().items():
                uids.setdefault(str(event["SUMMARY"]), uid)
                expect(f"SEQUENCE of a new event, {event['SUMMARY']}", int(event["SEQUENCE"]), 0)
        self.uids = {line.title: uids.get(written(line.title), "none") for line in (*OF_VISIT, *OWN)}
        self.expect_shown(self.visit, lambda zone: [self.row(line, zone) for line in OF_VISIT])
        self.expect_shown(self.own, lambda zone: [self.row(line, zone) for line in OWN])

        events = self.visit.events()
        expect("SUMMARY of the hostile title", str(events[self.uids[HOSTILE]]["SUMMARY"]), HOSTILE)
        expect("SUMMARY of the forged title", str(events[self.uids[FORGED]]["SUMMARY"]), written(FORGED))
        expect("LOCATION of the hostile place", str(events[self.uids[HOSTILE]]["LOCATION"]), HOSTILE)
        said = str(events[self.uids[HOSTILE]]["DESCRIPTION"])
        expect(f"whether {said!r} holds the notes", NOTES in said, True)
        clients = {feed["fetched_by"] for feed in call("GET", "/feeds", token=self.office.reader)[0]["items"]}
        expect("whether the reader's feeds name the client", {client.split("/")[0] for client in clients}, {"vdirsyncer"})

        files = self.visit.raw()
        synced(self.visit)
        expect_unchanged(self.visit, files)

    def a_line_moves(self) -> None:
        """It is the same event, elsewhere, and no other file is touched."""
        files = self.visit.raw()
        self.office.change(AFTER, times_of(MOVED))
        synced(self.visit)
        self.expect_shown(self.visit, lambda zone: [self.row(MOVED if line is AFTER else line, zone) for line in OF_VISIT])
        self.expect_higher(self.visit, MOVED)
        kept = files.items() & self.visit.raw().items()
        expect("how many files stayed as they were", len(kept), len(files) - 1)

    def a_line_is_taken_out(self) -> None:
        """It stays, and says that it will not take place."""
        self.office.take_out(BEFORE)
        synced(self.visit)
        self.remain = [MOVED if line is AFTER else line for line in OF_VISIT if line is not BEFORE]
        self.expect_shown(self.visit, lambda zone: [self.cancelled(BEFORE, zone), *(self.row(line, zone) for line in self.remain)])
        event = self.expect_higher(self.visit, BEFORE)
        expect("TRANSP of what was taken out", str(event["TRANSP"]), "TRANSPARENT")

    def a_visit_is_called_off(self) -> None:
        """So are the engagements it made; those of other visits stay."""
        self.office.call_off_own_visit()
        synced(self.own)
        lost = [line for line in OWN if line is not GREETED]
        self.expect_shown(self.own, lambda zone: [self.row(GREETED, zone), *(self.cancelled(line, zone) for line in lost)])
        for line in lost:
            event = self.expect_higher(self.own, line)
            expect(f"TRANSP of {line.title}", str(event["TRANSP"]), "TRANSPARENT")

    def a_line_is_marked_higher(self) -> None:
        """It is gone, and something else stands in for it: a feed shows no more to who may read more on the page."""
        self.office.change(TEA, {"markings": {"title": "TLP:AMBER", "time": "TLP:AMBER"}})
        synced(self.visit)
        stand_in = self.stand_in(self.visit, TEA)
        self.remain = [line for line in self.remain if line is not TEA]
        self.expect_shown(
            self.visit, lambda zone: [self.cancelled(BEFORE, zone), stand_in(zone), *(self.row(line, zone) for line in self.remain)]
        )
        expect_without_trace(self.visit, [TEA], self.uids)

    def the_reader_leaves_the_list(self) -> None:
        """All that was read by the list is gone, what was taken out too; the line that names the reader stays."""
        self.office.take_off_list()
        synced(self.visit)
        self.expect_shown(self.visit, lambda zone: [self.row(GREETED, zone)])
        expect_without_trace(self.visit, [line for line in OF_VISIT if line is not GREETED], self.uids)

    def the_reader_is_cleared_for_less(self) -> None:
        """What is no longer known of is not answered for, and nothing false is shown; one's own time shows as taken."""
        files = self.visit.raw()
        self.office.clear_up_to("TLP:CLEAR")
        expect_unanswered(self.visit, files)
        self.expect_shown(self.visit, lambda zone: [self.row(GREETED, zone)])
        synced(self.own)
        stand_in = self.stand_in(self.own, GREETED)
        self.expect_shown(self.own, lambda zone: [stand_in(zone)])
        expect_without_trace(self.own, OWN, self.uids)

    def the_reader_is_cleared_again(self) -> None:
        """The same events come back, under numbers that did not fall."""
        self.office.clear_up_to("TLP:AMBER")
        self.office.put_on_list()
        synced(self.visit)
        self.expect_remaining()
        number, before = int(self.visit.events()[self.uids[MOVED.title]]["SEQUENCE"]), self.numbers["visit", MOVED.title]
        expect(f"whether SEQUENCE {number} is {before} or more", number >= before, True)

    def the_feeds_are_revoked(self) -> None:
        """The client says so, and its calendar stays as it was."""
        files = {subscription: subscription.raw() for subscription in (self.visit, self.own)}
        call("DELETE", "/feeds", token=self.office.reader)
        for subscription, before in files.items():
            expect_unanswered(subscription, before)
        self.expect_remaining()

    def expect_remaining(self) -> None:
        """Fails unless the visit shows what is left of it."""
        stand_in = self.stand_in(self.visit, TEA)
        self.expect_shown(self.visit, lambda zone: [stand_in(zone), *(self.row(line, zone) for line in self.remain)])

    def stand_in(self, subscription: Subscription, line: Line) -> Callable[[str], Shown]:
        """What must be shown in place of a line, under an identity of its own."""
        events = subscription.events().items()
        uids = [uid for uid, event in events if str(event["SUMMARY"]) == "Engaged" and event.decoded("DTSTART").year == 2027]
        expect("how many stand-ins there are", len(uids), 1)
        return lambda zone: Shown(*STAND_INS[line.title][zone], "Engaged", "", "CONFIRMED", uids[0])

    def steps(self) -> tuple[Callable[[], None], ...]:
        """All of it, in order: each goes on from where the one before it ended."""
        return (
            self.events_arrive,
            self.a_line_moves,
            self.a_line_is_taken_out,
            self.a_visit_is_called_off,
            self.a_line_is_marked_higher,
            self.the_reader_leaves_the_list,
            self.the_reader_is_cleared_for_less,
            self.the_reader_is_cleared_again,
            self.the_feeds_are_revoked,
        )


def main() -> None:
    # What a failure prints is in many scripts, whatever the machine's own is.
    sys.stdout.reconfigure(encoding="utf-8")
    passed = 0
    with tempfile.TemporaryDirectory() as folder:
        try:
            for step in Check(pathlib.Path(folder)).steps():
                print(step.__name__.replace("_", " "), flush=True)
                step()
                passed += 1
        except AssertionError as error:
            print(f"the calendar client does not show what it must: {error}")
            print(f"{passed} passed, 1 failed")
            sys.exit(1)
    print(f"{passed} passed, 0 failed")


main()
