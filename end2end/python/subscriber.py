"""Somebody who subscribed to feeds: vdirsyncer fetches them into folders of files, khal shows what lies there.

vdirsyncer gives what it fetches an identity of its own, made of the content. Its `filter_hook` writes down that of the feed
beside it, as FEED_UID.
"""

import dataclasses
import json
import os
import pathlib
import subprocess
import sys

import icalendar

FEED_UID = "X-FEED-UID"

HOOK = f"""#!/bin/sh
exec sed -n -e p -e 's/^UID:/{FEED_UID}:/p'
"""

FETCHING = """
[pair {name}]
a = "{name}_feed"
b = "{name}_files"
collections = null

[storage {name}_feed]
type = "http"
url = "{url}"
filter_hook = "{hook}"

[storage {name}_files]
type = "filesystem"
path = "{files}"
fileext = ".ics"
"""

SHOWING = """
[calendars]
[[shown]]
path = {files}
readonly = True
[sqlite]
path = {folder}/{clock}.db
[locale]
local_timezone = {zone}
default_timezone = {zone}
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
"""


@dataclasses.dataclass(frozen=True, order=True)
class Shown:
    """An event as khal shows it."""

    start: str
    end: str
    title: str
    location: str
    status: str
    uid: str


@dataclasses.dataclass(frozen=True)
class Synced:
    """What a sync came to."""

    succeeded: bool
    said: str


class Subscription:
    """One feed, its folder of files, and the two programs set up for it."""

    def __init__(self, folder: pathlib.Path, name: str, url: str) -> None:
        self.name = name
        self.folder = folder / name
        self.files = self.folder / "files"
        self.files.mkdir(parents=True)
        hook = self.folder / "hook"
        hook.write_text(HOOK)
        hook.chmod(0o700)
        fetching = FETCHING.format(name=name, url=url, hook=hook, files=self.files)
        self.fetching = self.folder / "vdirsyncer"
        self.fetching.write_text(f'[general]\nstatus_path = "{self.folder}/status"\n{fetching}')
        discovered = self._vdirsyncer("discover", name)
        assert discovered.succeeded, f"vdirsyncer discovers nothing:\n{discovered.said}"

    def sync(self) -> Synced:
        """Looks whether there is something new."""
        return self._vdirsyncer("sync", self.name)

    def raw(self) -> dict[str, bytes]:
        """The files, as they lie there."""
        return {file.name: file.read_bytes() for file in self.files.glob("*.ics")}

    def events(self) -> dict[str, icalendar.Event]:
        """The events in the files, by the identity that the feed gives them."""
        found = {}
        for name, content in self.raw().items():
            for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
                uid = str(event[FEED_UID])
                assert uid not in found, f"two files hold {uid}, the second is {name}"
                found[uid] = event
        return found

    def shown(self, zone: str, since: str, until: str) -> list[Shown]:
        """All that khal shows of some days to somebody whose clock stands in a zone, in order."""
        clock = zone.replace("/", "-")
        settings = self.folder / f"{clock}.khal"
        settings.write_text(SHOWING.format(files=self.files, folder=self.folder, clock=clock, zone=zone))
        fields = ["start", "end", "title", "location", "status", "uid"]
        command = ["-c", str(settings), "list", "--once", *(part for field in fields for part in ("--json", field)), since, until]
        finished = self._run("khal", command)
        assert finished.returncode == 0, f"khal fails:\n{finished.stdout}{finished.stderr}"
        by_own_uid = {str(event["UID"]): uid for uid, event in self.events().items()}
        rows = [row for line in finished.stdout.splitlines() for row in json.loads(line)]
        for row in rows:
            row["status"] = row["status"].strip()
            row["uid"] = by_own_uid.get(row["uid"], row["uid"])
        return sorted(Shown(**row) for row in rows)

    def _vdirsyncer(self, *arguments: str) -> Synced:
        finished = self._run("vdirsyncer", ["-c", str(self.fetching), *arguments])
        return Synced(finished.returncode == 0, finished.stdout + finished.stderr)

    def _run(self, program: str, arguments: list[str]) -> subprocess.CompletedProcess:
        # Nothing of who runs this: neither their settings nor their clock. PYTHONTZPATH, empty: the zones of the pinned package.
        home = {name: str(self.folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
        environment = {**os.environ, **home, "PYTHONTZPATH": "", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        command = [os.path.join(os.path.dirname(sys.executable), program), *arguments]
        return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=60)
