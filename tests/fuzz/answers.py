#!/usr/bin/env python3
"""Raw HTTP answers as no server should give them, from a seed: one pass over so many targets that answer so, with good
targets between them. What must hold: the run ends, no target is a bug, every good target is read, the store verifies.

    python3 tests/fuzz/answers.py target/release/onrecord [ANSWERS] [SEED]
"""
import gzip
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time

EXE = os.path.abspath(sys.argv[1])
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
GOOD = (b"<!doctype html><html lang=en><head><title>Cyber incident</title></head><body><main><h1>Cyber incident</h1>"
        b"<p>We are investigating a cyber incident that was found on our network on Thursday.</p>"
        b"<p>No personal data has been accessed.</p></main></body></html>")


def whole(body, *headers, status="200 OK"):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/html", "Connection: close", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def answer(chance):
    noise = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 400)))
    packed = gzip.compress(GOOD)
    many = gzip.compress(b"<p>The incident is over. " * chance.choice([10, 10_000, 300_000]))
    cut = chance.randrange(1, len(GOOD))
    base = f"<base href=/{'b' * 60_000}/>".encode()
    lines = [
        lambda: noise,
        lambda: b"",
        lambda: b"HTTP/1.1 200 OK\r\n",
        lambda: b"HTTP/1.1 200 OK\r\n\r\n" + GOOD[:cut],
        lambda: b"HTTP/0.9 999 \xff\r\n\r\n" + noise,
        lambda: whole(noise),
        lambda: whole(GOOD, status=f"{chance.randrange(100, 999)} Odd"),
        lambda: whole(GOOD, status=f"{chance.choice([301, 302, 303, 307, 308])} Away"),
        lambda: whole(b"", f"Location: {chance.choice(['/', '//', 'http://[', 'file:///etc/passwd', '/x' * 5000, '#a', ' '])}",
                      status="302 Found"),
        lambda: whole(GOOD, "Content-Encoding: gzip"),
        lambda: whole(packed, "Content-Encoding: gzip"),
        lambda: whole(packed[:chance.randrange(len(packed))], "Content-Encoding: gzip"),
        lambda: whole(packed[:-6] + b"\0\0\0\0\0\0", "Content-Encoding: gzip"),
        lambda: whole(many, "Content-Encoding: gzip"),
        lambda: whole(packed, f"Content-Encoding: {chance.choice(['br', 'zstd', 'gzip, gzip', 'x', 'deflate'])}"),
        lambda: whole(GOOD).replace(b"Content-Length: ", b"Content-Length: 9"),
        lambda: whole(GOOD).replace(b"Content-Length: ", b"Content-Length: -"),
        lambda: whole(GOOD, "Content-Length: 5"),
        lambda: b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chance.choice(
            [b"5\r\nhello\r\n", b"ffffffffffffffff\r\n", b"-1\r\n", b"5;" + b"x" * 9000 + b"\r\nhello\r\n0\r\n\r\n", b"0\r\n\r\n"]),
        lambda: whole(GOOD, "ETag: " + "e" * chance.choice([10, 5_000, 300_000])),
        lambda: whole(GOOD, *[f"X-{n}: {n}" for n in range(chance.choice([5, 90, 400]))]),
        lambda: whole(GOOD, "Content-Type: text/html; charset=" + chance.choice(["utf-16", "utf-7", "x" * 500, "\x80"])),
        lambda: whole(GOOD, f"Retry-After: {chance.choice(['1', '99999999999', 'soon', '-5'])}", status="429 Slow down"),
        lambda: whole(GOOD.replace(b"<head>", b"<head>" + base) + b"<a href=a>Report</a> " * 2000),
        lambda: whole(b"\x1b[31m::error::x\r\n##[stop-commands]a\xe2\x80\xae" + GOOD),
        lambda: whole(GOOD.replace(b"<p>", b"<div>" * chance.choice([10, 400, 5000]) + b"<p>")),
        lambda: whole(GOOD.replace(b"Cyber", bytes(chance.randrange(1, 32) for _ in range(20)))),
    ]
    return chance.choice(lines)()


class Server:
    def __init__(self):
        self.answers = [answer(random.Random(SEED * 1_000_003 + n)) for n in range(COUNT)]
        self.socket = socket.socket()
        self.socket.bind(("", 0))
        self.socket.listen(512)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            peer, _ = self.socket.accept()
            threading.Thread(target=self.serve, args=(peer,), daemon=True).start()

    def serve(self, peer):
        try:
            peer.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                more = peer.recv(65536)
                if not more:
                    return
                head += more
            path = head.split(b" ")[1]
            if path == b"/robots.txt":
                peer.sendall(whole(b"", status="404 Not Found"))
            elif path.startswith(b"/bad/"):
                peer.sendall(self.answers[int(path[5:].split(b"?")[0]) % COUNT])
            else:
                peer.sendall(whole(GOOD))
        except (OSError, ValueError, IndexError):
            pass
        finally:
            peer.close()


def main():
    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        # Each on a host of its own: one that asks for a pause must not hold up another.
        host = lambda kind, n: f"127.{1 if kind == 'bad' else 2}.{n // 250}.{n % 250 + 1}"
        target = lambda kind, n: {"id": f"{kind}-{n}", "url": f"http://{host(kind, n)}:{server.port}/{kind}/{n}"}
        targets = [target("bad", n) for n in range(COUNT)] + [target("good", n) for n in range(COUNT // 10)]
        random.Random(SEED).shuffle(targets)
        config = {"version": 1, "contact": "fuzz@example.org", "incidents": [{"id": "i", "terms": ["cyber", "data"]}],
                  "defaults": {"delay": "0s", "timeout": "5s", "allow_private": True}, "targets": targets}
        path = os.path.join(folder, "targets.json")
        with open(path, "w") as file:
            json.dump(config, file)
        call = [EXE, "--targets", path, "--store", os.path.join(folder, "snapshots")]
        for again in range(3):
            begun = time.time()
            child = subprocess.Popen([*call, "check", "--format", "ndjson"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            out, err = child.communicate()
            events = [json.loads(line) for line in out.splitlines()]
            whys = {}
            for event in events:
                whys[event.get("why") or event["kind"]] = whys.get(event.get("why") or event["kind"], 0) + 1
            good = {event["target"] for event in events if event["target"].startswith("good")}
            wrong = [e for e in events if e.get("why") in ("bug", "damaged") or e["target"].startswith("good") and e["kind"] != "first-seen"]
            print(f"pass {again + 1}: exit {child.returncode}, {time.time() - begun:.1f} s, {len(events)} events, wrong {len(wrong)}, "
                  f"good read {len(good)}, {dict(sorted(whys.items()))}")
            if err and child.returncode not in (0,):
                print(err.decode(errors="replace")[-500:])
        proved = subprocess.run([*call, "verify"], capture_output=True)
        print(f"verify: exit {proved.returncode}")


main()
