#!/usr/bin/env python3
"""Shapes of 1 MB that no page has and a hostile one may: how long a reading of each takes, and a comparison with the same
shape a little changed; processor seconds and peak memory of the process.

    python3 tests/fuzz/shapes.py target/release/onrecord
"""
import os
import subprocess
import sys
import tempfile

EXE = os.path.abspath(sys.argv[1])
SIZE = 1_000_000
HEAD = "<!doctype html><html lang=en><head><title>Cyber incident</title></head><body><main><h1>Cyber incident</h1>"
FOOT = "<p>No data was taken.</p></main></body></html>"


def fill(piece, size=SIZE):
    out, have, n = [], 0, 0
    while have < size:
        text = piece(n) if callable(piece) else piece
        out.append(text)
        have += len(text.encode())
        n += 1
    return "".join(out)


def nested(tag, depth, words):
    return f"<{tag}>" * depth + words + f"</{tag}>" * depth


LINES = {
    "paragraphs": lambda n: f"<p>The depot at quay {n} is shut.</p>",
    "one paragraph": lambda n: f"The depot at quay {n} is shut. ",
    "one word": "a",
    "one long word and spaces": "incident ",
    "yes and no": "<p>Was data taken?</p><p>No.</p>",
    "yes no in one": "Yes. No. ",
    "full stops": ". ",
    "dots": ".",
    "bullets": "<li>Bins",
    "headings": lambda n: f"<h2>Update {n}</h2>",
    "headings and lines": lambda n: f"<h3>Update {n}</h3><p>Closed.</p>",
    "links": lambda n: f"<a href=/d/{n}>Report {n}</a> ",
    "links in items": lambda n: f"<li><a href=/d/{n}>Report {n}</a></li>",
    "long addresses": lambda n: f"<a href=/{'x' * 3000}{n}>Report</a> ",
    "entities": "&amp;&lt;&pound;&nbsp;",
    "numeric entities": "&#x1F600;",
    "broken entities": "&",
    "rows": lambda n: f"<tr><td>{n}</td><td>open</td></tr>",
    "cells": "<td>1",
    "definitions": lambda n: f"<dt>Ward {n}<dd>Open",
    "spans": lambda n: f"<span>{n}</span> ",
    "bold": "<b>a</b>",
    "open bold": "<b>a",
    "open italics and paragraphs": "<p><i>a",
    "comments": "<!-- a --> a ",
    "tags that are none": "<a b c ",
    "less than": "<",
    "attributes": lambda n: f"<p data-a{n}=b>a",
    "classes": lambda n: f"<p class='{'menu ' * 50}'>Open {n}",
    "ids": lambda n: f"<p id=i{n}>Open {n}",
    "breaks": "a<br>",
    "rules": "a<hr>",
    "images": lambda n: f"<img src=/{n}.png alt='Map {n}'>",
    "inputs": "<input value=a>",
    "options": lambda n: f"<option>Ward {n}",
    "buttons": "<button>Share</button> a ",
    "scripts": "<script>a</script>a ",
    "styles": "<style>a{}</style>a ",
    "templates": "<template>a</template>a ",
    "noscript": "<noscript>a</noscript>a ",
    "frames": "<iframe srcdoc='<p>a'></iframe>",
    "details": "<details><summary>a</summary>b</details>",
    "quotes": "<blockquote>No data was taken.</blockquote>",
    "dates": lambda n: f"<p>Updated on {n % 28 + 1} January 2024.</p>",
    "clocks": lambda n: f"<p>{n % 24}:{n % 60:02}:{n % 60:02}</p>",
    "counters": lambda n: f"<p>{n} views</p>",
    "figures": lambda n: f"<p>{n} residents, {n * 7} records and £{n * 3}.50.</p>",
    "denials": lambda n: f"<p>No data of ward {n} was accessed.</p>",
    "names": lambda n: f"<p>We work with Firm{n} Ltd and the Office {n} of Ports.</p>",
    "notes": lambda n: f"a[{n % 99}] ",
    "asterisks": "a* ",
    "brackets": "(PDF, 2 MB) ",
    "open brackets": "(",
    "combining marks": "a\u0301\u0302\u0303",
    "only marks": "\u0301",
    "zero width": "a\u200b",
    "right to left": "\u202ea\u202c ",
    "soft hyphens": "in\u00adci\u00addent ",
    "wide": "\u6771\u4eac ",
    "emoji": "\U0001F468\u200d\U0001F469\u200d\U0001F467 ",
    "quotation marks": "\u201cA\u201d ",
    "hyphens": "a-b-",
    "dashes": "a \u2013 ",
    "no-break spaces": "a\u00a0",
    "line ends": "a\r\n",
    "tabs": "a\t",
    "nul": "a\0",
    "control": "a\x1b[31m",
    "capitals": "NO DATA WAS TAKEN. ",
    "initials": "A. B. C. ",
    "abbreviations": "No. 10, e.g. Mr. A. ",
    "ellipses": "a\u2026 ",
    "addresses in words": lambda n: f"https://wharf.example/{n} ",
    "mail addresses": lambda n: f"a{n}@wharf.example ",
    "telephone numbers": lambda n: f"01632 9600{n % 100:02} ",
    "same line": "<p>The incident is over.</p>",
    "two lines in turn": "<p>The incident is over.</p><p>It is not.</p>",
    "welsh": "<p>Nid oes tystiolaeth bod data wedi ei gymryd.</p>",
    "french": "<p>Aucune donn\u00e9e n'a \u00e9t\u00e9 vol\u00e9e.</p>",
}
DEEP = {
    "deep divs": ("div", 500), "deep spans": ("span", 500), "deep lists": ("ul><li", 240), "deep quotes": ("blockquote", 500),
    "deep tables": ("table><tr><td", 120), "deep bold": ("b", 40), "deep sections": ("section", 500),
    "too deep": ("div", 50_000), "deep templates": ("template", 400), "deep details": ("details", 400),
    "deep articles": ("article", 500),
}


def pages():
    for name, piece in LINES.items():
        yield name, HEAD + fill(piece) + FOOT
    for name, (tag, depth) in DEEP.items():
        opened, shut = f"<{tag}>", "".join(f"</{t}>" for t in reversed(tag.split("><")))
        one = opened * depth + "No data was taken. " + shut * depth
        yield name, HEAD + fill(one) + FOOT


def run(*args):
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen([EXE, *args], stdout=nowhere, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
    child.returncode = 0
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    worst = {"read": (0, ""), "diff": (0, ""), "memory": (0, "")}
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        one, two = os.path.join(folder, "one.html"), os.path.join(folder, "two.html")
        for name, page in pages():
            count += 1
            middle = len(page) // 2
            other = page[:middle] + " Data was taken after all. " + page[middle:].replace("No data", "Data")
            for path, text in ((one, page), (two, other)):
                with open(path, "w", newline="", encoding="utf-8", errors="surrogatepass") as file:
                    file.write(text)
            for verb, args in (("read", ("read", one)), ("diff", ("diff", one, two, "--format", "json"))):
                code, seconds, memory = run(*args)
                worst[verb] = max(worst[verb], (seconds, name))
                worst["memory"] = max(worst["memory"], (memory, f"{verb} {name}"))
                # Of a comparison both pages are read as well.
                slow = seconds > (1.0 if verb == "read" else 3.5) or memory > 512
                if code not in (0, 4) or slow:
                    print(f"{verb} {name}: exit {code}, {seconds:.2f} s, {memory:.0f} MiB", flush=True)
    print(f"{count} shapes; slowest reading {worst['read'][0]:.2f} s ({worst['read'][1]}), slowest comparison with both readings "
          f"{worst['diff'][0]:.2f} s ({worst['diff'][1]}), most memory {worst['memory'][0]:.0f} MiB ({worst['memory'][1]})")


main()
