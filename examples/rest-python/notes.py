"""Creates, lists, changes and deletes a note through the REST API. Needs only Python's standard library.

TOKEN is an access token with the scope notes:write (docs/tokens.md):

    TOKEN=acctpat_... python3 examples/rest-python/notes.py http://localhost:8087
"""

import json
import os
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen


class Problem(Exception):
    """A failure of the server (RFC 9457). `details["reason"]` names it."""

    def __init__(self, details):
        super().__init__(details["detail"])
        self.details = details


def call(method, path, body=None):
    request = Request(
        f"{sys.argv[1]}/api/v1{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}", "Content-Type": "application/json"},
    )
    try:
        with urlopen(request, timeout=10) as response:
            text = response.read()
            return json.loads(text) if text else None
    except HTTPError as error:
        if error.headers.get_content_type() != "application/problem+json":
            raise
        raise Problem(json.load(error)) from None


note = call("POST", "/notes", {"title": "From Python"})
print("Notes:", [item["title"] for item in call("GET", "/notes?limit=5")["items"]])

path = f"/notes/{note['id']}"
call("PATCH", path, {"revision": note["revision"], "title": "Changed once"})
try:
    # The revision is old now.
    call("PATCH", path, {"revision": note["revision"], "title": "Changed twice"})
except Problem as problem:
    if problem.details["reason"] != "NOTE_CHANGED":
        raise
    print("Changed meanwhile to:", problem.details["note"]["title"])

call("DELETE", path)
print("Left:", len(call("GET", "/notes")["items"]))
