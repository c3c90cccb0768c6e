// Makes the reports that the tests look at, and opens them in a browser of their own.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");

export const HOSTILE = `</script><img src=x onerror="document.title='broken'">&'甲`;

/** Scenario files: as shipped, many long names, extreme numbers, and a title that tries to leave its place. */
const CASES = {
  hubei: "scenarios/hubei-2027.toml",
  many: "tests/fixtures/reports/thirty-one-provinces.toml",
  extremes: "tests/fixtures/reports/extremes.toml",
  hostile: "tests/fixtures/reports/extremes.toml",
};

export const REPORTS = ["hubei", "many", "extremes"].flatMap((name) => [
  { name, lang: "zh" },
  { name, lang: "en" },
]);

// The runner gives all test files one folder, so that each report is made once; alone, a file makes its own.
let folder = process.env.REPORTS;

function binary() {
  const path = process.env.CLUSTERCAST ?? join(root, "target/release/clustercast");
  if (!existsSync(path)) throw new Error(`no binary at ${path}: set CLUSTERCAST`);
  return path;
}

async function hostile(file) {
  const text = await readFile(file, "utf8");
  const title = `title = ${JSON.stringify(HOSTILE)}`;
  const changed = text.replace(/^title\s*=.*$/m, () => title);
  if (changed === text) throw new Error(`${file} has no title`);
  const path = join(folder, "hostile.toml");
  await writeFile(path, changed);
  return path;
}

const made = new Map();

/** The address of the report of a case, which is made once. */
export function report(name, lang) {
  const key = `${name}-${lang}`;
  if (!made.has(key)) made.set(key, make(name, lang, key));
  return made.get(key);
}

async function make(name, lang, key) {
  folder ??= await mkdtemp(join(tmpdir(), "clustercast-browser-"));
  const shipped = join(root, CASES[name]);
  const file = name === "hostile" ? await hostile(shipped) : shipped;
  const out = join(folder, key);
  const address = pathToFileURL(join(out, "report.html")).href;
  if (existsSync(join(out, "manifest.json"))) return address;
  const options = ["--trials", "2000", "--out", out, "--lang", lang, "--quiet"];
  await run(binary(), ["report", file, ...options], { cwd: root, maxBuffer: 1 << 26 });
  return address;
}

export async function clean() {
  if (folder && folder !== process.env.REPORTS) await rm(folder, { recursive: true, force: true });
}

const ARGUMENTS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** A browser with an empty profile of its own; `env` is added to its environment. */
export function launch(env = {}) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ARGUMENTS, env: { ...process.env, ...env } });
}

/** Opens `address`; gathers requests that leave the page, and faults. */
export async function open(browser, address, options = {}) {
  const { width = 1280, height = 900, ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height }, ...rest });
  const page = await context.newPage();
  const left = [];
  const faults = [];
  page.on("request", (request) => {
    const url = request.url();
    if (url !== address && !url.startsWith("data:")) left.push(url);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready);
  return { page, left, faults, close: () => context.close() };
}
