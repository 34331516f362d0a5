import { awake, expect, expectAccessible, expectHarmless, field, follow, hostile, lineMade, linesOf, press, test, type, visitMade } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const line = (page: Page, text: string) => page.locator('li.line').filter({ hasText: text });
const box = (page: Page, id: string) => page.locator(`[id="choose-${id}"]`);

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

test('lines chosen in a programme move together, are copied, and all of it is undone and done again', async ({ page, pageOf }) => {
  test.slow();
  const visit = await visitMade(page, { title: 'Minister of Harbours' });
  const call = await lineMade(page, visit, '2027-03-16T09:00', '2027-03-16T09:30', { title: 'Call at the quay' });
  const signing = await lineMade(page, visit, '2027-03-16T10:00', '2027-03-16T10:30', { title: `Signing ${hostile}` });
  const live = await lineMade(page, visit, '2027-03-16T11:00', '2027-03-16T11:30', { title: 'Broadcast', fixed: true });
  await open(page, visit);
  await expectAccessible(page);
  for (const id of [call, signing, live]) await press(page, box(page, id));
  await press(page, page.getByRole('button', { name: 'Move the lines chosen' }));
  await expect(page.getByRole('heading', { name: 'Move lines together' })).toBeVisible();
  await awake(page);
  await expectAccessible(page);
  await type(page, field(page, 'shift-asked', 'by'), '25');
  await press(page, page.getByRole('button', { name: 'See where they go' }));
  await expect(page.locator('.problems')).toBeVisible();
  await expect(field(page, 'shift-asked', 'by')).toHaveValue('25');
  await awake(page);
  await type(page, field(page, 'shift-asked', 'by'), '+25m');
  await press(page, page.getByRole('button', { name: 'See where they go' }));
  await expect(page.getByRole('heading', { name: '2 lines move' })).toBeVisible();
  await awake(page);
  const listed = page.locator('ol.hurt > li');
  await expect(listed.nth(0)).toContainText('09:00–09:30 becomes 09:25–09:55');
  await expect(listed.nth(0)).toContainText('23:25 Hà Nội');
  await expect(listed.nth(2)).toContainText('fixed, stays');
  await expectHarmless(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await press(page, page.getByRole('button', { name: 'Move all 2 lines' }));
  await expect(page.getByText('The lines were moved.')).toBeVisible();
  await expect(line(page, 'Call at the quay')).toContainText('09:25');
  await awake(page);
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Undo: 2 lines moved' }));
  await expect(page.getByText('Your change was undone.')).toBeVisible();
  await expect(line(page, 'Call at the quay')).toContainText('09:00');
  await awake(page);
  await press(page, page.getByRole('button', { name: 'Do again: 2 lines moved' }));
  await expect(page.getByText('Your change was done again.')).toBeVisible();
  await expect(line(page, 'Call at the quay')).toContainText('09:25');

  // A whole day is copied, as wishes.
  await open(page, visit);
  await follow(page, page.getByRole('link', { name: 'Copy the day' }));
  await expect(page.getByRole('heading', { name: 'Copy lines' })).toBeVisible();
  await awake(page);
  await type(page, field(page, 'shift-asked', 'to'), '17 Mar 2027');
  await press(page, page.getByRole('button', { name: 'See the copies' }));
  await expect(page.getByRole('heading', { name: '3 copies' })).toBeVisible();
  await awake(page);
  await press(page, page.getByRole('button', { name: 'Make all 3 copies' }));
  await expect(page.getByText('The copies stand in the programme as wishes.')).toBeVisible();
  expect((await linesOf(page, visit)).length).toBe(6);

  // Who looks only finds no way there.
  const staff = await pageOf('staff');
  const answer = await staff.request.get(`${visit}/shift?item=${call}&by=5m`);
  expect([403, 404]).toContain(answer.status());
});

test('a time that does not exist there is told, and what somebody else changed since is not undone', async ({ page, pageOf }) => {
  test.slow();
  const visit = await visitMade(page, { title: 'Minister of Clocks' });
  const night = await lineMade(page, visit, '2027-03-13T02:30', '2027-03-13T03:30', { title: 'Refuelling' });
  await open(page, `${visit}/shift?deed=move&item=${night}&by=1d`);
  await expect(page.locator('ol.hurt > li').first()).toContainText('This time does not exist');
  await expect(page.getByRole('button', { name: 'Move the line' })).toHaveCount(0);
  await expectAccessible(page);
  await open(page, visit);
  const chief = await pageOf('chief');
  const meanwhile = await chief.request.patch(`/api/v1/items/${night}`, { data: { dress: 'business' }, headers: { 'If-Match': '*' } });
  expect(meanwhile.status(), await meanwhile.text()).toBe(200);
  await expect(page.getByRole('button', { name: 'Undo: line added' })).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Undo: line added' }));
  await expect(page.getByText('Somebody else has changed one of its lines since').first()).toBeVisible();
  await expect(line(page, 'Refuelling')).toBeVisible();
});

test('the keys choose a line and undo', { tag: '@scripts-only' }, async ({ page }) => {
  const visit = await visitMade(page, { title: 'Minister of Keys' });
  const id = await lineMade(page, visit, '2027-03-16T09:00', '2027-03-16T09:30', { title: 'Call at the gate' });
  await open(page, visit);
  await page.locator(`#line-${id}`).focus();
  await page.keyboard.press('x');
  await expect(box(page, id)).toBeChecked();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(line(page, 'Call at the gate')).toContainText('09:05');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(line(page, 'Call at the gate')).toContainText('09:00');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(line(page, 'Call at the gate')).toContainText('09:05');
});
