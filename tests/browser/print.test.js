// The page on paper: A4, numbered, heads repeated, nothing folded, no chart cut.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { REPORTS, clean, launch, open, report } from "./harness.js";

let browser;
let folder;
before(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), "clustercast-print-"));
});
after(async () => {
  await browser.close();
  await clean();
  await rm(folder, { recursive: true, force: true });
});

const bare = (text) => text.replace(/\s+/g, "");
/** How a cell begins: lines of neighbouring cells are read in turn, so only its first characters surely stand together. */
const start = (cell) => [...bare(cell)].slice(0, 3).join("");

/** How far apart, in characters, the first and the last line of a cell stand at most. */
const CELL = 600;

/** Whether `text` holds the whole of `cell`: the lines that it breaks into, one after the other. */
function holds(text, cell) {
  const whole = bare(cell);
  if (text.includes(whole)) return true;
  const first = whole.slice(0, 2);
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    let near = text.slice(at, at + CELL);
    let rest = whole;
    while (rest !== "") {
      let length = rest.length;
      while (length > 0 && !near.includes(rest.slice(0, length))) length -= 1;
      // a single character is found anywhere, so only the last one may stand alone
      if (length === 0 || (length === 1 && rest.length > 1)) break;
      near = near.slice(near.indexOf(rest.slice(0, length)) + length);
      rest = rest.slice(length);
    }
    if (rest === "") return true;
  }
  return false;
}

for (const { name, lang } of REPORTS) {
  test(`${name} ${lang} on paper`, async () => {
    const { page, close } = await open(browser, await report(name, lang), { colorScheme: "dark" });
    const pdf = join(folder, `${name}-${lang}.pdf`);
    await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });

    const info = execFileSync("pdfinfo", ["-f", "1", "-l", "9999", pdf], { encoding: "utf8" });
    const sizes = [...info.matchAll(/^Page +\d+ size: +([\d.]+) x ([\d.]+)/gm)].map(([, w, h]) => [Number(w), Number(h)]);
    assert.ok(sizes.length > 3);
    for (const [width, height] of sizes) {
      const [short, long] = [Math.min(width, height), Math.max(width, height)];
      assert.ok(Math.abs(short - 595.3) < 1.5 && Math.abs(long - 841.9) < 1.5, `a page of ${width} x ${height}`);
    }

    const pages = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8", maxBuffer: 1 << 26 }).split("\f").slice(0, -1).map(bare);
    assert.equal(pages.length, sizes.length);
    pages.forEach((text, at) => {
      const number = lang === "zh" ? `第${at + 1}页，共${pages.length}页` : `Page${at + 1}of${pages.length}`;
      assert.ok(text.includes(number), `page ${at + 1} is numbered`);
    });

    // Every table that is shown on paper stands there whole, and one over several pages has its heads on each.
    await page.setViewportSize({ width: 680, height: 1000 });
    await page.emulateMedia({ media: "print" });
    const tables = await page.$$eval("table", (list) => list.filter((table) => table.checkVisibility()).map((table) => ({
      head: [...table.querySelectorAll("thead th")].map((cell) => cell.textContent),
      rows: [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent)),
    })));
    assert.ok(tables.length >= 5, `${tables.length} tables on paper`);
    for (const { rows } of tables) {
      for (const cell of rows.flat()) {
        assert.ok(pages.some((text) => holds(text, cell)), `printed: ${cell}`);
      }
    }
    const longest = tables.reduce((one, other) => (other.rows.length > one.rows.length ? other : one));
    if (longest.rows.length > 45) {
      const head = bare(longest.head[0]);
      const times = pages.filter((text) => longest.head.every((cell) => text.includes(start(cell)))).length;
      assert.ok(times > 1, `the heads (${head} …) stand on ${times} pages`);
    }
    // What is not printed is said to be elsewhere, and no sheet is wasted.
    assert.ok(await page.locator(".paper").first().isVisible());
    const lean = pages.filter((text) => text.length < 120);
    assert.deepEqual(lean, [], "sheets with next to nothing on them");
    if (name === "hubei") assert.ok(pages.length <= 32, `${pages.length} sheets`);

    // All texts of a chart, and its caption, stand on one page.
    const figures = await page.$$eval("figure", (list) => list.map((figure) => ({
      caption: figure.querySelector("figcaption").textContent,
      texts: [...figure.querySelectorAll(".chart:not(.narrow) svg text")].map((text) => text.textContent),
    })));
    assert.ok(figures.length >= 3);
    for (const { caption, texts } of figures) {
      const at = pages.filter((text) => text.includes(bare(caption)));
      assert.ok(at.length > 0, `caption in one piece: ${caption}`);
      const whole = at.some((text) => texts.every((part) => text.includes(bare(part))));
      assert.ok(whole, `cut: ${caption}`);
    }
    await close();
  });
}
