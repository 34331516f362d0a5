import { statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { Api, awake, expect, test } from '../fixtures/index.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

/** The most bytes of a picture: a clone carries each of them for ever. */
const most = 250_000;

async function shoot(page: Page, name: string): Promise<void> {
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  expect(statSync(file).size, file).toBeLessThan(most);
}

test.use({ account: 'officer', viewport: { width: 1280, height: 860 } });

test('today', async ({ page }) => {
  await page.goto('/');
  await awake(page);
  await shoot(page, 'today');
});

test('a programme, by day, by night and on a telephone', async ({ page, office }) => {
  const { id } = await (await Api.of(office, 'officer')).visit(/Prime Minister of Viet Nam/);
  await page.goto(`/visits/${id}`);
  await awake(page);
  // Where the day's meetings begin, with the head of the page above them.
  const day = page.locator('#day-2026-11-24');
  await shoot(page, 'programme');
  await page.emulateMedia({ colorScheme: 'dark' });
  await day.evaluate((heading) => heading.closest('section')?.scrollIntoView());
  await shoot(page, 'programme-dark');
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
  await day.evaluate((heading) => heading.closest('section')?.scrollIntoView());
  await shoot(page, 'phone');
});
