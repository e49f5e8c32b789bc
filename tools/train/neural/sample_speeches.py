#!/usr/bin/env python3
"""A sample of the UN General Debate corpus, a paragraph a line, for `weft-train prepare --raw`.

    xz -dc ungdc_1991-2024.txt.xz | sample_speeches.py SHARE > TEXT      SHARE of the speeches, 0 … 1

Lines of a speech that were broken at a width are joined: a line goes on in the next unless it ends as a sentence does."""

import random
import sys


def main():
    share, chance, keep, waiting = float(sys.argv[1]), random.Random(7), False, ""
    for line in sys.stdin:
        line = " ".join(line.split())
        if line.startswith("# doc"):
            if waiting:
                print(waiting)
            keep, waiting = chance.random() < share, ""
        elif keep and line:
            waiting += (" " if waiting else "") + line
            if line[-1] in ".!?\"'”":
                print(waiting)
                waiting = ""
    if waiting:
        print(waiting)


if __name__ == "__main__":
    main()
