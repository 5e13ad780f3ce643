#!/usr/bin/env python3
"""Compares two texts of 1 MB: one sentence in fifty blocks edited, all blocks permuted, disjoint; then shapes that no
statement has and a hostile page may: all in one paragraph, an answer to each of many questions, names by the thousand.
CPU time, best of three.

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
        sentences = " ".join(before).split(". ")
        mixed = list(sentences)
        chance.shuffle(mixed)
        names = [" ".join(chance.choice(WORDS).capitalize() for _ in range(2)) for _ in range(2000)]
        answers = "Was data taken? No. " * 50_000
        texts = {
            "edited": ("\n\n".join(before), "\n\n".join(edited)),
            "permuted": ("\n\n".join(before), "\n\n".join(permuted)),
            "disjoint": ("\n\n".join(before), "\n\n".join(blocks(2))),
            "one paragraph, permuted": (". ".join(sentences), ". ".join(mixed)),
            "one paragraph, answers turned": (answers, answers.replace("No.", "Yes.")),
            "2,000 bodies named": ("\n\n".join(before),
                                   "\n\n".join(before + [f"We work with {name} Ltd on this." for name in names])),
        }
        with open(path("terms"), "w") as file:
            file.write("cyber\npersonal data\n")
        for name, sides in texts.items():
            for side, text in zip(("before", "after"), sides):
                with open(path(side), "w") as file:
                    file.write(text)
            best = None
            for _ in range(3):
                with open(path("out"), "w") as out:
                    run = subprocess.Popen([EXE, "diff", path("before"), path("after"), "--terms", path("terms"),
                                            "--relevance", "terms", "--format", "json"], stdout=out)
                    _, status, use = os.wait4(run.pid, 0)
                    assert status == 0, status
                spent = use.ru_utime + use.ru_stime
                best = spent if best is None else min(best, spent)
            print(f"{name:30} {best * 1000:4.0f} ms")


main()
