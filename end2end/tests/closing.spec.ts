import { awake, bookingMade, choose, expect, expectAccessible, field, follow, openRoomMade, press, roomsOf, test, type } from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'rooms' });

const of = (page: Page, name: string) => field(page, 'closing', name);
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const goes = (page: Page, purpose: string) => page.getByLabel(new RegExp(`^Where it goes: ${purpose}`));
const close = (page: Page) => press(page, page.getByRole('button', { name: 'Close the room' }));

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

test('a room is closed: what it hurts is seen, sent elsewhere in one press, and who booked is told', async ({ page, pageOf }) => {
  test.slow();
  const [room, other, day] = ['Hall of mirrors', 'Hall of maps', '2027-09-14'];
  // No other room of the office holds so many.
  const layouts = [{ layout: 'reception', capacity: 5000 }];
  await openRoomMade(page, room, { clearance: 'TLP:RED', layouts });
  await openRoomMade(page, other, { layouts });
  const officer = await pageOf('officer');
  const choir = { purpose: 'Briefing of the choir', layout: 'reception', people: 4000 };
  const moved = await bookingMade(officer, room, `${day}T10:00`, `${day}T11:00`, choir);
  const left = await bookingMade(officer, room, `${day}T14:00`, `${day}T15:00`, { purpose: 'Late rehearsal' });
  await bookingMade(officer, room, `${day}T16:00`, `${day}T17:00`, { purpose: 'Interview of the envoy', marking: 'TLP:AMBER+STRICT' });
  await open(page, `/rooms/${(await roomsOf(page)).get(room)}`);
  await follow(page, page.getByRole('link', { name: 'Close this room' }));
  await expect(title(page, 'Close this room')).toBeVisible();
  await expectAccessible(page);
  await type(page, of(page, 'date'), '14 September 2027');
  await type(page, of(page, 'starts'), '8.00');
  await type(page, of(page, 'ends'), '7.00');
  await press(page, page.getByRole('button', { name: 'See what it hurts' }));
  await expect(page.locator('.problems')).toBeFocused();
  await expect(of(page, 'starts')).toHaveValue('8.00');
  await expect(of(page, 'cause')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  await type(page, of(page, 'ends'), '20.00');
  await type(page, of(page, 'cause'), 'The floor is laid anew');
  await press(page, page.getByRole('button', { name: 'See what it hurts' }));
  await page.waitForURL(/\/closing\?draft=/);
  await awake(page);
  await expect(title(page, 'What it hurts')).toBeVisible();
  const listed = page.locator('ol.hurt > li');
  await expect(listed).toHaveCount(3);
  await expect(listed.nth(0)).toContainText('Briefing of the choir');
  await expect(listed.nth(1)).toContainText('Late rehearsal');
  await expect(listed.nth(2)).toContainText('Reserved');
  await expect(page.locator('main')).not.toContainText('envoy');
  await expect(goes(page, 'Briefing of the choir').locator('option:checked')).not.toContainText('Leave it');
  await expectAccessible(page);
  await choose(page, goes(page, 'Briefing of the choir'), `10:00 ${other}, City Hall`);
  await choose(page, goes(page, 'Late rehearsal'), 'Leave it: it stands in a closed room');

  // Somebody is quicker: nothing is closed, and what was chosen is still there.
  await bookingMade(officer, other, `${day}T10:30`, `${day}T10:45`, { purpose: 'Quick word' });
  await close(page);
  await expect(page.getByText('Nothing was closed')).toBeVisible();
  await awake(page);
  await expect(goes(page, 'Briefing of the choir').locator('option:checked')).toHaveText(`10:00 ${other}, City Hall (cannot be had)`);
  await expect(goes(page, 'Late rehearsal').locator('option:checked')).toContainText('Leave it');
  await expect(listed.nth(0).locator('.clash')).toContainText('Quick word');
  await expectAccessible(page);
  const another = goes(page, 'Briefing of the choir').locator('option').nth(1);
  const there = (await another.textContent()) ?? '';
  await choose(page, goes(page, 'Briefing of the choir'), there);
  await close(page);
  await expect(title(page, 'The floor is laid anew')).toBeVisible();

  await open(officer, `/bookings/${moved}`);
  await expect(officer.locator('.head')).toContainText(there.slice(0, 5));
  await open(officer, `/bookings/${left}`);
  await expect(officer.locator('.clash').first()).toContainText('may not be used');
  await open(officer, '/');
  await expect(officer.locator('section[aria-labelledby="news"] li').filter({ hasText: 'Briefing of the choir' })).toContainText('its room was closed');
});

test('a room that is still used leads from its retiring to its closing, from now on', async ({ page, pageOf }) => {
  const room = 'Hall of echoes';
  await openRoomMade(page, room);
  await bookingMade(await pageOf('officer'), room, '2027-09-15T10:00', '2027-09-15T11:00');
  await open(page, `/rooms/${(await roomsOf(page)).get(room)}`);
  await press(page, page.locator('summary').filter({ hasText: 'Retire this room' }));
  await press(page, page.getByRole('button', { name: 'Retire the room' }));
  await expect(page.locator('#retire .clash')).toContainText('used now or later');
  await follow(page, page.getByRole('link', { name: 'Close it from now on' }));
  await expect(of(page, 'starts')).toHaveValue(/^\d\d:\d\d$/);
  await type(page, of(page, 'cause'), 'Given up');
  await press(page, page.getByRole('button', { name: 'See what it hurts' }));
  await expect(page.locator('ol.hurt > li')).toHaveCount(1);
});

test('at 390 pixels nothing is cut off, and who does not keep rooms finds no way there', async ({ page, pageOf, complaints }) => {
  complaints.allow(/status of 403/);
  const rooms = await roomsOf(page);
  const id = rooms.values().next().value;
  await page.setViewportSize({ width: 390, height: 800 });
  await open(page, `/rooms/${id}/close`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
  const officer = await pageOf('officer');
  for (const closed of ['close', 'closing']) {
    const answer = await officer.goto(`/rooms/${id}/${closed}`);
    expect(answer?.status(), closed).toBe(403);
  }
});
