#!/usr/bin/env python3
"""How often each rule is right, from edits that people have judged: makes src/judge/certainty.txt.

    calibrate.py --exe target/release/onrecord --data ../shared/corpus/real-edits [DATA...] > src/judge/certainty.txt

DATA is a folder in the form that real_edits.py reads: an index.jsonl with, for each
pair, what must and what may be said. Run it with a program whose thresholds are 0
(`given 0`, `named 0.01`), so that every label is seen. Of each label the rules that
gave it are counted, once a pair and kind of place: right where the label is in must
or may. Pairs that are open count for nothing. Standard library only.
"""
import argparse, collections, json, pathlib, subprocess, sys, tempfile

# What gives a label beside its own name.
RULES = {
    "denial": "denial", "denied": "denial", "answer": "denial service", "negation": "denial service", "certainty": "hedge",
    "deed": "severity", "harm": "severity", "name": "severity", "hurt": "severity", "gravity": "severity", "rating": "severity",
    "intruders": "severity", "figure": "scope", "amount": "scope", "list": "scope", "item": "scope", "since": "scope",
    "span": "scope", "place": "scope", "heading": "scope service", "number": "number", "bound": "number", "version": "number",
    "date": "date", "party": "party", "cause": "attribution", "source": "attribution", "promise": "commitment",
    "commitment": "commitment", "deadline": "commitment", "advice": "advice", "service": "service", "state": "service",
    "contact": "contact", "hours": "contact", "link": "link",
}
PLAIN = {"other", "reworded", "cosmetic", "boilerplate", "date-stamp"}

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--exe", required=True)
ap.add_argument("--data", required=True, nargs="+", type=pathlib.Path)
ap.add_argument("--terms", default="incident, outage, malware, vulnerability, breach, attack, security, data, privacy, cluster")
ap.add_argument("--given", type=float, default=0.55, help="under this share a label is not given")
ap.add_argument("--named", type=float, default=0.76, help="under this share it names no headline")
a = ap.parse_args()
terms = pathlib.Path(tempfile.mkdtemp()) / "terms.txt"
terms.write_text("\n".join(t.strip() for t in a.terms.split(",")) + "\n")
seen = collections.defaultdict(lambda: [0, 0])
pairs = 0
for data in a.data:
    for line in open(data / "index.jsonl", encoding="utf-8"):
        pair = json.loads(line)
        if pair["open"]:
            continue
        p = subprocess.run([a.exe, "diff", str(data / pair["before"]), str(data / pair["after"]), "--terms", str(terms),
                            "--relevance", "page", "--format", "json"], capture_output=True, text=True)
        if p.returncode:
            sys.exit("%s: %s" % (pair["id"], p.stderr.strip()))
        pairs += 1
        fine = {label for choice in pair["must"] for label in choice} | set(pair["may"])
        once = set()
        for change in json.loads(p.stdout)["changes"]:
            kind = change["kind"] if change["kind"] in ("added", "removed") else "edited"
            for label in set(change["labels"]) - PLAIN:
                for reason in change["reasons"]:
                    rule = reason["rule"]
                    of = RULES.get(rule) or RULES.get(rule.split("-")[0], "")
                    if any(label.startswith(head) for head in of.split()):
                        once.add((label, rule, kind))
        for key in once:
            seen[key][0] += key[0] in fine
            seen[key][1] += 1
print("# How often each rule was right, by label, rule and kind of place: right, judged. Made by tests/bench/calibrate.py from")
print("# %d judged pairs of public histories; made anew when a rule changes. Under `given` a label is not given, under" % pairs)
print("# `named` it names no headline.")
print("given %s\nnamed %s" % (a.given, a.named))
for (label, rule, kind), (right, judged) in sorted(seen.items()):
    print(label, rule, kind, right, judged)
