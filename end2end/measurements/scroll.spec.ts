import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect, type CDPSession, type Page, test } from '@playwright/test';

/** An office with 500 rooms: `cargo xtask bench scroll` says where the program lies that serves it. */
const program = process.env.CHANCERY_LARGE_OFFICE ?? '../target/release/examples/large_office';

/** How fast a page is scrolled: pixels a second. */
const speed = 3_000;

/** The share of the frames of a plain page that the board must reach: what a machine cannot draw at all is not held against it. */
const share = 0.95;

/** A frame at 60 a second, in milliseconds. */
const frame = 1_000 / 60;

/** Fewer frames a second are not 60 any more, where a graphics card draws them. */
const smooth = 57;

interface Event {
  name: string;
  ts: number;
}

interface Drawn {
  /** Frames a second, as Chromium's tracing counts what was drawn. */
  perSecond: number;
  /** The longest time between two of them, in milliseconds. */
  longest: number;
  /** Frames that Chromium says it left out. */
  dropped: number;
  /** The same two by the page's own animation frames: what scripts see. */
  scripts: { perSecond: number; longest: number };
}

let office: ChildProcess;
let url = '';
let cookie = '';

test.beforeAll(async () => {
  office = spawn(program, [], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await new Promise<string[]>((resolve, reject) => {
    if (office.stdout) createInterface(office.stdout).once('line', (first) => resolve([first]));
    office.once('error', reject);
    office.once('exit', (code) => reject(new Error(`the office ended with ${code} before it was ready`)));
  });
  [url = '', cookie = ''] = (line ?? '').split(' ');
});

test.afterAll(() => {
  office.kill();
});

function spread(times: number[]): { perSecond: number; longest: number } {
  const gaps = times.slice(1).map((time, number) => time - (times[number] ?? time));
  const taken = gaps.reduce((sum, gap) => sum + gap, 0);
  return { perSecond: (gaps.length * 1_000) / taken, longest: Math.max(...gaps) };
}

/** What Chromium's tracing tells of a deed. */
async function traced(session: CDPSession, deed: () => Promise<void>): Promise<Event[]> {
  const events: Event[] = [];
  const gather = ({ value }: { value: object[] }) => void events.push(...(value as Event[]));
  session.on('Tracing.dataCollected', gather);
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  const includedCategories = ['devtools.timeline', 'devtools.timeline.frame', 'disabled-by-default-devtools.timeline.frame'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await deed();
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', gather);
  return events;
}

/** Scrolls a page from its top to its end, as a hand does. */
async function scrolled(page: Page): Promise<Drawn> {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  const distance = await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    const note = (now: number) => {
      seen.push(now);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    return (document.scrollingElement?.scrollHeight ?? 0) - window.innerHeight;
  });
  expect(distance, 'the page is long').toBeGreaterThan(height);
  const from = await page.evaluate(() => (window as unknown as { seen: number[] }).seen.length);
  const events = await traced(session, async () => {
    const at = { x: width / 2, y: height / 2, gestureSourceType: 'mouse' as const };
    await session.send('Input.synthesizeScrollGesture', { ...at, yDistance: -distance, speed, preventFling: true });
  });
  const end = await page.evaluate(() => window.scrollY + window.innerHeight - (document.scrollingElement?.scrollHeight ?? 0));
  expect(Math.abs(end), 'it is scrolled to its end').toBeLessThan(height);
  const seen = await page.evaluate((start) => (window as unknown as { seen: number[] }).seen.slice(start), from);
  const of = (name: string) => events.filter((event) => event.name === name);
  const drawn = of('DrawFrame').map((event) => event.ts / 1_000).sort((a, b) => a - b);
  return { ...spread(drawn), dropped: of('DroppedFrame').length, scripts: spread(seen) };
}

function told(what: string, drawn: Drawn): void {
  const { perSecond, longest, dropped, scripts } = drawn;
  const figures = `${perSecond.toFixed(1)} frames a second, the longest ${longest.toFixed(1)} ms, ${dropped} dropped`;
  console.log(`${what}: ${figures}; scripts see ${scripts.perSecond.toFixed(1)} a second, the longest ${scripts.longest.toFixed(1)} ms`);
}

test('the board of 500 rooms is scrolled as smoothly as the machine can', async ({ browser }) => {
  const system = await (await browser.newBrowserCDPSession()).send('SystemInfo.getInfo');
  const status = (system.gpu.featureStatus ?? {}) as Record<string, string>;
  const isSoftware = (status.gpu_compositing ?? 'disabled').startsWith('disabled');
  if (isSoftware) console.log('This browser draws without a graphics card: all it shows is drawn by the processor, which limits its frames.');

  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const page = await context.newPage();
  await page.setContent('<!doctype html><div style="height: 25000px; background: repeating-linear-gradient(#fff 0 23px, #eee 23px 46px)">');
  const plain = await scrolled(page);
  told('a plain page', plain);

  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url }]);
  await page.goto(`${url}/rooms?day=2027-03-10`);
  expect(await page.locator('.lanes li.row').count()).toBeGreaterThan(1);
  // The page is awake and quiet: its stream of changes never ends, so that the network is never idle.
  await page.locator('html[data-awake]').waitFor({ state: 'attached' });
  await page.waitForTimeout(1_000);
  const board = await scrolled(page);
  told(`a board of ${await page.locator('.lanes li.row').count()} rooms`, board);
  const reached = Math.min(plain.perSecond, 1_000 / frame);
  expect(board.perSecond, 'frames a second').toBeGreaterThan(share * reached);
  if (!isSoftware) expect(board.perSecond, 'frames a second').toBeGreaterThan(smooth);
});
