import type { Page } from '@playwright/test';
import { type Account, awake, expect, expectAccessible, test } from '../fixtures/index.ts';

/** The addresses of the menu. */
async function menu(page: Page): Promise<string[]> {
  await page.goto('/');
  const links = page.getByRole('navigation', { name: 'Main' }).locator('a');
  return links.evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
}

/** Nothing lies beyond the edge of a window so wide: 640 is one of 1280 at 200 % zoom (WCAG 2.2, 1.4.4). */
async function expectNoSideways(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, `${page.url()} at ${width} px`).toBeLessThanOrEqual(0);
}

for (const account of ['chief', 'staff', 'press', 'auditor', 'admin', 'vietnam'] satisfies Account[]) {
  test.describe(`${account}@`, () => {
    test.use({ account });

    // Which pages an account has and what it may do there is the same without scripts: the most and the least are looked at so.
    const tag = account === 'chief' || account === 'vietnam' ? [] : ['@scripts-only'];
    test('every page of the menu is accessible and fits a telephone', { tag }, async ({ page }) => {
      test.slow();
      for (const path of [...(await menu(page)), '/account']) {
        await page.setViewportSize({ width: 1280, height: 800 });
        const answer = await page.goto(path);
        expect(answer?.status(), path).toBe(200);
        await awake(page);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expectAccessible(page);
        for (const width of [640, 390, 320]) await expectNoSideways(page, width);
      }
    });
  });
}

test.describe('an officer', () => {
  test.use({ account: 'officer' });

  test('every page of a visit, a room, a mission and a person is accessible and fits a telephone', async ({ page }) => {
    test.slow();
    const first = async (list: string, link: string) => {
      await page.goto(list);
      return (await page.locator(`main ${link}`).first().getAttribute('href')) ?? '';
    };
    const visit = await first('/visits?text=Official+working+visit', 'th a');
    const line = await first(visit, 'a.edit');
    const paths = ['', '/delegation', '/rooms', '/releases', '/access', '/print', '/edit', '/items/new', '/delegation/new'].map((side) => visit + side);
    const room = await first('/rooms/list', 'th a');
    paths.push(line, '/rooms', room, `${room}?month=2027-03`, '/rooms/find?starts=10:00&ends=%2B1h&people=30');
    for (const list of ['/missions', '/people']) {
      const one = await first(list, 'th a');
      paths.push(one, `${one}/edit`);
    }
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 800 });
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(200);
      await awake(page);
      await expectAccessible(page);
      for (const width of [640, 390, 320]) await expectNoSideways(page, width);
    }
  });

  test('the rest of the menu opens at the foot of a telephone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto('/');
    await awake(page);
    const calendars = page.getByRole('link', { name: 'Calendars' });
    await expect(calendars).toBeHidden();
    await page.getByRole('button', { name: 'More' }).press('Enter');
    await calendars.press('Enter');
    await page.waitForURL('**/calendars');
    await expect(calendars).toBeHidden();
  });

  test('dark is chosen and stays', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/visits');
    await awake(page);
    const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await colour();
    await page.getByRole('button', { name: 'Alma Rivera' }).press('Enter');
    await page.getByLabel('Appearance').selectOption('dark');
    await page.getByRole('button', { name: 'Apply' }).press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.waitForURL('**/visits');
    expect(await colour()).not.toBe(light);
    await page.goto('/');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('an address at which there is nothing leads back', async ({ page, complaints }) => {
    complaints.allow(/status of 404/);
    const answer = await page.goto('/nowhere/at/all');
    expect(answer?.status()).toBe(404);
    await awake(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing here');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Go to Today' }).press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
  });
});
