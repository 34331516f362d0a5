"""The demo office as a program reaches it: signed in to its API, and to the forms of its pages where the API has no such act."""

import datetime
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request

BASE = os.environ["CHANCERY_BASE_URL"]
API = f"{BASE}/api/v1"


def call(method: str, path: str, body=None, token=None, headers=None):
    """One request to the API: its answer and its headers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{API}{path}", data, {"Content-Type": "application/json", **(headers or {})}, method=method)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return (json.loads(text) if text else None), answer.headers
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{method} {path} was answered {error.code}: {error.read().decode()}") from error


def token_of(account: str) -> str:
    """Signs in, as a program does."""
    session, _ = call("POST", "/session", {"email": f"{account}@demo.chancery.example", "password": "chancery-demo"})
    return session["token"]


def page(path: str, token: str) -> str:
    """A page as a browser without scripts gets it."""
    request = urllib.request.Request(f"{BASE}{path}", headers={"Accept": "text/html", "Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


def submit(path: str, form: str, fields: dict, token: str) -> None:
    """Sends a form of a page. What is refused leads to a page that shows what was typed."""
    action = re.search(rf'<form action="(/api/{form}\d+)"', page(path, token))
    assert action, f"the page {path} has no form {form}"
    headers = {"Accept": "text/html", "Authorization": f"Bearer {token}", "Referer": f"{BASE}{path}"}
    request = urllib.request.Request(f"{BASE}{action[1]}", urllib.parse.urlencode(fields).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        assert "draft=" not in answer.url, f"the form {form} of {path} was refused: {answer.url}"


def instant(moment) -> datetime.datetime:
    """The instant of a wall time with its offset."""
    return datetime.datetime.fromisoformat(moment["local"] + moment["offset"]).astimezone(datetime.timezone.utc)
