// Every report: no access faults, no request, no console message, no sideways scrolling, glyphs for all characters.
import assert from "node:assert/strict";
import { readFile, writeFile, mkdtemp } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { HOSTILE, REPORTS, clean, launch, open, report } from "./harness.js";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); await clean(); });

/** Unfolds everything, so that hidden parts are judged too. */
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));

/** Serious and critical faults that axe finds. */
async function barriers(page) {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  assert.ok(passes.length > 10, "axe judged the page");
  return violations
    .filter((fault) => ["serious", "critical"].includes(fault.impact))
    .map((fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

for (const { name, lang } of REPORTS) {
  describe(`${name} ${lang}`, () => {
    for (const colorScheme of ["light", "dark"]) {
      test(`no barriers, ${colorScheme}`, async () => {
        const { page, close } = await open(browser, await report(name, lang), { colorScheme });
        await unfold(page);
        assert.deepEqual(await barriers(page), []);
        await close();
      });
    }

    test("nothing leaves the page, no faults, language and headings", async () => {
      const { page, left, faults, close } = await open(browser, await report(name, lang));
      await unfold(page);
      await page.mouse.wheel(0, 4000);
      assert.deepEqual(left, []);
      assert.deepEqual(faults, []);
      assert.equal(await page.getAttribute("html", "lang"), lang === "zh" ? "zh-CN" : "en");
      const levels = await page.$$eval("h1,h2,h3,h4", (heads) => heads.map((head) => Number(head.tagName[1])));
      assert.equal(levels[0], 1);
      levels.forEach((level, at) => assert.ok(at === 0 || (level > 1 && level <= levels[at - 1] + 1), `heading ${at}`));
      assert.ok((await page.$$("figure svg")).length >= 3, "charts");
      assert.ok((await page.$$("table")).length >= 5, "tables");
      await close();
    });

    for (const width of [360, 768, 1280]) {
      test(`no sideways scrolling at ${width}`, async () => {
        const { page, close } = await open(browser, await report(name, lang), { width });
        await unfold(page);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `${wide} pixels too wide`);
        await close();
      });
    }

    for (const width of [360, 768, 1280]) {
      test(`no chance stands beyond the edge at ${width}`, async () => {
        const { page, close } = await open(browser, await report(name, lang), { width });
        await unfold(page);
        const found = await page.$$eval("td.p, th.p", (cells) => cells.map((cell) => {
          const { left, right, width } = cell.getBoundingClientRect();
          return { text: cell.textContent, left, right, width };
        }));
        assert.ok(found.length >= 5, `${found.length} chances`);
        assert.deepEqual(found.filter((cell) => cell.left < 0 || cell.right > width || cell.width < 20), []);
        // the tables that a reader looks at first need no pushing at all
        const pushed = await page.$$eval("#targets .scroll, #policies .scroll, #instruments .scroll", (boxes) =>
          boxes.filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.querySelector("table").id));
        assert.deepEqual(pushed, []);
        await close();
      });
    }

    test("the main charts are read on a telephone without pushing", async () => {
      const { page, close } = await open(browser, await report(name, lang), { width: 360 });
      const charts = await page.$$eval(".chart.narrow", (list) => list.map((chart) => {
        const { right } = chart.querySelector("svg").getBoundingClientRect();
        const texts = [...chart.querySelectorAll("svg text")].map((text) => text.getBoundingClientRect());
        const scale = chart.querySelector("svg").getScreenCTM().a;
        const sizes = [...chart.querySelectorAll("svg text")].map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
        return { right, last: Math.max(...texts.map((text) => text.right)), size: Math.min(...sizes) };
      }));
      assert.ok(charts.length >= 2, `${charts.length} charts`);
      for (const { right, last, size } of charts) {
        assert.ok(right <= 360 && last <= 360, `reaches ${right}, its texts ${last}`);
        assert.ok(size >= 9.5, `letters of ${size} pixels`);
      }
      assert.equal(await page.locator(".chart.broad").first().isVisible(), false);
      await close();
    });
  });
}

test("every character has a glyph on a machine without Chinese fonts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "clustercast-fonts-"));
  const config = join(folder, "fonts.conf");
  await writeFile(config, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>${folder}/cache</cachedir></fontconfig>`);
  const bare = await launch({ FONTCONFIG_FILE: config });
  for (const [name, lang] of [["hubei", "zh"], ["many", "zh"], ["extremes", "en"]]) {
    const { page, close } = await open(bare, await report(name, lang));
    await unfold(page);
    const session = await page.context().newCDPSession(page);
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root } = await session.send("DOM.getDocument", { depth: 0 });
    const selector = "h1,h2,h3,p,a,li,summary,caption span,th,td,figcaption,dt,dd,svg text";
    const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector });
    assert.ok(nodeIds.length > 200, `${nodeIds.length} texts`);
    const strange = new Map();
    for (const nodeId of nodeIds) {
      const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
      const foreign = fonts.filter((font) => !font.isCustomFont);
      if (foreign.length === 0) continue;
      const { outerHTML } = await session.send("DOM.getOuterHTML", { nodeId });
      if (!outerHTML.includes("<code>")) strange.set(outerHTML.slice(0, 200), foreign.map((font) => font.familyName));
    }
    assert.deepEqual([...strange].slice(0, 5), [], `${name}: texts drawn with a font of the machine`);
    await close();
  }
  await bare.close();
});

test("a title with markup stays a title", async () => {
  const { page, left, faults, close } = await open(browser, await report("hostile", "zh"));
  assert.equal(await page.textContent("h1"), HOSTILE);
  assert.equal(await page.title(), HOSTILE);
  assert.equal((await page.$$("img")).length, 0);
  assert.equal((await page.$$("script")).length, 1);
  assert.deepEqual([left, faults], [[], []]);
  await close();
});

test("script that got into the page would not run", async () => {
  const { page, close } = await open(browser, await report("extremes", "zh"));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.foreign = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.foreign), undefined);
  await close();
});

test("the report of Hubei is no larger than three megabytes", async () => {
  const size = (await readFile(new URL(await report("hubei", "zh")))).length;
  assert.ok(size < 3 * 1024 * 1024, `${size} bytes`);
});
