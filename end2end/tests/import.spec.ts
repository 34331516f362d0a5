import path from 'node:path';
import { awake, expect, expectAccessible, expectHarmless, follow, hostile, linesOf, press, tabTo, test, visitMade } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const stateVisit = path.resolve(import.meta.dirname, '../../server/tests/data/programme-holy-see-usa-2015.csv');

const washington = {
  category: 'state',
  title: 'Pope Francis',
  country: 'VA',
  starts_on: '2015-09-22',
  ends_on: '2015-09-27',
  zone: 'America/New_York',
  place: 'Washington',
  capital_zone: 'Europe/Rome',
  capital: 'Vatican City',
};

/** Chooses a file and asks what it would do. (The browser's own window for choosing is not ours to press.) */
async function show(page: Page, file: string | Buffer): Promise<void> {
  const field = page.locator('input[type="file"]');
  await tabTo(page, field);
  await field.setInputFiles(typeof file === 'string' ? file : { name: 'programme.csv', mimeType: 'text/csv', buffer: file });
  await press(page, page.getByRole('button', { name: 'Show what it would do' }));
}

test('a state visit is shown, imported, and not doubled', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page, washington);
  await page.goto(visit);
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Import lines' }));
  await expect(page).toHaveURL(/\/import$/);
  await expectAccessible(page);
  await show(page, stateVisit);
  await expect(page.getByText('24 new, 0 changed, 0 there already, 0 kept as they are')).toBeVisible();
  const prayer = page.locator('li.line').filter({ hasText: 'Midday prayer' });
  await expect(prayer).toContainText('11:30');
  await expect(prayer).toContainText('17:30');
  await expect(prayer).toContainText('Vatican City');
  const parade = page.locator('li.line').filter({ hasText: 'Parade along the Ellipse' });
  await expect(parade.or(prayer).filter({ hasText: 'there is no time for the way' })).toHaveCount(1);
  await expectAccessible(page);
  expect(await linesOf(page, visit)).toHaveLength(0);
  await awake(page);
  await press(page, page.getByRole('button', { name: 'Import 24 lines' }));
  await expect(page.getByText('24 lines were added, 0 changed, 0 stayed as they were.')).toBeVisible();
  await expect(page.locator('li.line')).toHaveCount(24);
  await expectAccessible(page);
  await page.goto(`${visit}/import`);
  await awake(page);
  await show(page, stateVisit);
  await expect(page.getByText('0 new, 0 changed, 24 there already, 0 kept as they are')).toBeVisible();
  await expect(page.getByText('There is nothing to import')).toBeVisible();
  expect(await linesOf(page, visit)).toHaveLength(24);
});

test('a second press of the button imports nothing twice', async ({ page }) => {
  const visit = await visitMade(page, washington);
  await page.goto(`${visit}/import`);
  await awake(page);
  await show(page, stateVisit);
  await awake(page);
  await page.getByRole('button', { name: 'Import 24 lines' }).dblclick();
  // The preview shows as many lines: only the programme itself says that they are there.
  await expect(page).toHaveURL(new RegExp(`${visit}(?:[?#]|$)`));
  await expect(page.locator('li.line')).toHaveCount(24);
  expect(await linesOf(page, visit)).toHaveLength(24);
});

test('each bad row is named with its column and reason, and nothing is imported', async ({ page }) => {
  const visit = await visitMade(page, washington);
  const file = [
    'date;start;end;kind;title;notes',
    '2015-09-22;16:00;16:30;arrival;Arrival;',
    '2015-02-30;09:00;10:00;rest;Rest;',
    '2015-09-23;25:00;26:00;rest;Rest;',
    '2015-09-23;11:00;10:00;picnic;;',
    `2015-09-23;12:00;13:00;rest;"${hostile.replaceAll('"', '""')}";`,
    '2015-09-23;14:00;15:00;rest;Rest;\u202Eturned',
    '',
  ].join('\r\n');
  await page.goto(`${visit}/import`);
  await awake(page);
  // With a byte order mark and semicolons, as spreadsheets write it.
  await show(page, Buffer.from(`\uFEFF${file}`));
  const rows = page.getByRole('table').locator('tbody tr');
  await expect(page.getByText('Nothing is imported while a row is wrong').first()).toBeVisible();
  await expect(rows.filter({ hasText: /^3date/ })).toContainText('Write a date that there is');
  await expect(rows.filter({ hasText: /^4start/ })).toBeVisible();
  await expect(rows.filter({ hasText: /^5kind/ })).toBeVisible();
  await expect(rows.filter({ hasText: /^5title/ })).toContainText('Fill this in');
  await expect(rows.filter({ hasText: /^7notes/ })).toContainText('invisible characters');
  await expect(page.locator('li.line').filter({ hasText: 'window.harmed' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Import/ })).toHaveCount(0);
  await expectHarmless(page);
  await expectAccessible(page);
  expect(await linesOf(page, visit)).toHaveLength(0);
});

test('a file that can’t be read is refused, and said why', async ({ page }) => {
  const visit = await visitMade(page, washington);
  const files: [Buffer, string][] = [
    [Buffer.from(''), 'Fill this in'],
    [Buffer.from('date,start,end,kind,title\n'), 'The file holds no rows'],
    [Buffer.from('day,title\n1,Rest\n'), 'no columns named date, start, end, kind'],
    [Buffer.from('date,start,end,kind,title\n2015-09-22,10:00,11:00,rest,Caf\xe9\n', 'latin1'), 'not in UTF-8: row 2'],
    [Buffer.from(`date,start,end,kind,title\n${'2015-09-22,10:00,11:00,rest,Rest\n'.repeat(100_000)}`), 'more than'],
  ];
  for (const [file, says] of files) {
    await page.goto(`${visit}/import`);
    await awake(page);
    await show(page, file);
    await expect(page.locator('form.sheet').first()).toContainText(says);
  }
  await expectAccessible(page);
});
