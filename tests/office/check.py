"""Checks what LibreOffice made of one report: FOLDER LANG (see tests/office/run)."""

import json
import re
import subprocess
import sys
import zipfile
import xml.etree.ElementTree as tree

FOLDER, LANG = sys.argv[1], sys.argv[2]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FAULTS = re.compile(r"Err:|#REF!|#NAME\?|#VALUE!|#DIV/0!|#N/A|#NUM!|###")
# most pages of the printed workbook of a shipped scenario, a few above those of today: a sheet that suddenly prints
# its rows beside each other, or columns on sheets of their own, costs dozens
MOST_PAGES = {("hubei-2027", "zh"): 72, ("hubei-2027", "en"): 96}
WORDS = {"zh": ["主要结论", "说明"], "en": ["Main findings", "Remarks"]}


def fail(message):
    sys.exit(f"{FOLDER}: {message}")


def command(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def pages(pdf):
    return int(re.search(r"Pages:\s+(\d+)", command("pdfinfo", pdf)).group(1))


def cells(path):
    """Every cell of a workbook by sheet and place: numbers as doubles, words as text."""
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in tree.fromstring(book.read("xl/sharedStrings.xml")):
                shared.append("".join(part.text or "" for part in item.iter(MAIN + "t")))
        names = [s.get("name") for s in tree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            for cell in tree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(MAIN + "c"):
                value, kind = cell.find(MAIN + "v"), cell.get("t", "n")
                if cell.find(MAIN + "f") is not None:
                    fail(f"{path}: {name}!{cell.get('r')} holds a formula")
                if kind == "e":
                    fail(f"{path}: {name}!{cell.get('r')} holds a fault")
                if value is None or value.text is None:
                    continue
                found[name, cell.get("r")] = shared[int(value.text)] if kind == "s" else float(value.text)
        return found


document, book = f"{FOLDER}/pdf/briefing.pdf", f"{FOLDER}/pdf/report.pdf"
if not 2 <= pages(document) <= 4:
    fail(f"the document has {pages(document)} pages, not 2 to 4")
text = re.sub(r"\s", "", command("pdftotext", document, "-"))
for word in WORDS[LANG]:
    if word.replace(" ", "") not in text:
        fail(f"the document lacks “{word}”")
if pages(book) < 8:
    fail("the workbook has too few pages")
name = FOLDER.rstrip("/").rsplit("/", 1)[-1].removesuffix(f"-{LANG}")
most = MOST_PAGES.get((name, LANG))
if most is not None and pages(book) > most:
    fail(f"the printed workbook has {pages(book)} pages, more than {most}")
if fault := FAULTS.search(command("pdftotext", "-layout", book, "-")):
    fail(f"the printed workbook shows {fault.group()}")

written, saved = cells(f"{FOLDER}/report.xlsx"), cells(f"{FOLDER}/saved/report.xlsx")
numbers = 0
for place, value in written.items():
    other = saved.get(place)
    if isinstance(value, float):
        numbers += 1
        # the office writes at most 15 significant digits
        if not isinstance(other, float) or abs(other - value) > 1e-14 * abs(value):
            fail(f"{place}: {value!r} became {other!r}")
    elif value.strip() and (not isinstance(other, str) or other.split() != value.split()):
        fail(f"{place}: {value!r} became {other!r}")
if numbers < 500:
    fail(f"only {numbers} numbers in the workbook")

def against_results():
    """The sheet of yearly series holds the figures of results.json: 亿元, or billions, which are ten times as much."""
    with open(f"{FOLDER}/results.json", encoding="utf-8") as file:
        results = json.load(file)
    sheet = {"zh": "逐年序列", "en": "Yearly series"}[LANG]
    table = {}
    for (name, place), value in written.items():
        if name == sheet:
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
            table.setdefault(int(row), {})[column] = value
    # policy, policy id, world, kind, id, name, measure, unit, year, mean, s.d., quantiles
    rows = {(r["A"], r["C"], r["E"], int(r["I"])): r for r in table.values() if isinstance(r.get("I"), float)}
    compared = 0
    for run in results["runs"]:
        for series in run["series"]:
            factor = 10 if LANG == "en" and series["figure"] == "money" else 1
            for index, year in enumerate(series["years"]):
                row = rows[run["policy"]["name"][LANG], run["world"]["name"][LANG], series["id"], year]
                pairs = [("J", series["mean"][index]), ("K", series["sd"][index])]
                for column, value in pairs:
                    if abs(row[column] * factor - value) > 1e-14 * abs(value):
                        fail(f"{series['id']} in {year}: {row[column]!r} for {value!r}")
                    compared += 1
    return compared


equal = against_results()
if equal < 50:
    fail(f"only {equal} figures of results.json were found in the workbook")
print(f"{FOLDER.rsplit('/', 1)[-1]}: {pages(document)} pages, {numbers} numbers survive the office, {equal} are those of results.json")
