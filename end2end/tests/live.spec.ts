import {
  awake,
  bookingMade,
  expect,
  expectAccessible,
  field,
  lineMade,
  openRoomMade,
  press,
  tabTo,
  test,
  type,
  visitMade,
} from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

/** How soon what another changes is there, on a machine that does much else besides. */
const soon = { timeout: 5_000 };

const line = (page: Page, text: string) => page.locator('li.line').filter({ hasText: text });
const fresh = (page: Page) => page.locator('.fresh');

/** Waits until the page follows changes. */
async function followed(page: Page, open: () => Promise<unknown>): Promise<void> {
  const stream = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/live');
  await open();
  await awake(page);
  expect((await stream).status()).toBe(200);
}

async function changeLine(by: Page, id: string, changes: Record<string, unknown>): Promise<void> {
  const answer = await by.request.patch(`/api/v1/items/${id}`, { data: changes, headers: { 'If-Match': '*' } });
  expect(answer.status(), await answer.text()).toBe(200);
}

test('what another changes in a programme appears, marked, where one stays', { tag: '@scripts-only' }, async ({ page, pageOf }) => {
  const visit = await visitMade(page);
  const [first, second] = [
    await lineMade(page, visit, '2027-03-16T13:00', '2027-03-16T14:00', { title: 'Talks' }),
    await lineMade(page, visit, '2027-03-16T15:00', '2027-03-16T16:00', { title: 'Signing' }),
  ];
  const chief = await pageOf('chief');
  await followed(page, () => page.goto(visit));
  await expect(fresh(page)).toHaveCount(0);
  await page.locator(`[id="line-${second}"]`).focus();
  await changeLine(chief, first, { title: 'Talks over tea' });
  await expect(line(page, 'Talks over tea')).toBeVisible(soon);
  await expect(line(page, 'Talks over tea').locator('.fresh')).toBeVisible();
  await expect(fresh(page)).toHaveCount(1);
  await expect(page.getByRole('status').filter({ hasText: 'has changed just now' })).toBeAttached();
  await expect(page.locator(`[id="line-${second}"]`)).toBeFocused();
  await expectAccessible(page);
  // What is new stands before it, and one is still on the same line.
  await page.locator(`[id="line-${second}"]`).focus();
  await lineMade(chief, visit, '2027-03-16T14:15', '2027-03-16T14:45', { title: 'A walk in the garden' });
  await expect(line(page, 'A walk in the garden').locator('.fresh')).toBeVisible(soon);
  await expect(page.locator(`[id="line-${second}"]`)).toBeFocused();
  await expect(page.locator(`[id="line-${second}"]`)).toContainText('Signing');
  // One's own change bears no mark.
  await page.keyboard.press('Alt+ArrowDown');
  await expect(line(page, 'Signing')).toContainText('15:05');
  await page.waitForTimeout(1_500);
  await expect(line(page, 'Signing').locator('.fresh')).toHaveCount(0);
});

test('a line that another changes is shown in its open form with both versions', { tag: '@scripts-only' }, async ({ page, pageOf }) => {
  const visit = await visitMade(page);
  const id = await lineMade(page, visit, '2027-03-16T13:00', '2027-03-16T14:00', { state: 'wished' });
  const chief = await pageOf('chief');
  await followed(page, () => page.goto(`${visit}/items/${id}`));
  const notes = field(page, 'line', 'notes');
  await type(page, notes, 'With an interpreter');
  await changeLine(chief, id, { notes: 'Ten minutes later' });
  const note = page.locator('details.meanwhile');
  await expect(note).toContainText('Somebody else has just changed this', soon);
  await expect(notes).toBeFocused();
  await expect(notes).toHaveValue('With an interpreter');
  await page.keyboard.insertText(' of Vietnamese');
  await press(page, note.locator('summary'));
  await expect(note.locator('.newer')).toContainText('Ten minutes later');
  await expect(note.locator('.newer')).toContainText('With an interpreter of Vietnamese');
  await expectAccessible(page);
  await press(page, note.getByRole('button', { name: 'Save mine over it' }));
  await expect(line(page, 'With an interpreter of Vietnamese')).toBeVisible();
});

test('what is being typed stays in its own form while what is around it changes', { tag: '@scripts-only' }, async ({ page, pageOf }) => {
  const manager = await pageOf('rooms');
  const room = 'Hall of many askers';
  await openRoomMade(manager, room, { approval: { needed_from: [], given_by: ['rooms_manager'] } });
  await bookingMade(page, room, '2027-07-08T10:00', '2027-07-08T11:00', { purpose: 'Second to ask' });
  await followed(manager, () => manager.goto('/rooms/approvals'));
  const card = (purpose: string) => manager.locator('article.card').filter({ hasText: purpose });
  await press(manager, card('Second to ask').locator('summary'));
  const reason = card('Second to ask').locator('input[name="reason"]');
  await type(manager, reason, 'Closed for works');
  await bookingMade(page, room, '2027-07-07T10:00', '2027-07-07T11:00', { purpose: 'First to ask' });
  await expect(card('First to ask').locator('.fresh')).toBeVisible(soon);
  await expect(reason).toHaveValue('Closed for works');
  await expect(reason).toBeFocused();
  await expect(reason).toBeVisible();
  await expect(card('First to ask').locator('input[name="reason"]')).toHaveValue('');
  await expect(card('First to ask').locator('input[name="reason"]')).toBeHidden();
  await expectAccessible(manager);
});

test('a list keeps what is typed in its filters, and the board follows too', { tag: '@scripts-only' }, async ({ page, pageOf }) => {
  const chief = await pageOf('chief');
  await followed(chief, () => chief.goto('/visits'));
  const text = chief.locator('main input[name="text"]');
  await type(chief, text, 'half a wo');
  await visitMade(page, { title: 'A visit out of the blue' });
  const row = chief.locator('tbody tr').filter({ hasText: 'A visit out of the blue' });
  await expect(row.locator('.fresh')).toBeVisible(soon);
  await expect(text).toHaveValue('half a wo');
  await expect(text).toBeFocused();
  const manager = await pageOf('rooms');
  await openRoomMade(manager, 'Room of the moment');
  await followed(chief, () => chief.goto('/rooms?day=2027-07-09'));
  await bookingMade(page, 'Room of the moment', '2027-07-09T10:00', '2027-07-09T11:00', { purpose: 'Out of the blue' });
  const lane = chief.locator('.lanes li.row').filter({ hasText: 'Room of the moment' });
  await expect(lane.locator('.fresh')).toBeVisible(soon);
  await expect(lane).toContainText('Out of the blue');
  await expectAccessible(chief);
});

test('a page is gone as soon as the right to it is', { tag: '@scripts-only' }, async ({ page, pageOf, complaints }) => {
  complaints.allow(/status of 404/);
  const chief = await pageOf('chief');
  const visit = await visitMade(page, { title: 'Seen no more' });
  await followed(page, () => page.goto(visit));
  await chief.goto(`${visit}/access`);
  await awake(chief);
  const row = chief.getByRole('row').filter({ hasText: await nameOf(page) });
  await press(chief, row.getByRole('button'));
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Seen no more', soon);
  await expect(page.getByText('Seen no more')).toHaveCount(0);
});

/** What the account that is signed in is called. */
async function nameOf(page: Page): Promise<string> {
  return (await page.locator('button.who bdi').textContent()) ?? '';
}

test('a page follows changes again after the connection was lost, and says meanwhile that it does not', { tag: '@scripts-only' }, async ({ page, pageOf, complaints }) => {
  complaints.allow(/ERR_INTERNET_DISCONNECTED/);
  const chief = await pageOf('chief');
  const visit = await visitMade(page);
  const id = await lineMade(page, visit, '2027-03-16T13:00', '2027-03-16T14:00', { title: 'Talks' });
  await page.goto('/');
  await awake(page);
  // A stream that can't be opened is one that is lost.
  await page.route('**/live?*', (route) => route.abort('internetdisconnected'));
  await page.goto(visit);
  await awake(page);
  await expect(page.locator('.cut-off')).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  await changeLine(chief, id, { title: 'Talks over tea' });
  await page.unroute('**/live?*');
  await expect(line(page, 'Talks over tea').locator('.fresh')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.cut-off')).toHaveCount(0);
  await tabTo(page, page.getByRole('link', { name: 'Add a line' }));
});

test('an open page of who has signed out leads to the sign-in page', { tag: '@scripts-only' }, async ({ pageOf, office, complaints }) => {
  complaints.allow(/status of 401/);
  const page = await pageOf('scheduler');
  office.forget('scheduler');
  const second = await page.context().newPage();
  await followed(page, () => page.goto('/'));
  await second.goto('/');
  await awake(second);
  await press(second, second.locator('button.who'));
  await press(second, second.getByRole('button', { name: 'Sign out' }));
  await expect(page).toHaveURL(/sign-in/, soon);
});
