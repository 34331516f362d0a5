import { readFileSync } from 'node:fs';
import {
  awake,
  boardRow,
  bookingMade,
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

test.use({ account: 'rooms' });

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const ofRoom = (page: Page, name: string) => field(page, 'room', name);
const ofBlackout = (page: Page, name: string) => field(page, 'blackout', name);

/** The page of a room that is made for a journey. */
async function ownRoom(page: Page, name: string): Promise<string> {
  await openRoomMade(page, name);
  return `/rooms/${(await roomsOf(page)).get(name)}`;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

test('hours for a season, a sweep and who may book are typed, refused beside their fields, and shown', async ({ page, pageOf }) => {
  test.slow();
  const room = await ownRoom(page, 'Tower Room');
  await open(page, room);
  await follow(page, page.getByRole('link', { name: 'Change the room' }));
  await expect(title(page, 'Change the room')).toBeVisible();
  await awake(page);
  await type(page, ofRoom(page, 'season_1_name'), 'Summer');
  await type(page, ofRoom(page, 'season_1_from'), '06-31');
  await type(page, ofRoom(page, 'season_1_until'), '08-31');
  await type(page, ofRoom(page, 'season_1_day_2'), '10:00-12:00, 13:00-16:00');
  await type(page, ofRoom(page, 'season_1_day_3'), 'late');
  await type(page, ofRoom(page, 'sweep_minutes'), '9000');
  await press(page, page.getByRole('group', { name: 'Who may book it' }).getByLabel('scheduler'));
  await press(page, page.getByRole('button', { name: 'Save the room' }));
  await expect(page.locator('.problems')).toBeFocused();
  for (const wrong of ['season_1_from', 'season_1_day_3', 'sweep_minutes']) {
    await expect(page.locator('.field.wrong', { has: ofRoom(page, wrong) }).locator('.why').first()).toBeVisible();
  }
  await expect(ofRoom(page, 'season_1_day_2')).toHaveValue('10:00-12:00, 13:00-16:00');
  await expect(page.getByRole('group', { name: 'Who may book it' }).getByLabel('scheduler')).toBeChecked();
  await expectAccessible(page);
  await type(page, ofRoom(page, 'season_1_from'), '06-01');
  await type(page, ofRoom(page, 'season_1_day_3'), '');
  await type(page, ofRoom(page, 'sweep_minutes'), '20');
  await press(page, page.getByRole('button', { name: 'Save the room' }));
  await expect(title(page, 'Tower Room')).toBeVisible();
  const facts = page.locator('.head .facts');
  await expect(facts).toContainText('Summer, 1 June to 31 August:');
  await expect(facts).toContainText('Tue 10:00–12:00, 13:00–16:00');
  await expect(facts).toContainText('20 min');
  await expect(facts).toContainText('scheduler');
  await expectAccessible(page);
  // Wednesday of the summer is closed, Tuesday is not; and the officer, for whom it is not kept, is offered nothing.
  await open(page, `${room}?day=2027-06-16`);
  await expect(page.locator('.lanes li.row').nth(2)).toContainText('closed');
  await expect(page.locator('.lanes li.row').nth(1)).not.toContainText('closed');
  await expect(page.locator('.lanes a.free').first()).toBeAttached();
  const officer = await pageOf('officer');
  await open(officer, room);
  await expect(officer.getByRole('link', { name: 'Book this room' })).toHaveCount(0);
  await expect(officer.getByText('Retire this room')).toHaveCount(0);
});

test('a holiday closes the rooms of a site, and the office’s own closes them all', async ({ page, pageOf }) => {
  const room = await ownRoom(page, 'Holiday Room');
  await open(page, '/settings/sites');
  await follow(page, page.getByRole('link', { name: 'City Hall', exact: true }));
  await expect(title(page, 'Change the site')).toBeVisible();
  await awake(page);
  await type(page, field(page, 'site', 'holiday_1_name'), 'Day of the city');
  await press(page, page.getByRole('button', { name: 'Save the site' }));
  await expect(page.locator('.field.wrong', { has: field(page, 'site', 'holiday_1_on') }).locator('.why')).toBeVisible();
  await expect(field(page, 'site', 'holiday_1_name')).toHaveValue('Day of the city');
  await expectAccessible(page);
  await field(page, 'site', 'holiday_1_on').fill('2027-12-14');
  await press(page, page.getByRole('button', { name: 'Save the site' }));
  await expect(page.getByRole('row', { name: /City Hall/ }).first()).toContainText('Day of the city: closed');
  await expectAccessible(page);
  const admin = await pageOf('admin');
  await open(admin, '/settings/office');
  await field(admin, 'office', 'holiday_1_on').fill('2027-12-15');
  await type(admin, field(admin, 'office', 'holiday_1_name'), 'Day of the office');
  await type(admin, field(admin, 'office', 'holiday_1_opens'), '09:00');
  await type(admin, field(admin, 'office', 'holiday_1_closes'), '12:00');
  await expectAccessible(admin);
  await press(admin, admin.getByRole('button', { name: 'Save the office' }));
  await expect(title(admin, 'Settings')).toBeVisible();
  await open(page, `${room}?day=2027-12-14`);
  await expect(page.locator('.head .facts')).toContainText('Day of the city: closed');
  await expect(page.locator('.head .facts')).toContainText('Day of the office: 09:00–12:00');
  await expect(page.locator('.lanes li.row').nth(1)).toContainText('closed');
  await expect(page.locator('.lanes li.row').nth(2).locator('a.free')).toHaveAttribute('href', /starts=09:00$/);
});

test('a room is blacked out, seen on the board as each may know it, moved and given back', async ({ page, pageOf }) => {
  test.slow();
  const room = await ownRoom(page, 'Leaky Room');
  await open(page, room);
  await follow(page, page.locator('.head').getByRole('link', { name: 'Blackouts' }));
  await expect(title(page, 'Blackouts')).toBeVisible();
  await expect(page.getByText('Nothing is blacked out')).toBeVisible();
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'Black out a room' }));
  await expect(title(page, 'Black out a room')).toBeVisible();
  await awake(page);
  await expect(ofBlackout(page, 'of').locator('option:checked')).toHaveText('Leaky Room, City Hall');
  await type(page, ofBlackout(page, 'date'), '14 March 2027');
  await type(page, ofBlackout(page, 'starts'), '2.30');
  await type(page, ofBlackout(page, 'ends'), '16 Mar 2027 18.00');
  await type(page, ofBlackout(page, 'cause'), 'The roof leaks');
  await choose(page, ofBlackout(page, 'marking'), 'TLP:AMBER');
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Black it out' }));
  await expect(page.getByText('The start does not exist on that day').first()).toBeVisible();
  await expect(ofBlackout(page, 'cause')).toHaveValue('The roof leaks');
  await press(page, page.getByRole('button', { name: '2027-03-14 03:00' }));
  await expect(title(page, 'The roof leaks')).toBeVisible();
  await expect(page.locator('.head .facts')).toContainText('Leaky Room');
  await expect(page.locator('.head .facts')).toContainText('18:00');
  await expectAccessible(page);
  const blackout = new URL(page.url()).pathname;

  await open(page, '/rooms?day=2027-03-15');
  await expect(boardRow(page, 'Leaky Room').locator('a.blackout')).toContainText('The roof leaks');
  await expect(boardRow(page, 'Leaky Room').locator('a.free')).toHaveCount(0);
  await expectAccessible(page);
  const staff = await pageOf('staff');
  await open(staff, '/rooms?day=2027-03-15');
  await expect(boardRow(staff, 'Leaky Room').locator('a.blackout')).toContainText('Closed');
  await expect(staff.getByText('The roof leaks')).toHaveCount(0);
  await open(staff, blackout);
  await expect(title(staff, 'Closed')).toBeVisible();
  await expect(staff.getByText('Change the blackout')).toHaveCount(0);

  await open(page, room + '?day=2027-03-15');
  await follow(page, page.locator('.lanes a.blackout').first());
  await follow(page, page.getByRole('link', { name: 'Change the blackout' }));
  await expect(ofBlackout(page, 'ends')).toHaveValue('2027-03-16 18:00');
  await awake(page);
  await type(page, ofBlackout(page, 'cause'), hostile);
  await type(page, ofBlackout(page, 'ends'), '2027-03-15 12:00');
  await press(page, page.getByRole('button', { name: 'Save the blackout' }));
  await expect(title(page, hostile)).toBeVisible();
  await open(page, '/rooms?day=2027-03-15');
  await expect(boardRow(page, 'Leaky Room').locator('a.blackout')).toContainText(hostile);
  await expect(boardRow(page, 'Leaky Room').locator('a.free')).toHaveCount(1);
  await expectHarmless(page);
  await open(page, blackout);
  await press(page, page.getByText('End this blackout'));
  await press(page, page.getByRole('button', { name: 'End the blackout' }));
  await expect(title(page, 'Blackouts')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Leaky Room' })).toHaveCount(0);
});

test('the rooms go out as a file, come back with a wrong line, and then right', async ({ page }) => {
  await ownRoom(page, 'Filed Room');
  await open(page, '/rooms/list');
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as a file' }).click();
  const file = readFileSync(await (await started).path(), 'utf8');
  expect(file).toContain('Filed Room');
  await follow(page, page.getByRole('link', { name: 'Take in a file' }));
  await expect(title(page, 'Take in rooms')).toBeVisible();
  await expectAccessible(page);
  const takeIn = async (content: string) => {
    await awake(page);
    await page.locator('input[type="file"]').setInputFiles({ name: 'rooms.csv', mimeType: 'text/csv', buffer: Buffer.from(content, 'utf8') });
    await press(page, page.getByRole('button', { name: 'Take it in' }));
  };
  await takeIn(file);
  await expect(page.getByText(/0 lines were added, 0 changed, \d+ stayed as they were/)).toBeVisible();
  await takeIn('site,name,features,theatre\nCity Hall,Filed Room,jacuzzi,-1\n');
  await expect(page.getByRole('heading', { name: 'Nothing was written' })).toBeVisible();
  const rows = page.locator('.problems tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'features' }).locator('th')).toHaveText('2');
  await expect(rows.filter({ hasText: 'theatre' })).toContainText('Write a number from 1');
  await expectAccessible(page);
  await takeIn('site;name;features;theatre;season;season_from;season_until;mon\nCity Hall;Filed Room;kitchen;40;;;;08:00-18:00\nCity Hall;Filed Room;;;Winter;11-01;02-28;10:00-16:00\n');
  await expect(page.getByText('0 lines were added, 1 changed, 0 stayed as they were.')).toBeVisible();
  await open(page, `/rooms/${(await roomsOf(page)).get('Filed Room')}`);
  await expect(page.locator('.head .facts')).toContainText('Winter, 1 November to 28 February:');
  for (const address of ['/settings/sites/import', '/rooms/blackouts/import']) {
    await open(page, address);
    await expectAccessible(page);
  }
});

test('a room is retired once nothing uses it, and is offered nowhere', async ({ page }) => {
  const room = await ownRoom(page, 'Old Room');
  const booking = await bookingMade(page, 'Old Room', '2027-05-20T10:00', '2027-05-20T11:00');
  const retire = async () => {
    await open(page, room);
    await press(page, page.getByText('Retire this room'));
    await expectAccessible(page);
    await press(page, page.getByRole('button', { name: 'Retire the room' }));
  };
  await retire();
  await expect(page.getByText('The room is used now or later')).toBeVisible();
  await expectAccessible(page);
  await page.request.delete(`/api/v1/bookings/${booking}`, { headers: { 'If-Match': '*' } });
  await retire();
  await expect(page).toHaveURL(/\/rooms\/list$/);
  await expect(page.getByRole('link', { name: 'Old Room' })).toHaveCount(0);
  await open(page, '/rooms?day=2027-05-20');
  await expect(boardRow(page, 'Old Room')).toHaveCount(0);
  await open(page, room);
  await expect(page.getByText('This room is retired')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Change the room' })).toHaveCount(0);
});
