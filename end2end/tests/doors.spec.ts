import { awake, bookingMade, expect, expectAccessible, field, follow, openRoomMade, press, roomsOf, tabTo, test, type } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'rooms' });

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const ofPlan = (page: Page, name: string) => field(page, 'make-door-plan', name);
const today = '2026-11-24';

// A display that nobody touches asks for itself anew: there is nothing on it that takes time to fill in (WCAG 2.2.1, real-time).
const ofDisplays = ['meta-refresh'];

/** A room of its own, with something in it that anybody may read, and something that not. */
async function usedRoom(page: Page, name: string): Promise<string> {
  await openRoomMade(page, name);
  await bookingMade(page, name, `${today}T09:30`, `${today}T11:00`, { purpose: 'Choir rehearsal', marking: 'TLP:GREEN' });
  await bookingMade(page, name, `${today}T13:00`, `${today}T14:00`, { purpose: 'Hearing in confidence', marking: 'TLP:AMBER' });
  return `/rooms/${(await roomsOf(page)).get(name)}`;
}

/** Shows a display as it hangs on a wall, upright or lying, light or dark. */
async function lookAt(page: Page, name: string): Promise<void> {
  const folder = process.env.CHANCERY_SCREENSHOTS;
  for (const [width, height] of [
    [800, 1280],
    [1280, 800],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // Everything is in sight: nobody scrolls a display.
      expect(await page.evaluate(() => [document.documentElement.scrollHeight <= innerHeight, document.documentElement.scrollWidth <= innerWidth])).toEqual([
        true,
        true,
      ]);
      if (folder) await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: null });
}

test('a display by the door is given its link, shows today’s use and what is reserved, and is revoked', async ({ page, pageOf, browser, office }) => {
  test.slow();
  const room = await usedRoom(page, 'Porch Room');
  await page.goto(room);
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Door plans' }));
  await expect(title(page, 'Door plans of Porch Room')).toBeVisible();
  await awake(page);
  await expect(page.getByText('No display shows this room.')).toBeVisible();
  await expectAccessible(page);

  // More than TLP:CLEAR wants a reason, and what was chosen stays.
  await tabTo(page, page.getByLabel('TLP:CLEAR'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('TLP:GREEN')).toBeChecked();
  await press(page, page.getByRole('button', { name: 'Make a door plan' }));
  await expect(page.locator('.field.wrong', { has: ofPlan(page, 'reason') })).toBeVisible();
  await expect(page.getByLabel('TLP:GREEN')).toBeChecked();
  await expectAccessible(page);
  await type(page, ofPlan(page, 'reason'), 'Behind the staff entrance');
  await press(page, page.getByRole('button', { name: 'Make a door plan' }));
  const link = page.getByLabel('Link', { exact: true });
  await expect(link).toBeVisible();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expectAccessible(page);
  const url = await link.inputValue();

  // The display has signed in to nothing.
  const context = await browser.newContext({ baseURL: office.url, storageState: { cookies: [], origins: [] }, reducedMotion: 'reduce' });
  const display = await context.newPage();
  await display.goto(url);
  await expect(title(display, 'Porch Room')).toBeVisible();
  await expect(display.locator('.now')).toContainText('Choir rehearsal');
  await expect(display.locator('.now')).toContainText('until 11:00');
  await expect(display.locator('.later')).toContainText('Reserved');
  await expect(display.locator('.later')).not.toContainText('Hearing');
  await expect(display.locator('.tlp')).toHaveText(['TLP:GREEN', 'TLP:GREEN']);
  await expectAccessible(display, ofDisplays);
  await lookAt(display, 'door');

  // The link is not shown again, and that it was opened is.
  await page.goto(`${room}/doors`);
  await awake(page);
  await expect(page.getByLabel('Link', { exact: true })).toHaveCount(0);
  expect(await page.content()).not.toContain(url.split('/').at(-1));
  const row = page.getByRole('row', { name: /TLP:GREEN/ });
  await expect(row).toContainText('by you');
  await expect(row).toContainText('Mozilla');
  await press(page, row.getByRole('button', { name: 'Revoke' }));
  await expect(row).toHaveCount(0);
  expect((await display.goto(url))?.status()).toBe(404);
  await context.close();

  // Who does not keep rooms sees nothing of it.
  const officer = await pageOf('officer');
  await officer.goto(room);
  await expect(title(officer, 'Porch Room')).toBeVisible();
  await expect(officer.getByRole('link', { name: 'Door plans' })).toHaveCount(0);
});

test('a full day stands on a display with what is next, and how much more there is', async ({ page }) => {
  test.slow();
  const name = 'Hall of the Very Long Name of Its Many Founders';
  await openRoomMade(page, name);
  for (let hour = 11; hour < 23; hour += 1) {
    const purpose = hour === 11 ? 'A meeting of the committee that plans the meetings of all the other committees of the city' : `Meeting ${hour}`;
    await bookingMade(page, name, `${today}T${hour}:00`, `${today}T${hour}:30`, { purpose, marking: 'TLP:GREEN' });
  }
  const answer = await page.request.post('/api/v1/door-plans', {
    data: { room_id: (await roomsOf(page)).get(name), ceiling: 'TLP:GREEN', reason: 'Staff corridor' },
  });
  const { url } = (await answer.json()) as { url: string };
  await page.goto(url);
  await expect(page.locator('.now')).toContainText('Free');
  await expect(page.locator('.now')).toContainText('until 11:00');
  await expect(page.locator('.later li')).toHaveCount(6);
  await expect(page.locator('.later')).toContainText('and 6 more');
  await expectAccessible(page, ofDisplays);
  await lookAt(page, 'door-full');
});

test('a day of all rooms and a week of one are printed as the board shows them, with the marking at head and foot', async ({ page }) => {
  test.slow();
  const room = await usedRoom(page, 'Gallery');
  await page.goto(`/rooms?day=${today}&text=gallery`);
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Print', exact: true }));
  await expect(title(page, 'Rooms')).toBeVisible();
  const sheet = page.locator('table.paper');
  await expect(sheet).toContainText('Gallery');
  await expect(sheet).toContainText('Choir rehearsal');
  await expect(sheet).toContainText('Hearing in confidence');
  await expect(sheet.locator('.running .tlp')).toHaveText(['TLP:AMBER', 'TLP:AMBER']);
  await expectAccessible(page);

  await page.goto(`${room}?day=${today}`);
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Print', exact: true }));
  await expect(title(page, 'Gallery, City Hall')).toBeVisible();
  await expect(sheet.getByRole('rowheader')).toHaveCount(7);
  await expect(sheet.getByRole('row', { name: /Choir rehearsal/ })).toContainText('09:30 to 11:00');
  await expect(sheet).toContainText('free');
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'The day', exact: true }));
  await expect(page).toHaveURL(/span=day/);
  await page.goto(`${room}/print?day=${today}&span=day`);
  await expect(sheet.getByRole('rowheader')).toHaveCount(1);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.actions').first()).toBeHidden();
  expect(await sheet.locator('.running .tlp').first().evaluate((label) => Number.parseFloat(getComputedStyle(label).fontSize))).toBeGreaterThanOrEqual(16);
  const folder = process.env.CHANCERY_SCREENSHOTS;
  if (folder) {
    await page.goto(`/rooms/print?day=${today}`);
    await page.screenshot({ path: `${folder}/print.png`, fullPage: true });
    await page.emulateMedia({ media: 'screen' });
    await page.screenshot({ path: `${folder}/print-preview.png` });
    await page.goto(`${room}/doors`);
    await page.screenshot({ path: `${folder}/plans.png`, fullPage: true });
  }
});
