"""Drives every operation of the API from its own description, signed in as accounts of the demonstration.

No answer may be a fault of the server (5xx), and none may lie outside the description.
"""

import json
import os
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

BASE = os.environ["CHANCERY_BASE_URL"]
ACCOUNTS = ("officer", "rooms", "staff", "vietnam")
# Signs in and out by an account of its own: whoever signs out ends the session by which all else would be asked.
OF_SESSIONS = "press"
SESSIONS = "/session$"
EXAMPLES = os.environ.get("CHANCERY_API_EXAMPLES", "5")


def token_of(account: str) -> str:
    """Signs in, as a program does."""
    body = json.dumps({"email": f"{account}@demo.chancery.example", "password": "chancery-demo"}).encode()
    request = urllib.request.Request(f"{BASE}/api/v1/session", body, {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["token"]


def drive(account: str, token: str) -> bool:
    """Runs schemathesis with the account's token: over signing in and out for one account, over all else for the others."""
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"),
        "run",
        f"{BASE}/api/v1/openapi.json",
        "--header",
        f"Authorization: Bearer {token}",
        "--include-path-regex" if account == OF_SESSIONS else "--exclude-path-regex",
        SESSIONS,
        "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        "--max-examples",
        EXAMPLES,
        "--seed",
        "20270317",
        "--request-timeout",
        "20",
    ]
    finished = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"as {account}@\n{finished.stdout}", flush=True)
    return finished.returncode == 0


def main() -> None:
    # All sign in before wrong passwords are tried from the same network, which is then made to wait.
    tokens = {account: token_of(account) for account in (*ACCOUNTS, OF_SESSIONS)}
    # Two at once: what asks is as busy as what answers.
    with ThreadPoolExecutor(max_workers=2) as drivers:
        answers = list(drivers.map(drive, tokens, tokens.values()))
    passed = sum(answers)
    print(f"{passed} passed, {len(answers) - passed} failed")
    sys.exit(0 if all(answers) else 1)


main()
