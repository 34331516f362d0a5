import { awake, choose, expect, expectAccessible, follow, lineMade, press, test, visitMade } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

/** A visit whose guest arrives on a Sunday, with a banquet on that evening and a meeting at midnight of the capital's clocks. */
async function planned(page: Page, title: string): Promise<string> {
  const visit = await visitMade(page, { title });
  await lineMade(page, visit, '2027-03-14T14:00', '2027-03-14T15:00', { kind: 'arrival', title: `Arrival: ${title}` });
  await lineMade(page, visit, '2027-03-14T19:00', '2027-03-14T21:00', { kind: 'banquet', title: `Banquet: ${title}` });
  await lineMade(page, visit, '2027-03-15T10:00', '2027-03-15T11:00', { title: `Talks: ${title}` });
  return visit;
}

test('a line at night in the capital or on a Sunday says so, is found by its rule, and is moved to the morning', async ({ page }) => {
  const title = 'Rector of the Academy';
  const visit = await planned(page, title);
  await page.goto(visit);
  await awake(page);
  const line = (of: string) => page.locator('.line').filter({ hasText: `${of}: ${title}` });
  await expect(line('Talks')).toContainText('At 10:00 it is 00:00 (+1) in Hà Nội');
  await expect(line('Banquet')).toContainText('Sun 14 March 2027 is a day of the weekend');
  await expectAccessible(page);

  await page.goto('/clashes');
  await awake(page);
  const told = page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
  await expect(told.locator('.rows > li')).toHaveCount(3);
  await choose(page, page.getByRole('search', { name: 'Which clashes' }).getByLabel('When'), 'it is night in the capital of the guest, within 48 hours of arrival');
  await press(page, page.getByRole('button', { name: 'Show these' }));
  await page.waitForURL(/rule=night_in_capital/);
  await expect(told.locator('.rows > li')).toHaveCount(1);
  await expectAccessible(page);

  await follow(page, told.locator('.clash a.button').filter({ hasText: '16:00' }));
  await page.waitForURL(/\/items\//);
  await awake(page);
  await press(page, page.getByRole('button', { name: 'Save the line' }));
  await page.waitForURL((url) => url.pathname === visit);
  await expect(line('Talks')).not.toContainText('it is night');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('clashes are found by their rule, and a level without any says so', async ({ page }) => {
    const title = 'Dean of the Conservatory';
    await planned(page, title);
    await page.goto('/clashes?rule=rest_day');
    const told = page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
    await expect(told.locator('.rows > li')).toHaveCount(2);
    await page.getByLabel('It is').selectOption('block');
    await page.getByRole('button', { name: 'Show these' }).click();
    await expect(page).toHaveURL(/level=block/);
    await expect(page.getByText('No clash is like that')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Show all clashes' })).toBeVisible();
  });
});
