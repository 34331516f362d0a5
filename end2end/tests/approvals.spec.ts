import { awake, bookingMade, choose, expect, expectAccessible, field, follow, press, roomsOf, tabTo, test, type } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'booking', name);
const book = (page: Page) => press(page, page.getByRole('button', { name: 'Book the room' }));
const title = (page: Page, purpose: string) => page.getByRole('heading', { level: 1, name: purpose });
const chip = (page: Page) => page.locator('.head .chip');
const card = (page: Page, purpose: string) => page.locator('article.card').filter({ hasText: purpose });
const news = (page: Page, purpose: string) => page.locator('section[aria-labelledby="news"] li').filter({ hasText: purpose });

/** A room that the rooms manager gives, by the manager's own form. */
async function roomToAskFor(manager: Page, name: string): Promise<void> {
  const { items } = (await (await manager.request.get('/api/v1/sites')).json()) as { items: { id: string; name: string }[] };
  const site = items.find((found) => found.name === 'City Hall');
  await manager.goto(`/rooms/new?site=${site?.id}`);
  await awake(manager);
  await type(manager, field(manager, 'room', 'name'), name);
  await press(manager, manager.locator('[id="room-approval_by_rooms_manager"]'));
  await expectAccessible(manager);
  await press(manager, manager.getByRole('button', { name: 'Add the room' }));
  await expect(title(manager, name)).toBeVisible();
  await expect(manager.locator('.head')).toContainText('Given by');
}

async function fillIn(page: Page, purpose: string, room: string, date: string, starts: string, ends: string): Promise<void> {
  await page.goto(`/bookings/new?day=${date}`);
  await awake(page);
  await type(page, of(page, 'purpose'), purpose);
  await choose(page, of(page, 'room_id'), `${room}, City Hall`);
  await type(page, of(page, 'starts'), starts);
  await type(page, of(page, 'ends'), ends);
}

test('one asks for a room, its manager gives it, and who loses it takes what would work instead', async ({ page, pageOf }) => {
  test.slow();
  const [room, day] = ['Gallery of flags', '2027-06-08'];
  const [manager, loser] = [await pageOf('rooms'), await pageOf('scheduler')];
  await roomToAskFor(manager, room);
  const pencil = await bookingMade(loser, room, `${day}T10:30`, `${day}T11:30`, { purpose: 'Children’s choir', state: 'held' });
  await fillIn(page, 'Signing of the accord', room, day, '10.00', '11.00');
  await book(page);
  await expect(title(page, 'Signing of the accord')).toBeVisible();
  await expect(chip(page)).toHaveText('waits for the room');
  await expect(page.getByText('It waits for the room.')).toBeVisible();
  await expect(page.locator('.clash').filter({ hasText: 'Also pencilled' })).toContainText('Children’s choir, Tue 8 June 2027, 10:30 to 11:30');
  await expectAccessible(page);
  await expect(page.getByRole('button', { name: /^Give the room/ })).toHaveCount(0);

  await manager.goto('/');
  await awake(manager);
  await expect(manager.locator('.rail a[href="/rooms"]')).toContainText('waiting');
  await follow(manager, manager.getByRole('link', { name: 'decide' }));
  const waiting = card(manager, 'Signing of the accord');
  await expect(waiting).toContainText(room);
  await expect(waiting).toContainText('Children’s choir');
  await expectAccessible(manager);
  await press(manager, waiting.getByRole('button', { name: /^Give the room: Signing of the accord/ }));
  await expect(card(manager, 'Signing of the accord')).toHaveCount(0);
  await expect(manager.getByText('Decided.')).toBeVisible();

  await page.goto('/');
  await awake(page);
  await expect(news(page, 'Signing of the accord')).toContainText(`you have ${room}`);
  await follow(page, news(page, 'Signing of the accord').getByRole('link', { name: /^Open it/ }));
  await expect(chip(page)).toHaveText('firm');

  await loser.goto(`/bookings/${pencil}`);
  await awake(loser);
  await expect(chip(loser)).toHaveText('room given to another');
  await expect(loser.getByText('The room was given to “Signing of the accord”: it holds nothing any more.')).toBeVisible();
  await expectAccessible(loser);
  await loser.goto('/');
  await awake(loser);
  const told = news(loser, 'Children’s choir');
  await expect(told).toContainText('was given to “Signing of the accord”');
  await expectAccessible(loser);
  const alternative = told.locator('.clash a.button').first();
  const starts = ((await alternative.textContent()) ?? '').slice(0, 5);
  await follow(loser, alternative);
  await expect(of(loser, 'purpose')).toHaveValue('Children’s choir');
  await expect(of(loser, 'starts')).toHaveValue(starts);
  await press(loser, loser.getByRole('button', { name: 'Save the booking' }));
  await expect(title(loser, 'Children’s choir')).toBeVisible();
  await expect(chip(loser)).toContainText('held until');
  await loser.goto('/');
  await awake(loser);
  await expect(news(loser, 'Children’s choir')).toHaveCount(0);
});

test('a room is not given, with a reason, on the booking’s own page', async ({ page, pageOf }) => {
  test.slow();
  const [room, day] = ['Gallery of seals', '2027-06-09'];
  const manager = await pageOf('rooms');
  await roomToAskFor(manager, room);
  const id = await bookingMade(page, room, `${day}T10:00`, `${day}T11:00`, { purpose: 'Unveiling' });
  await manager.goto(`/bookings/${id}`);
  await awake(manager);
  await press(manager, manager.locator('summary').filter({ hasText: 'Do not give the room' }));
  await press(manager, manager.getByRole('button', { name: 'Do not give the room' }));
  await expect(manager.locator('.field.wrong .why')).toBeVisible();
  await expectAccessible(manager);
  await type(manager, manager.locator('input[name="reason"]'), 'The floor is being laid');
  await press(manager, manager.getByRole('button', { name: 'Do not give the room' }));
  await expect(chip(manager)).toHaveText('room not given');
  await page.goto('/');
  await awake(page);
  const told = news(page, 'Unveiling');
  await expect(told).toContainText('“The floor is being laid”');
  await press(page, told.getByRole('button', { name: /^Noted/ }));
  await expect(news(page, 'Unveiling')).toHaveCount(0);
  await page.goto(`/bookings/${id}`);
  await awake(page);
  await expect(page.getByText('The room was not given to it: “The floor is being laid”')).toBeVisible();
  await expectAccessible(page);
});

test('a room is promised to one, who is told until when, and nobody else may hold it', async ({ page, pageOf }) => {
  test.slow();
  const day = '2027-06-10';
  await fillIn(page, 'For the governor', 'Caucus Room', day, '10.00', '11.00');
  await choose(page, of(page, 'state'), 'held');
  await tabTo(page, of(page, 'hold'));
  await page.keyboard.type('promised');
  await expect(of(page, 'hold').locator('option:checked')).toHaveText('promised: nobody else may have it');
  await book(page);
  await expect(chip(page)).toHaveText('promised until 10:00');
  await expectAccessible(page);
  const other = await pageOf('scheduler');
  await fillIn(other, 'Rehearsal', 'Caucus Room', day, '10.30', '+30m');
  await choose(other, of(other, 'state'), 'held');
  await book(other);
  await expect(other.locator('.clash').first()).toContainText('“For the governor”');
});

test('who gives no rooms finds no inbox', async ({ page, complaints }) => {
  complaints.allow(/status of 403/);
  const answer = await page.goto('/rooms/approvals');
  expect(answer?.status()).toBe(403);
  expect((await roomsOf(page)).has('Operations Gallery')).toBe(true);
});
