import { awake, bookingMade, choose, expect, expectAccessible, field, follow, openRoomMade, press, test, type } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'series', name);
const row = (page: Page, day: string) => page.getByRole('row').filter({ hasText: day });
const title = (page: Page, purpose: string) => page.getByRole('heading', { level: 1, name: purpose });
const see = (page: Page) => press(page, page.getByRole('button', { name: 'See the days' }));

test('a weekly series over a change of clocks: a taken day is left out, what follows is changed, and all of it cancelled', async ({ page, pageOf }) => {
  test.slow();
  const room = 'Stage of the choir';
  await openRoomMade(await pageOf('rooms'), room);
  await bookingMade(page, room, '2027-11-10T09:30', '2027-11-10T10:30');
  await page.goto('/bookings/new');
  await awake(page);
  const booking = (name: string) => field(page, 'booking', name);
  await type(page, booking('purpose'), 'Rehearsal of the choir');
  await choose(page, booking('room_id'), `${room}, City Hall`);
  await type(page, booking('date'), '3 November 2027');
  await type(page, booking('starts'), '9.00');
  await type(page, booking('ends'), '+1h');
  await press(page, page.getByRole('button', { name: 'Repeat this booking' }));
  // What was typed goes along, and none of it into the address.
  await page.waitForURL(/\/series\/new\?draft=[^&]*$/);
  await awake(page);
  await expect(of(page, 'purpose')).toHaveValue('Rehearsal of the choir');
  await expect(of(page, 'room_id').locator('option:checked')).toHaveText(`${room}, City Hall`);
  await expect(of(page, 'repeats').locator('option:checked')).toHaveText('weekly');
  await expectAccessible(page);
  await see(page);
  await expect(of(page, 'until')).toHaveAttribute('aria-invalid', 'true');
  await type(page, of(page, 'times'), '10000');
  await see(page);
  await expect(of(page, 'times')).toHaveAttribute('aria-invalid', 'true');
  await type(page, of(page, 'times'), '4');
  await see(page);
  await page.waitForURL(/\/series\/days\?draft=/);
  await awake(page);
  await expect(page.getByText('On one day it cannot be had')).toBeVisible();
  await expect(page.locator('.table').getByText('“Budget briefing”')).toBeVisible();
  await expect(row(page, '3 November 2027')).toContainText('09:00 to 10:00');
  await expect(row(page, '17 November 2027')).toContainText('09:00 to 10:00');
  await expectAccessible(page);
  // Nothing is booked while a day waits for its answer.
  await press(page, page.getByRole('button', { name: 'Book the series' }));
  await expect(page.getByText('Nothing was saved')).toBeVisible();
  await press(page, page.getByLabel('Leave it out'));
  await expect(page.getByLabel('Leave it out')).toBeChecked();
  await press(page, page.getByRole('button', { name: 'Book the series' }));
  await expect(title(page, 'Rehearsal of the choir')).toBeVisible();
  await awake(page);
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await expect(page.locator('.head')).toContainText('Wed 10 November 2027');
  await expectAccessible(page);

  await follow(page, page.getByRole('link', { name: 'This and all that follow, from Wed 17 November 2027' }));
  await expect(of(page, 'starts')).toHaveValue('09:00');
  await type(page, of(page, 'starts'), '9.30');
  await type(page, of(page, 'ends'), '10.30');
  await expectAccessible(page);
  await see(page);
  await expect(page.getByText('The room can be had on each of these days')).toBeVisible();
  await press(page, page.getByRole('button', { name: 'Save the series' }));
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await expect(row(page, '24 November 2027')).toContainText('09:30 to 10:30');
  await awake(page);

  await follow(page, page.getByRole('link', { name: 'Wed 24 November 2027, 09:30 to 10:30' }));
  await expect(page.locator('.head').getByRole('link', { name: 'one of a series' })).toBeVisible();
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'Cancel the series, or a part of it' }));
  await expect(field(page, 'cancel-series', 'on').locator('option:checked')).toHaveText('Wed 24 November 2027');
  await expect(page.getByLabel('one and all that follow')).toBeChecked();
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Cancel these bookings' }));
  await expect(page.locator('tbody tr')).toHaveCount(1);
  await expect(row(page, '17 November 2027')).toBeVisible();
});

test('who may look at rooms but not book finds no way to a series', async ({ pageOf, complaints }) => {
  complaints.allow(/status of 403/);
  const staff = await pageOf('staff');
  for (const closed of ['/series/new', '/series/days']) {
    const answer = await staff.goto(closed);
    expect(answer?.status(), closed).toBe(403);
  }
});
