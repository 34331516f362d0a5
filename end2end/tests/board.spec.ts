import { awake, boardRow, bookingMade, expect, expectAccessible, field, openRoomMade, press, roomsOf, tabTo, test, type } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

/** Books a room on a day, from one clock time to another. */
const booked = (page: Page, room: string, day: string, starts: string, ends: string, changes: Record<string, unknown> = {}) =>
  bookingMade(page, room, `${day}T${starts}`, `${day}T${ends}`, changes);

test('a day shows what takes each room, and what it may not show as taken', async ({ page, pageOf }) => {
  const day = '2027-04-06';
  await booked(page, 'Tom Bradley Room', day, '10:00', '11:00');
  await booked(page, 'Tom Bradley Room', day, '13:00', '14:00', { purpose: 'Succession talks', marking: 'TLP:AMBER' });
  await booked(page, 'Tom Bradley Room', day, '19:00', '20:00', { purpose: 'Choir', state: 'held', hold_until: '2027-04-06T17:00:00Z' });
  await page.goto(`/rooms?day=${day}`);
  await awake(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Rooms' })).toBeVisible();
  await expect(page.locator('.head')).toContainText('times in Los Angeles');
  await expect(boardRow(page, 'Tom Bradley Room').locator('.block')).toContainText(['Budget briefing', 'Succession talks', 'Choir']);
  await expect(boardRow(page, 'Tom Bradley Room').locator('.block').first()).toContainText('10:00 to 11:00');
  await expect(boardRow(page, 'Tom Bradley Room').locator('.block.hold')).toContainText('hold until 10:00');
  await expectAccessible(page);

  const staff = await pageOf('staff');
  await staff.goto(`/rooms?day=${day}`);
  await awake(staff);
  await expect(boardRow(staff, 'Tom Bradley Room').locator('.block')).toContainText(['Budget briefing', 'Reserved', 'Choir']);
  await expect(staff.getByText('Succession talks')).toHaveCount(0);
  await expect(staff.locator('a.free')).toHaveCount(0);
});

test('a block is as long as it lasts, and lies at its hour', async ({ page }) => {
  const day = '2027-04-07';
  await booked(page, 'Rotunda', day, '09:00', '10:30');
  await booked(page, 'Press Room', day, '12:00', '12:45');
  await page.goto(`/rooms?day=${day}`);
  await awake(page);
  const lies = async (room: string) => {
    const [block, lane] = await Promise.all([boardRow(page, room).locator('.block').boundingBox(), boardRow(page, room).locator('.lane').boundingBox()]);
    if (!block || !lane) throw new Error('nothing is drawn');
    // The board shows the hours from seven to nine in the evening.
    const hour = lane.width / 14;
    return { at: 7 + (block.x - lane.x) / hour, lasts: block.width / hour };
  };
  const [first, second] = [await lies('Rotunda'), await lies('Press Room')];
  expect(first.at).toBeCloseTo(9, 1);
  expect(first.lasts).toBeCloseTo(1.5, 1);
  expect(second.at).toBeCloseTo(12, 1);
  expect(second.lasts).toBeCloseTo(0.75, 1);
  // Set-up and clearing are drawn around the use.
  const margin = await boardRow(page, 'Rotunda').locator('.margin').boundingBox();
  const use = await boardRow(page, 'Rotunda').locator('.block').boundingBox();
  expect(margin && use && margin.x < use.x && margin.x + margin.width > use.x + use.width).toBe(true);
});

test('another day, and only the rooms that would do', async ({ page }) => {
  await page.goto('/rooms?day=2027-04-08');
  await awake(page);
  const all = await page.locator('.lanes li.row').count();
  await tabTo(page, page.getByRole('link', { name: 'The day after' }));
  await page.keyboard.press('Enter');
  await expect(page.locator('.head')).toContainText('9 April');
  await tabTo(page, page.locator('summary').filter({ hasText: 'Only rooms that would do' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.locator('input[name="people"]'));
  await page.keyboard.insertText('200');
  await page.keyboard.press('Enter');
  await page.waitForURL(/people=200/);
  await expect(page.locator('.head .chip')).toContainText(` of ${all} rooms`);
  await expect(page.locator('.lanes li.row')).not.toHaveCount(all);
  await expect(page.locator('.head')).toContainText('9 April');
  await page.goto('/rooms?day=2027-04-09&people=90000');
  await expect(page.getByText('No room is like that')).toBeVisible();
  await expectAccessible(page);
});

test('arrows go from thing to thing and from room to room, page keys from day to day @scripts-only', async ({ page }) => {
  const day = '2027-04-12';
  await booked(page, 'Rotunda', day, '10:00', '11:00');
  await page.goto(`/rooms?day=${day}`);
  await awake(page);
  const rotunda = boardRow(page, 'Rotunda');
  await tabTo(page, rotunda.getByRole('link', { name: 'Rotunda', exact: true }));
  await page.keyboard.press('ArrowRight');
  await expect(rotunda.locator('a.free').first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(rotunda.locator('.block')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rotunda.locator(':focus')).toHaveCount(0);
  await expect(page.locator('.lanes li.row a:focus')).toHaveCount(1);
  await page.keyboard.press('ArrowUp');
  await expect(rotunda.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('PageDown');
  await expect(page.locator('.head')).toContainText('13 April');
  await page.keyboard.press('PageUp');
  await expect(page.locator('.head')).toContainText('12 April');
});

test('a room’s week shows its days, and the hour that the clocks leave out', async ({ page, pageOf }) => {
  await booked(page, 'Rotunda', '2027-03-10', '10:00', '11:00', { purpose: 'Ash Wednesday briefing' });
  const room = (await roomsOf(page)).get('Rotunda');
  await page.goto(`/rooms/${room}?day=2027-03-10`);
  await awake(page);
  await expect(page.getByRole('heading', { level: 2, name: 'Week of Mon 8 March 2027' })).toBeVisible();
  await expect(page.locator('.lanes li.row')).toHaveCount(7);
  await expect(page.locator('.lanes .block').filter({ hasText: 'Ash Wednesday briefing' })).toBeVisible();
  await expectAccessible(page);
  await tabTo(page, page.getByRole('link', { name: 'The week after' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'Week of Mon 15 March 2027' })).toBeVisible();
  // On the Sunday on which the clocks go forward, 03:00 follows on 01:00; that is shown when something is so early.
  const studio = 'Studio that never closes';
  await openRoomMade(await pageOf('rooms'), studio);
  await bookingMade(page, studio, '2027-03-14T00:30', '2027-03-14T01:30', { purpose: 'Broadcast to another continent' });
  await page.goto(`/rooms/${(await roomsOf(page)).get(studio)}?day=2027-03-14`);
  const hours = page.locator('.ruler').filter({ hasText: '03:00' }).filter({ hasNotText: '02:00' }).locator('li');
  await expect(hours.nth(0)).toHaveText('00:00');
  await expect(hours.nth(1)).toHaveText('01:00');
  await expect(hours.nth(2)).toHaveText('03:00');
  await expect(hours).toHaveCount(21);
});

test('a press on a free stretch books from the quarter of an hour that was pressed @scripts-only', async ({ page }) => {
  const day = '2027-04-14';
  await page.goto(`/rooms?day=${day}`);
  await awake(page);
  await boardRow(page, 'Rotunda').scrollIntoViewIfNeeded();
  const lane = await boardRow(page, 'Rotunda').locator('.lane').boundingBox();
  if (!lane) throw new Error('nothing is drawn');
  // The board shows the hours from seven to nine in the evening: ten past three is in the first quarter.
  await page.mouse.click(lane.x + ((15 + 10 / 60 - 7) / 14) * lane.width, lane.y + lane.height / 2);
  await page.waitForURL(/bookings\/new/);
  await awake(page);
  await expect(field(page, 'booking', 'starts')).toHaveValue('15:00');
  await type(page, field(page, 'booking', 'purpose'), 'Pressed on the board');
  await type(page, field(page, 'booking', 'ends'), '+45m');
  await press(page, page.getByRole('button', { name: 'Book the room' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Pressed on the board' })).toBeVisible();
  await page.goto(`/rooms?day=${day}`);
  await expect(boardRow(page, 'Rotunda').locator('.block')).toContainText('15:00 to 15:45');
});
