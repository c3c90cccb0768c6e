"""Builds the two embedded chart fonts from the full Noto Sans SC: subset.py SOURCE.ttf TARGET.ttf (needs fonttools)."""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Clustercast Sans SC"  # a modified font gets a name of its own, so that no installed font is mistaken for it
STYLES = {1: "{f}", 3: "{f} {s}", 4: "{f} {s}", 6: "{n}-{s}", 16: "{f}"}

source, target = sys.argv[1:]
font = TTFont(source, recalcTimestamp=False)
options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
options.drop_tables += ["BASE", "GPOS", "GSUB", "STAT", "vhea", "vmtx", "VORG"]
subsetter = subset.Subsetter(options)
subsetter.populate(text=pathlib.Path(__file__).with_name("characters.txt").read_text(encoding="utf-8"))
subsetter.subset(font)
for record in font["name"].names:
    if record.nameID in STYLES:
        style = font["name"].getDebugName(2)
        record.string = STYLES[record.nameID].format(f=FAMILY, n=FAMILY.replace(" ", ""), s=style)
font.save(target)
