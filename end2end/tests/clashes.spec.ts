import { awake, expect, expectAccessible, follow, lineMade, officeZone, openRoomMade, press, roomsOf, test, visitMade } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

/** A confirmed visit with two lines, the room of one of which is then blacked out by who keeps it. */
async function hurt(page: Page, keeper: Page, title: string, room: string, day: string): Promise<string> {
  await openRoomMade(keeper, room);
  const visit = await visitMade(page, { title });
  const line = { room_id: (await roomsOf(page)).get(room), title: `Talks in the ${room}` };
  await lineMade(page, visit, `${day}T10:00`, `${day}T11:00`, line);
  await lineMade(page, visit, `${day}T15:00`, `${day}T16:00`, { title: `Walk after the ${room}` });
  const at = (clock: string) => ({ local: `${day}T${clock}`, zone: officeZone });
  const blackout = { room_id: line.room_id, cause: 'The roof leaks', starts: at('09:00'), ends: at('12:30') };
  const answer = await keeper.request.post('/api/v1/blackouts', { data: blackout });
  expect(answer.status(), await answer.text()).toBe(201);
  return visit;
}

test('what happens elsewhere is told on the page of clashes and on the programme, and mended in two presses', async ({ page, pageOf }) => {
  const [title, room] = ['Speaker of the Diet', 'Chamber of drips'];
  const visit = await hurt(page, await pageOf('rooms'), title, room, '2027-03-16');
  await page.goto('/');
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Clashes', exact: true }));
  const told = page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
  await expect(told.locator('.rows > li')).toHaveCount(1);
  await expect(told).toContainText('10:00');
  await expect(told).toContainText('may not be used until 12:30');
  await expectAccessible(page);

  await page.goto(visit);
  await awake(page);
  await press(page, page.getByText('One line does not stand as it is'));
  await expectAccessible(page);
  await follow(page, page.locator('.standing').getByRole('link', { name: `Talks in the ${room}` }));
  await expect(page).toHaveURL(/#line-/);
  await expect(page.locator('.line').filter({ hasText: `Talks in the ${room}` })).toContainText('may not be used');

  await page.goto('/clashes');
  await awake(page);
  await follow(page, told.locator('.clash a.button').first());
  await page.waitForURL(/\/items\//);
  await awake(page);
  await press(page, page.getByRole('button', { name: 'Save the line' }));
  await page.waitForURL((url) => url.pathname === visit);
  await expect(page.locator('.standing')).toHaveCount(0);
  await page.goto('/clashes');
  await expect(page.getByRole('heading', { level: 1, name: 'Clashes' })).toBeVisible();
  await expect(told).toHaveCount(0);
});

test('who changes no programmes is not led there and is refused', async ({ pageOf, complaints }) => {
  complaints.allow(/status of 403/);
  const staff = await pageOf('staff');
  await staff.goto('/');
  await expect(staff.getByRole('link', { name: 'Clashes', exact: true })).toHaveCount(0);
  const answer = await staff.goto('/clashes');
  expect(answer?.status()).toBe(403);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page of clashes leads to what would work', async ({ page, pageOf }) => {
    const [title, room] = ['Speaker of the Althing', 'Chamber of buckets'];
    await hurt(page, await pageOf('rooms'), title, room, '2027-03-17');
    await page.goto('/clashes');
    const told = page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
    await told.locator('.clash a.button').first().click();
    await expect(page).toHaveURL(/\/items\//);
    await expect(page.locator('form')).not.toHaveCount(0);
  });
});
