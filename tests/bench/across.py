#!/usr/bin/env python3
"""What bodies say across: a joint statement of so many bodies in so many versions each, served on loopback and looked at
with a given clock; then the time of `onrecord across`, best of three, and its question.

    python3 tests/bench/across.py target/release/onrecord [BODIES [VERSIONS]] [--keep DIR]
"""
import datetime
import http.server
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

EXE = os.path.abspath(sys.argv[1])
NUMBERS = [int(a) for a in sys.argv[2:] if a.isdigit()]
BODIES, VERSIONS = (NUMBERS + [40, 50][len(NUMBERS):])[:2]
KEEP = sys.argv[sys.argv.index("--keep") + 1] if "--keep" in sys.argv else None
CHANCE = random.Random(7)
NAMES = ["Ashmere", "Cliffgate", "Saltholm", "Wantsum", "Eastmarch", "Thornley", "Quarrybank", "Millstow", "Harbour", "Oxley"]
SHARED = [
    "We have closed most of our online services while a cyber incident is being looked into.",
    "The connections to our supplier were cut on Thursday as a precaution.",
    "No personal data held by the councils has been accessed.",
    "Residents do not need to do anything for now.",
    "We are working with national experts to find the cause of the cyber incident.",
    "Payments of council tax can be made by phone.",
    "Planning files cannot be looked up until further notice.",
    "Our phones and e-mail are working.",
    "Reception desks keep their usual hours.",
    "The police were told about the cyber incident on Thursday.",
]
DENIALS = [
    "No personal data held by the councils has been accessed.",
    "So far there is no evidence that personal data held by the councils has been accessed.",
    "Some personal data held by the councils was copied.",
]
OWN = ["We moved {n} appointments because of the cyber incident.", "Our team answered {n} calls about the cyber incident.",
       "About {n} forms wait for the systems to return."]
state = {}


def name(n):
    return f"{NAMES[n % len(NAMES)]} {'' if n < len(NAMES) else str(n) + ' '}Council"


def page(n):
    lines = "".join(f"<p>{line}</p>" for line in state[n])
    return (f"<!doctype html><html lang=en><title>Cyber incident - {name(n)}</title><nav><a href=/>Home</a></nav>"
            f"<main><h1>Cyber incident</h1>{lines}</main><footer><p>{CHANCE.random()}</p></footer></html>").encode()


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        known = self.path[1:].isdigit()
        body = page(int(self.path[1:])) if known else b"not found"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def edit(n, version):
    lines = list(state[n])
    if version == 3 + n % 11 and n % 3:
        lines = [DENIALS[1] if line == DENIALS[0] else line for line in lines]
    elif version == 20 + n % 7 and n % 5 == 1:
        lines = [DENIALS[2] if line in DENIALS else line for line in lines]
    else:
        own = OWN[n % len(OWN)].format(n=100 + version * 7 + n)
        lines = [line for line in lines if not line.startswith(OWN[n % len(OWN)].split("{")[0])] + [own]
    state[n] = lines


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for n in range(BODIES):
        state[n] = list(SHARED)
    with tempfile.TemporaryDirectory() as folder:
        folder = KEEP or folder
        os.makedirs(folder, exist_ok=True)
        port = server.server_address[1]
        targets = [{"id": f"council-{n}", "body": name(n), "url": f"http://127.0.0.1:{port}/{n}"} for n in range(BODIES)]
        config = {"version": 1, "defaults": {"delay": "0s", "allow_private": True},
                  "incidents": [{"id": "kent", "title": "Ten councils", "terms": ["cyber", "personal data", "online services"]}],
                  "targets": targets}
        with open(os.path.join(folder, "targets.json"), "w") as file:
            json.dump(config, file)
        at = datetime.datetime(2024, 1, 18, 9)
        for version in range(VERSIONS):
            if version:
                for n in range(BODIES):
                    edit(n, version)
            env = dict(os.environ, ONRECORD_NOW=at.strftime("%Y-%m-%dT%H:%M:%SZ"), NO_PROXY="*")
            subprocess.run([EXE, "check", "--quiet"], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
            at += datetime.timedelta(hours=6)
        for args in (["across", "kent"], ["across", "kent", "--saying", "no data was taken"], ["timeline", "kent"]):
            times = []
            for _ in range(3):
                began = time.monotonic()
                subprocess.run([EXE, *args], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
                times.append(time.monotonic() - began)
            print(f"{BODIES} bodies x {VERSIONS} versions, {' '.join(args)}: {min(times):.2f} s")


main()
