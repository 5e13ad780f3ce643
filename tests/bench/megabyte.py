#!/usr/bin/env python3
"""Compares two texts of 1 MB: one sentence in fifty blocks edited, all blocks permuted, disjoint. CPU time, best of three.

    python3 tests/bench/megabyte.py target/release/onrecord
"""
import os
import random
import subprocess
import sys
import tempfile

EXE = os.path.abspath(sys.argv[1])
LETTERS = random.Random(3)
WORDS = ["".join(LETTERS.choice("bcdfghlmnprst") + LETTERS.choice("aeiou") for _ in range(LETTERS.randint(1, 4)))
         for _ in range(4000)]


def blocks(seed, size=1_000_000):
    chance, out, have = random.Random(seed), [], 0
    while have < size:
        sentences = (" ".join(chance.choice(WORDS) for _ in range(chance.randint(6, 22))).capitalize() + "."
                     for _ in range(chance.randint(1, 5)))
        out.append(" ".join(sentences))
        have += len(out[-1]) + 2
    return out


def main():
    before = blocks(1)
    edited, chance = list(before), random.Random(5)
    for i in chance.sample(range(len(edited)), len(edited) // 50):
        words = edited[i].split(" ")
        words[len(words) // 2] = chance.choice(WORDS)
        edited[i] = " ".join(words)
    permuted = list(before)
    chance.shuffle(permuted)
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        texts = {"before": before, "edited": edited, "permuted": permuted, "disjoint": blocks(2)}
        for name, text in texts.items():
            with open(path(name), "w") as file:
                file.write("\n\n".join(text))
        with open(path("terms"), "w") as file:
            file.write("cyber\npersonal data\n")
        for name in ("edited", "permuted", "disjoint"):
            best = None
            for _ in range(3):
                with open(path("out"), "w") as out:
                    run = subprocess.Popen([EXE, "diff", path("before"), path(name), "--terms", path("terms"),
                                            "--relevance", "terms", "--format", "json"], stdout=out)
                    _, status, use = os.wait4(run.pid, 0)
                    assert status == 0, status
                spent = use.ru_utime + use.ru_stime
                best = spent if best is None else min(best, spent)
            print(f"{name:9} {best * 1000:4.0f} ms")


main()
