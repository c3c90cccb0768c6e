"""Checks a document and a workbook against the rules that Word and Excel enforce and LibreOffice forgives: FOLDER.

What these offices call "unreadable content" is nearly always one of: elements out of the order of the schema
(ECMA-376, part 1, wml.xsd and sml.xsd), a part without a content type, a relationship without a target, an identifier
used twice, a table without its grid, a text that is too long, or a reference to a style that does not exist.
"""

import posixpath
import re
import sys
import zipfile
import xml.etree.ElementTree as tree

FOLDER = sys.argv[1]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SPOT = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"

# children in the order of the schema
WORD_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tbl": "tblPr tblGrid tr",
    "tblBorders": "top left start bottom right end insideH insideV",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "settings": "writeProtection view zoom removePersonalInformation defaultTabStop autoHyphenation evenAndOddHeaders "
    "drawingGridHorizontalSpacing characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
}
SHEET_ORDER = {
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges "
    "scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
}


def fail(message):
    sys.exit(f"{FOLDER}: {message}")


def in_order(where, root, space, orders):
    for element in root.iter():
        order = orders.get(element.tag.removeprefix(space)) if element.tag.startswith(space) else None
        if order is None:
            continue
        order, last = order.split(), -1
        for child in element:
            name = child.tag.removeprefix(space)
            if name not in order:
                fail(f"{where}: {name} has no place in {element.tag.removeprefix(space)}")
            if order.index(name) < last:
                fail(f"{where}: {name} stands too late in {element.tag.removeprefix(space)}")
            last = order.index(name)


def package(path):
    """The parts of a file that are XML, after a check of types and relationships."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if len(set(names)) != len(names):
            fail(f"{path}: a part is there twice")
        parts = {name: archive.read(name) for name in names if not name.endswith("/")}
    xml = {name: tree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    types = xml["[Content_Types].xml"]
    default = {t.get("Extension").lower() for t in types.iter(TYPES + "Default")}
    own = [t.get("PartName").lstrip("/") for t in types.iter(TYPES + "Override")]
    for name in parts:
        if name != "[Content_Types].xml" and name not in own and name.rsplit(".", 1)[-1].lower() not in default:
            fail(f"{path}: {name} has no content type")
    if missing := [name for name in own if name not in parts]:
        fail(f"{path}: content types of parts that are missing: {missing}")
    if len(set(own)) != len(own):
        fail(f"{path}: a part has two content types")
    for name, links in xml.items():
        if not name.endswith(".rels"):
            continue
        base = posixpath.dirname(posixpath.dirname(name))
        known = [link.get("Id") for link in links.iter(LINKS + "Relationship")]
        if len(set(known)) != len(known):
            fail(f"{path}: {name} uses an identifier twice")
        for link in links.iter(LINKS + "Relationship"):
            target = posixpath.normpath(posixpath.join("/", base, link.get("Target"))).lstrip("/")
            if link.get("TargetMode") != "External" and target not in parts:
                fail(f"{path}: {name} points at {target}, which is missing")
        source = parts.get(posixpath.join(base, posixpath.basename(name).removesuffix(".rels")), b"").decode("utf-8", "replace")
        for used in re.findall(r'\br:(?:id|embed|link)="([^"]+)"', source):
            if used not in known:
                fail(f"{path}: {used} is no relationship of {name}")
    return xml


def document(path):
    xml = package(path)
    for name, root in xml.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            in_order(f"{path}: {name}", root, WORD, WORD_ORDER)
    body = xml["word/document.xml"]
    numbers = [picture.get("id") for picture in body.iter(DRAWN + "docPr")]
    if len(numbers) < 3 or len(set(numbers)) != len(numbers):
        fail(f"{path}: pictures are numbered {numbers}")
    for table in body.iter(WORD + "tbl"):
        columns = len(table.findall(f"{WORD}tblGrid/{WORD}gridCol"))
        for row in table.findall(WORD + "tr"):
            cells = row.findall(WORD + "tc")
            if len(cells) != columns:
                fail(f"{path}: a row of {len(cells)} cells in a grid of {columns}")
            if any(cell[-1].tag != WORD + "p" for cell in cells):
                fail(f"{path}: a cell does not end with a paragraph")
    styles = {style.get(WORD + "styleId") for style in xml["word/styles.xml"].iter(WORD + "style")}
    for kind in ["pStyle", "rStyle", "tblStyle"]:
        for used in body.iter(WORD + kind):
            if used.get(WORD + "val") not in styles:
                fail(f"{path}: there is no style {used.get(WORD + 'val')}")


def place(reference):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def workbook(path):
    xml = package(path)
    for name, root in xml.items():
        if name.startswith("xl/") and not name.endswith(".rels"):
            in_order(f"{path}: {name}", root, SHEET, SHEET_ORDER)
    names = [sheet.get("name") for sheet in xml["xl/workbook.xml"].iter(SHEET + "sheet")]
    if len({name.lower() for name in names}) != len(names):
        fail(f"{path}: two sheets have one name")
    for name in names:
        if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name) or name.startswith("'"):
            fail(f"{path}: no sheet may be called {name}")
    looks = len(xml["xl/styles.xml"].find(SHEET + "cellXfs"))
    texts = ["".join(t.text or "" for t in item.iter(SHEET + "t")) for item in xml["xl/sharedStrings.xml"]]
    if too_long := [text for text in texts if len(text) > 32767]:
        fail(f"{path}: {len(too_long)} texts are too long for a cell")
    drawn = 0
    for number, name in enumerate(names, 1):
        sheet = xml[f"xl/worksheets/sheet{number}.xml"]
        before = (0, 0)
        for cell in sheet.iter(SHEET + "c"):
            here = place(cell.get("r"))
            if here <= before:
                fail(f"{path}: {name}!{cell.get('r')} is out of order")
            before = here
            value = cell.find(SHEET + "v")
            if int(cell.get("s", 0)) >= looks:
                fail(f"{path}: {name}!{cell.get('r')} has no such format")
            if cell.get("t") == "s" and int(value.text) >= len(texts):
                fail(f"{path}: {name}!{cell.get('r')} has no such text")
        for row in sheet.iter(SHEET + "row"):
            if float(row.get("ht", 0)) > 409.5:
                fail(f"{path}: {name} has a row of {row.get('ht')} points")
        taken = set()
        for merged in sheet.iter(SHEET + "mergeCell"):
            (top, left), (bottom, right) = map(place, merged.get("ref").split(":"))
            cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
            if cells & taken or len(cells) < 2:
                fail(f"{path}: {name} merges {merged.get('ref')} with others, or alone")
            taken |= cells
        for footer in sheet.iter(SHEET + "oddFooter"):
            if len(footer.text) > 255:
                fail(f"{path}: the foot of {name} is too long")
    for name, root in xml.items():
        if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
            numbers = [shape.get("id") for shape in root.iter(SPOT + "cNvPr")]
            if len(set(numbers)) != len(numbers):
                fail(f"{path}: {name} numbers two charts alike")
        if name.startswith("xl/charts/chart"):
            drawn += 1
            for reference in root.iter(CHART + "f"):
                sheet = re.match(r"'?((?:[^']|'')+?)'?!\$?[A-Z]", reference.text)
                if not sheet or sheet.group(1).replace("''", "'") not in names:
                    fail(f"{path}: {name} takes figures from {reference.text}")
            axes = [axis.get("val") for axis in root.iter(CHART + "axId")]
            if any(axes.count(axis) < 2 for axis in axes):
                fail(f"{path}: {name} uses an axis that is not there")
    if drawn < 3:
        fail(f"{path}: {drawn} charts")


document(f"{FOLDER}/briefing.docx")
workbook(f"{FOLDER}/report.xlsx")
print(f"{FOLDER.rsplit('/', 1)[-1]}: document and workbook keep the rules of the format")
