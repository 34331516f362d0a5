import { awake, bookingMade, choose, expect, expectAccessible, field, follow, press, roomsOf, tabTo, test, type } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'finder', name);
const find = (page: Page) => press(page, page.getByRole('button', { name: 'Find rooms' }));
const row = (page: Page, room: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: room, exact: true }) });

/** Asks for a room on a day, from one time to another. */
async function ask(page: Page, date: string, starts: string, ends: string): Promise<void> {
  await type(page, of(page, 'date'), date);
  await type(page, of(page, 'starts'), starts);
  await type(page, of(page, 'ends'), ends);
}

test('a room is found by time, people and layout, and booked with all that was asked', async ({ page }) => {
  await page.goto('/rooms');
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Find a room' }));
  await expect(of(page, 'ends')).toHaveValue('+1h');
  await awake(page);
  await expectAccessible(page);
  await ask(page, '28 Apr 2027', '10.00', '+90m');
  await type(page, of(page, 'people'), '20');
  await choose(page, of(page, 'layout'), 'boardroom');
  await find(page);
  await page.waitForURL(/people=20/);
  await awake(page);
  await expect(page.getByRole('heading', { level: 2, name: /suits? and (is|are) free/ })).toBeVisible();
  await expectAccessible(page);
  const first = page.getByRole('table').first().getByRole('row').nth(1);
  const room = await first.getByRole('link').first().innerText();
  await follow(page, first.getByRole('link', { name: `Book the room: ${room}` }));
  const booking = (name: string) => field(page, 'booking', name);
  await expect(booking('room_id').locator('option:checked')).toContainText(room);
  await expect(booking('date')).toHaveValue('2027-04-28');
  await expect(booking('starts')).toHaveValue('10:00');
  await expect(booking('ends')).toHaveValue('11:30');
  await expect(booking('people')).toHaveValue('20');
  await expect(booking('layout').locator('option:checked')).toHaveText('boardroom');
});

test('a room that is taken says when it is free, one that is too small how many it holds', async ({ page, pageOf }) => {
  await bookingMade(page, 'Rotunda', '2027-04-29T10:00', '2027-04-29T11:00', { purpose: 'Succession talks', marking: 'TLP:AMBER' });
  const address = '/rooms/find?date=2027-04-29&starts=10:00&ends=11:00&people=60';
  const staff = await pageOf('staff');
  await staff.goto(address);
  await awake(staff);
  await expect(row(staff, 'Rotunda')).toContainText('taken at that time');
  await expect(staff.getByText('Succession talks')).toHaveCount(0);
  // Who may not book is shown the rooms alone.
  await expect(staff.getByRole('link', { name: /^Book / })).toHaveCount(0);
  await page.goto(address);
  await awake(page);
  await expect(page.getByText(/holds \d+, and 60 are expected/).first()).toBeVisible();
  await follow(page, row(page, 'Rotunda').getByRole('link', { name: /^Book Rotunda at / }).last());
  await expect(field(page, 'booking', 'starts')).not.toHaveValue('10:00');
  await expect(field(page, 'booking', 'people')).toHaveValue('60');
});

test('what can’t be asked is said beside its field, a time that does not exist with its neighbours', async ({ page }) => {
  await page.goto('/rooms/find');
  await awake(page);
  await ask(page, '14 Mar 2027', '2.30', '+1h');
  await type(page, of(page, 'people'), '-3');
  await find(page);
  await page.waitForURL(/people=-3/);
  await awake(page);
  await expect(of(page, 'people')).toHaveAttribute('aria-invalid', 'true');
  await expect(of(page, 'starts')).toHaveValue('2.30');
  await expectAccessible(page);
  await type(page, of(page, 'people'), '10');
  await press(page, page.getByRole('button', { name: '2027-03-14 03:00' }));
  await page.waitForURL(/take=/);
  await awake(page);
  await expect(of(page, 'starts')).toHaveValue('03:00');
  await expect(page.getByRole('heading', { level: 2, name: /suits? and (is|are) free/ })).toBeVisible();
  await page.goto('/rooms/find?date=2027-11-07&starts=01:30&ends=01:45');
  await awake(page);
  await expect(page.getByRole('radio')).toHaveCount(4);
});

test('a room’s month shows its weeks, each day with what takes the room', async ({ page, pageOf }) => {
  await bookingMade(page, 'Rotunda', '2027-05-05T10:00', '2027-05-05T11:00', { purpose: 'Cinco de Mayo briefing' });
  await bookingMade(page, 'Rotunda', '2027-05-06T10:00', '2027-05-06T11:00', { purpose: 'Succession talks', marking: 'TLP:AMBER' });
  const room = (await roomsOf(page)).get('Rotunda');
  await page.goto(`/rooms/${room}?day=2027-05-05`);
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Its month' }));
  await expect(page.getByRole('heading', { level: 2, name: 'May 2027' })).toBeVisible();
  await expect(page.locator('.month tbody tr')).toHaveCount(6);
  await expectAccessible(page);
  await tabTo(page, page.getByRole('link', { name: /Cinco de Mayo briefing/ }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Cinco de Mayo briefing' })).toBeVisible();
  const staff = await pageOf('staff');
  await staff.goto(`/rooms/${room}?month=2027-05`);
  await awake(staff);
  await expect(staff.locator('.month .sealed').first()).toContainText('Reserved');
  await expect(staff.getByText('Succession talks')).toHaveCount(0);
  await follow(staff, staff.getByRole('link', { name: 'The month after' }));
  await expect(staff.getByRole('heading', { level: 2, name: 'June 2027' })).toBeVisible();
});
