import {
  awake,
  boardRow,
  bookingMade,
  bookingsOf,
  choose,
  expect,
  expectAccessible,
  expectHarmless,
  field,
  follow,
  hostile,
  openRoomMade,
  press,
  roomsOf,
  test,
  type,
} from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'booking', name);
const book = (page: Page) => press(page, page.getByRole('button', { name: 'Book the room' }));
const save = (page: Page) => press(page, page.getByRole('button', { name: 'Save the booking' }));
const title = (page: Page, purpose: string) => page.getByRole('heading', { level: 1, name: purpose });

/** Fills in what every booking has. */
async function fillIn(page: Page, purpose: string, room: string, date: string, starts: string, ends: string): Promise<void> {
  await type(page, of(page, 'purpose'), purpose);
  await choose(page, of(page, 'room_id'), `${room}, City Hall`);
  await type(page, of(page, 'date'), date);
  await type(page, of(page, 'starts'), starts);
  await type(page, of(page, 'ends'), ends);
}

test('a room is booked from the board by the keyboard', async ({ page }) => {
  test.slow();
  const day = '2027-04-20';
  await page.goto(`/rooms?day=${day}`);
  await awake(page);
  await follow(page, boardRow(page, 'Press Room').locator('a.free').first());
  // A start without an end means an hour.
  await expect(of(page, 'room_id').locator('option:checked')).toHaveText('Press Room, City Hall');
  await expect(of(page, 'date')).toHaveValue(day);
  await expect(of(page, 'starts')).toHaveValue(/^\d\d:\d\d$/);
  await expect(of(page, 'ends')).toHaveValue('+1h');
  await expectAccessible(page);
  await type(page, of(page, 'purpose'), 'Rehearsal of the welcome');
  await type(page, of(page, 'starts'), '10.00');
  await choose(page, of(page, 'layout'), 'theatre');
  await type(page, of(page, 'people'), '60');
  await press(page, page.getByLabel('Video link'));
  await book(page);
  await expect(title(page, 'Rehearsal of the welcome')).toBeVisible();
  const head = page.locator('.head');
  await expect(head).toContainText('10:00 to 11:00');
  await expect(head).toContainText('Los Angeles');
  await expect(head).toContainText('theatre');
  await expect(head).toContainText('60');
  await expectAccessible(page);
  await follow(page, head.getByRole('link', { name: 'Press Room' }));
  await expect(page.locator('.lanes .block').filter({ hasText: 'Rehearsal of the welcome' })).toBeVisible();
  await page.goto('/bookings');
  await awake(page);
  await expect(page.getByRole('row').filter({ hasText: 'Rehearsal of the welcome' })).toContainText('Press Room');
  await expectAccessible(page);
});

for (const [what, day, offered] of [
  ['a time', '2027-04-21', /^\d\d:\d\d, /],
  ['a room', '2027-04-22', /^\d\d:\d\d (?!Rotunda)/],
] as const) {
  test(`a taken room is refused in words, all that was typed stays, and ${what} that would work is picked`, async ({ page }) => {
    await bookingMade(page, 'Rotunda', `${day}T10:00`, `${day}T11:00`);
    await page.goto(`/bookings/new?day=${day}`);
    await awake(page);
    await fillIn(page, `Signing instead of ${what}`, 'Rotunda', day, '10.30', '+30m');
    await type(page, of(page, 'people'), '20');
    await book(page);
    await expect(page.locator('.clash').first()).toContainText('“Budget briefing”');
    await expect(page.locator('.problems')).toBeFocused();
    await expect(of(page, 'purpose')).toHaveValue(`Signing instead of ${what}`);
    await expect(of(page, 'starts')).toHaveValue('10.30');
    await expect(of(page, 'ends')).toHaveValue('+30m');
    await expect(of(page, 'people')).toHaveValue('20');
    await expect(of(page, 'room_id').locator('option:checked')).toHaveText('Rotunda, City Hall');
    await expectAccessible(page);
    const button = page.locator('.clash button').filter({ hasText: offered }).first();
    const [starts, room] = ((await button.textContent()) ?? '').split(/,? (.*)/);
    await press(page, button);
    await expect(title(page, `Signing instead of ${what}`)).toBeVisible();
    await expect(page.locator('.head')).toContainText(`${starts} to `);
    if (what === 'a room') await expect(page.locator('.head')).toContainText(room ?? '');
    else await expect(page.locator('.head')).toContainText('Rotunda');
  });
}

test('what may not be read is no more than not available', async ({ page, pageOf }) => {
  const [day, chief] = ['2027-04-23', await pageOf('chief')];
  // The room is not cleared for it: the chief says why it is held there all the same.
  const sealed = { purpose: 'Succession talks', marking: 'TLP:RED', reason: 'No other room is free' };
  await bookingMade(chief, 'Rotunda', `${day}T10:00`, `${day}T11:00`, sealed);
  await page.goto(`/bookings/new?day=${day}`);
  await awake(page);
  await fillIn(page, 'Choir', 'Rotunda', day, '10.30', '+30m');
  await book(page);
  await expect(page.getByText('Not available at this time').first()).toBeVisible();
  await expect(page.getByText('Succession talks')).toHaveCount(0);
  await expect(of(page, 'purpose')).toHaveValue('Choir');
});

test('a time that does not exist is refused with both its neighbours, each a button', async ({ page, pageOf }) => {
  await openRoomMade(await pageOf('rooms'), 'Night Desk of the gap');
  await page.goto('/bookings/new');
  await awake(page);
  await fillIn(page, 'Arrival by night', 'Night Desk of the gap', '14 March 2027', '2.30', '4.00');
  await book(page);
  await expect(page.getByText('The start does not exist on that day').first()).toBeVisible();
  await expect(of(page, 'starts')).toHaveValue('2.30');
  await expect(page.getByRole('button', { name: '2027-03-14 01:59' })).toBeVisible();
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: '2027-03-14 03:00' }));
  await expect(title(page, 'Arrival by night')).toBeVisible();
  await expect(page.locator('.head')).toContainText('03:00 to 04:00');
});

test('a time that comes twice is asked about, and a use may end on another day', async ({ page, pageOf }) => {
  await openRoomMade(await pageOf('rooms'), 'Night Desk of the second hour');
  await page.goto('/bookings/new');
  await awake(page);
  await fillIn(page, 'Departure by night', 'Night Desk of the second hour', '7 November 2027', '1.30', '8 Nov 2027 1.30');
  await book(page);
  await expect(page.getByText('The start comes twice on that day')).toBeVisible();
  await expect(page.getByLabel('The first, at UTC-07:00')).toBeVisible();
  await expectAccessible(page);
  await press(page, page.getByLabel('The first, at UTC-07:00'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('The second, at UTC-08:00')).toBeChecked();
  await book(page);
  await expect(title(page, 'Departure by night')).toBeVisible();
  await expect(page.locator('.head')).toContainText('8 November 2027');
  const [made] = await bookingsOf(page, 'Night Desk of the second hour');
  expect(made?.starts).toMatchObject({ local: '2027-11-07T01:30', offset: '-08:00' });
});

test('a hold says until when, is changed, and is given back', async ({ page }) => {
  test.slow();
  const day = '2027-04-26';
  const room = (await roomsOf(page)).get('Council Chamber');
  await page.goto(`/rooms/${room}`);
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Book this room' }));
  await fillIn(page, 'Hearing on the port', 'Council Chamber', day, '14.00', '+2h');
  await choose(page, of(page, 'state'), 'held');
  await type(page, of(page, 'hold_until'), '19 Apr 2027 17.00');
  await book(page);
  await expect(page.locator('.head .chip')).toHaveText('held until 17:00, Mon 19 April 2027');
  await expectAccessible(page);
  await page.goto(`/rooms?day=${day}`);
  await awake(page);
  const block = boardRow(page, 'Council Chamber').locator('.block.hold');
  await expect(block).toContainText('Hearing on the port');
  await follow(page, block);
  await follow(page, page.getByRole('link', { name: 'Change the booking' }));
  await expect(of(page, 'hold_until')).toHaveValue('2027-04-19 17:00');
  await expect(of(page, 'ends')).toHaveValue('16:00');
  await type(page, of(page, 'starts'), '15.00');
  await choose(page, of(page, 'state'), 'firm');
  await save(page);
  await expect(page.locator('.head .chip')).toHaveText('firm');
  await expect(page.locator('.head')).toContainText('15:00 to 16:00');
  await press(page, page.locator('summary').filter({ hasText: 'Cancel this booking' }));
  await expect(page.getByText('The room becomes free at that time')).toBeVisible();
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Cancel the booking' }));
  await page.waitForURL(new RegExp(`/rooms\\?day=${day}$`));
  await expect(boardRow(page, 'Council Chamber').locator('.block')).toHaveCount(0);
  // Other journeys of the same office may have been offered this room.
  const kept = await bookingsOf(page, 'Council Chamber');
  expect(kept.filter((booking) => booking.purpose === 'Hearing on the port')).toHaveLength(0);
});

test('two people change one booking: the second sees both versions, and chooses', async ({ page, pageOf }) => {
  const id = await bookingMade(page, 'Tom Bradley Room', '2027-04-27T13:00', '2027-04-27T14:00');
  await page.goto(`/bookings/${id}/edit`);
  await awake(page);
  const other = await pageOf('rooms');
  await other.goto(`/bookings/${id}/edit`);
  await awake(other);
  await type(other, of(other, 'people'), '12');
  await save(other);
  await expect(title(other, 'Budget briefing')).toBeVisible();
  await type(page, of(page, 'purpose'), 'Second reading');
  await save(page);
  await expect(page.getByText('Somebody else changed this after you opened it')).toBeVisible();
  await expect(page.locator('.newer')).toContainText('12');
  await expect(of(page, 'purpose')).toHaveValue('Second reading');
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Save mine over it' }));
  await expect(title(page, 'Second reading')).toBeVisible();
});

test('a second press of the button makes no second booking', async ({ page }) => {
  await page.goto('/bookings/new?day=2027-04-28');
  await awake(page);
  await fillIn(page, 'Pressed twice', 'Caucus Room', '28 April 2027', '15.00', '+30m');
  await page.getByRole('button', { name: 'Book the room' }).dblclick();
  await expect(title(page, 'Pressed twice')).toBeVisible();
  const pressed = (await bookingsOf(page, 'Caucus Room')).filter((booking) => booking.purpose === 'Pressed twice');
  expect(pressed).toHaveLength(1);
});

test('the chief of protocol overrides with a reason what nobody else may', async ({ page, pageOf }) => {
  const day = '2027-04-29';
  for (const person of [page, await pageOf('chief')]) {
    await person.goto(`/bookings/new?day=${day}`);
    await awake(person);
    await fillIn(person, 'Before the doors open', 'Caucus Room', day, '5.00', '+30m');
    await book(person);
    await expect(person.locator('.clash').first()).toContainText('Caucus Room');
    await expect(person.locator('.clash').first()).toContainText('is closed for at least a part of this time');
    await type(person, of(person, 'reason'), 'The delegation leaves at six');
    await book(person);
    if (person === page) await expect(person.locator('.clash').first()).toContainText('is closed');
    else await expect(title(person, 'Before the doors open')).toBeVisible();
  }
});

test('hostile text in a booking stays text', async ({ page }) => {
  await page.goto('/bookings/new');
  await awake(page);
  await fillIn(page, hostile, 'Caucus Room', hostile, hostile, hostile);
  await book(page);
  await expect(of(page, 'date')).toHaveAttribute('aria-invalid', 'true');
  await expectHarmless(page);
  await fillIn(page, hostile, 'Caucus Room', '30 April 2027', '9.00', '+30m');
  await book(page);
  await expect(title(page, hostile)).toBeVisible();
  await expectHarmless(page);
  await page.goto('/rooms?day=2027-04-30');
  await awake(page);
  await expect(boardRow(page, 'Caucus Room').locator('.block')).toContainText(hostile);
  await expectHarmless(page);
});

test('who may look at rooms but not book finds no way to', async ({ page, pageOf, complaints }) => {
  complaints.allow(/status of 403/);
  const id = await bookingMade(page, 'Tom Bradley Room', '2027-05-03T13:00', '2027-05-03T14:00');
  const staff = await pageOf('staff');
  await staff.goto(`/bookings/${id}`);
  await awake(staff);
  await expect(title(staff, 'Budget briefing')).toBeVisible();
  await expect(staff.getByRole('link', { name: 'Change the booking' })).toHaveCount(0);
  await expect(staff.getByText('Cancel this booking')).toHaveCount(0);
  for (const closed of ['/bookings/new', `/bookings/${id}/edit`]) {
    const answer = await staff.goto(closed);
    expect(answer?.status(), closed).toBe(403);
  }
});
