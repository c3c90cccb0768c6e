// The page under mouse and keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { clean, launch, open, report } from "./harness.js";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); await clean(); });

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return { tag: element.tagName, class: element.className, text: element.textContent.trim(), outline: style.outlineStyle };
});

test("the skip link is the first stop and leads to the report", async () => {
  const { page, close } = await open(browser, await report("hubei", "zh"));
  await page.keyboard.press("Tab");
  const first = await focused(page);
  assert.equal(first.class, "skip");
  const box = await page.locator(".skip").boundingBox();
  assert.ok(box.y >= 0, "the skip link is seen while it has the focus");
  await page.keyboard.press("Enter");
  assert.equal((await page.evaluate(() => document.activeElement.id)), "report");
  await close();
});

test("every stop of the tab key shows where it is, and a chart takes one", async () => {
  const { page, close } = await open(browser, await report("hubei", "zh"));
  const charts = await page.$$eval(".marks", (groups) => groups.length);
  assert.ok(charts > 0, "charts with values");
  const stops = await page.$$eval(".marks button", (marks) => marks.filter((mark) => mark.tabIndex === 0).length);
  assert.equal(stops, charts);
  const seen = new Set();
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press("Tab");
    const at = await focused(page);
    if (at.tag === "BODY") break;
    assert.notEqual(at.outline, "none", `${at.tag} ${at.text.slice(0, 40)} shows no focus`);
    seen.add(at.tag);
  }
  for (const tag of ["A", "BUTTON", "SUMMARY"]) assert.ok(seen.has(tag), `the tab key reaches ${tag}`);
  await close();
});

test("arrow keys step through the values of a chart, Escape hides them", async () => {
  const { page, close } = await open(browser, await report("hubei", "zh"));
  const marks = await page.$$eval(".marks", (groups) => [...groups[0].children].map((mark) => mark.textContent));
  assert.ok(marks.length > 1, "several values");
  await page.locator(".marks button").first().focus();
  await page.waitForSelector("#value:not([hidden])");
  assert.equal(await page.textContent("#value"), marks[0]);
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.textContent("#value"), marks[1]);
  await page.keyboard.press("End");
  assert.equal(await page.textContent("#value"), marks.at(-1));
  await page.keyboard.press("Home");
  assert.equal(await page.textContent("#value"), marks[0]);
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#value").isHidden());
  await close();
});

test("the mouse shows values inside the window and hides them again", async () => {
  for (const width of [360, 1280]) {
    const { page, close } = await open(browser, await report("hubei", "zh"), { width });
    const groups = page.locator(".marks");
    for (let at = 0; at < (await groups.count()); at += 1) {
      for (const mark of [groups.nth(at).locator("button").first(), groups.nth(at).locator("button").last()]) {
        if (!(await mark.isVisible())) continue;
        await mark.scrollIntoViewIfNeeded();
        await page.waitForTimeout(50);
        await mark.hover({ force: true });
        const value = page.locator("#value");
        await value.waitFor({ state: "visible" });
        assert.ok((await value.textContent()).length > 3);
        const box = await value.boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 900, JSON.stringify(box));
        await page.mouse.move(0, 0);
        assert.ok(await value.isHidden());
      }
    }
    await close();
  }
});

test("every entry of the contents leads to a part, and tables unfold by keyboard", async () => {
  const { page, close } = await open(browser, await report("many", "zh"));
  const lost = await page.$$eval("nav a", (links) =>
    links.map((link) => link.getAttribute("href")).filter((href) => !document.getElementById(href.slice(1))));
  assert.deepEqual(lost, []);
  assert.ok((await page.$$("nav a")).length > 40, "clusters are listed");
  const summary = page.locator("main details > summary").first();
  await summary.focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator("main details").first().evaluate((part) => part.open));
  await close();
});
