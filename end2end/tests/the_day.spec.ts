import { awake, expect, expectAccessible, expectHarmless, field, follow, hostile, lineMade, press, test, type, visitMade } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

// The demo's clock stands at ten in the morning of this day.
const day = '2026-11-24';
const line = (page: Page, text: string) => page.locator('li.line').filter({ hasText: text });

async function visitToday(page: Page, title: string): Promise<string> {
  return visitMade(page, { title, starts_on: '2026-11-23', ends_on: '2026-11-26' });
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

test('a line begins and ends in one press each, and the programme and Today say how late it runs', async ({ page }) => {
  test.slow();
  const visit = await visitToday(page, 'Minister of Ports');
  await lineMade(page, visit, `${day}T09:45`, `${day}T10:30`, { title: 'Call at the harbour' });
  await lineMade(page, visit, `${day}T11:00`, `${day}T11:30`, { title: 'Signing at the pier' });
  await lineMade(page, visit, '2026-11-26T11:00', '2026-11-26T11:30', { title: 'Farewell at the pier' });
  await open(page, visit);
  const call = line(page, 'Call at the harbour');
  await expect(call.getByText('min late')).toHaveCount(0);
  // Of another day nothing is taken down.
  await expect(line(page, 'Farewell at the pier').getByRole('button')).toHaveCount(0);
  const begin = call.getByRole('button', { name: 'Begun now' });
  await page.setViewportSize({ width: 390, height: 800 });
  const box = await begin.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  await press(page, begin);
  await expect(call).toContainText('began 10:00');
  await expect(page.getByText('Running 15 min late')).toBeVisible();
  await expect(call).toContainText('09:45');
  await awake(page);
  await expectAccessible(page);
  await press(page, call.getByRole('button', { name: 'Not begun after all' }));
  await expect(call).not.toContainText('began');
  await awake(page);
  await press(page, call.getByRole('button', { name: 'Begun now' }));
  await expect(call).toContainText('began 10:00');
  await awake(page);
  await press(page, call.getByRole('button', { name: 'Ended now' }));
  await expect(call).toContainText('ended 10:00');
  await expect(page.getByText('Running 30 min early')).toBeVisible();
  await open(page, '/');
  const card = page.locator('.card').filter({ hasText: 'Minister of Ports' });
  await expect(card).toContainText('Running 30 min early: “Call at the harbour” ended then');
  await expectAccessible(page);
});

test('another time than now is typed on the line’s own page, and what is wrong with it is said there', async ({ page }) => {
  const visit = await visitToday(page, 'Minister of Canals');
  const id = await lineMade(page, visit, `${day}T09:00`, `${day}T09:30`, { title: 'Call at the lock' });
  await open(page, `${visit}/items/${id}`);
  await press(page, page.locator('summary').filter({ hasText: 'As it went' }));
  await page.locator('[id="actual-deed"]').selectOption('begin');
  await type(page, field(page, 'actual', 'at'), '11.30');
  await press(page, page.getByRole('button', { name: 'Take it down' }));
  await expect(page.locator('#went .problems')).toContainText('That is still to come');
  await expect(field(page, 'actual', 'at')).toHaveValue('11.30');
  await expectAccessible(page);
  await type(page, field(page, 'actual', 'at'), '9.12');
  await press(page, page.getByRole('button', { name: 'Take it down' }));
  await expect(line(page, 'Call at the lock')).toContainText('began 09:12');
});

test('of two who press at once the second is told', async ({ page }) => {
  // A page that follows shows the first press before the second can come: its stream is never answered.
  await page.route('**/live?**', () => {});
  const visit = await visitToday(page, 'Minister of Ferries');
  const id = await lineMade(page, visit, `${day}T09:50`, `${day}T10:30`, { title: 'Call at the ferry' });
  await open(page, visit);
  const there = await page.request.post(`/api/v1/items/${id}/actual`, { data: { deed: 'begin' }, headers: { 'If-Match': '*' } });
  expect(there.status(), await there.text()).toBe(200);
  await press(page, line(page, 'Call at the ferry').getByRole('button', { name: 'Begun now' }));
  await expect(line(page, 'Call at the ferry')).toContainText('Somebody else changed this line meanwhile');
  await expect(line(page, 'Call at the ferry')).toContainText('began 10:00');
});

test('the rest of the day is moved in one press; what is fixed stays', async ({ page, pageOf }) => {
  test.slow();
  const visit = await visitToday(page, 'Minister of Bridges');
  await lineMade(page, visit, `${day}T10:00`, `${day}T10:30`, { title: 'Call at the bridge' });
  await lineMade(page, visit, `${day}T11:00`, `${day}T11:30`, { title: `Signing ${hostile}` });
  const live = await lineMade(page, visit, `${day}T11:40`, `${day}T12:00`, { title: 'Broadcast' });
  await lineMade(page, visit, `${day}T19:00`, `${day}T21:00`, { title: 'Dinner by the river' });
  // The box of the form.
  await open(page, `${visit}/items/${live}`);
  await press(page, page.getByRole('checkbox', { name: 'Fixed' }));
  await press(page, page.getByRole('button', { name: 'Save the line' }));
  await expect(line(page, 'Broadcast').locator('.chip', { hasText: 'fixed' })).toBeVisible();
  await awake(page);
  await follow(page, line(page, 'Call at the bridge').getByRole('link', { name: 'Move the rest' }));
  await expect(page.getByRole('heading', { name: 'Move the rest of the day' })).toBeVisible();
  await awake(page);
  await expectAccessible(page);
  await type(page, field(page, 'rest-asked', 'minutes'), 'soon');
  await press(page, page.getByRole('button', { name: 'See where it goes' }));
  await expect(page.locator('.problems')).toBeVisible();
  await expect(field(page, 'rest-asked', 'minutes')).toHaveValue('soon');
  await awake(page);
  await type(page, field(page, 'rest-asked', 'minutes'), '20');
  await press(page, page.getByRole('button', { name: 'See where it goes' }));
  await expect(page.getByRole('heading', { name: '3 lines move' })).toBeVisible();
  await awake(page);
  const listed = page.locator('ol.hurt > li');
  await expect(listed).toHaveCount(4);
  await expect(listed.nth(0)).toContainText('10:00–10:30 becomes 10:20–10:50');
  await expect(listed.nth(1)).toContainText('It now overlaps “Broadcast”, which stays, by 10 minutes.');
  await expect(listed.nth(2)).toContainText('fixed, stays');
  await expectHarmless(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  // Somebody is quicker: nothing is moved, and all of it is shown anew.
  const meanwhile = await page.request.patch(`/api/v1/items/${live}`, { data: { dress: 'business' }, headers: { 'If-Match': '*' } });
  expect(meanwhile.status(), await meanwhile.text()).toBe(200);
  const seen = page.locator('form.sheet input[name="seen"]');
  const before = await seen.inputValue();
  await press(page, page.getByRole('button', { name: 'Move them all' }));
  await expect(page.locator('form.sheet .clash').filter({ hasText: 'Nothing was moved' })).toBeVisible();
  await expect(seen).not.toHaveValue(before);
  await awake(page);
  await press(page, page.getByRole('button', { name: 'Move them all' }));
  await expect(page.getByText('The rest of the day is 20 minutes later.')).toBeVisible();
  await expect(line(page, 'Call at the bridge')).toContainText('10:20');
  await expect(line(page, 'Broadcast')).toContainText('11:40');
  await expect(line(page, 'Dinner by the river')).toContainText('19:20');

  // Who looks only finds no way there.
  const staff = await pageOf('staff');
  const answer = await staff.request.get(`${visit}/rest?item=${live}&minutes=5`);
  expect([403, 404]).toContain(answer.status());
});
