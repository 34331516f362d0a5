import {
  awake,
  choose,
  expect,
  expectAccessible,
  expectHarmless,
  field,
  follow,
  hostile,
  lineMade,
  linesOf,
  press,
  test,
  turned,
  type,
  valueOf,
  visitMade,
} from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'line', name);
const add = (page: Page) => press(page, page.getByRole('button', { name: 'Add the line' }));
const save = (page: Page) => press(page, page.getByRole('button', { name: 'Save the line' }));
const line = (page: Page, text: string) => page.locator('li.line').filter({ hasText: text });

/** Fills in what every line has. */
async function fillIn(page: Page, title: string, kind: string, date: string, starts: string, ends: string, state: string): Promise<void> {
  await type(page, of(page, 'title'), title);
  await choose(page, of(page, 'kind'), kind);
  await type(page, of(page, 'date'), date);
  await type(page, of(page, 'starts'), starts);
  await type(page, of(page, 'ends'), ends);
  await choose(page, of(page, 'state'), state);
}

test('lines are added by the keyboard, times as one says them', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page);
  await page.goto(visit);
  await awake(page);
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'Add a line' }));
  await expect(of(page, 'title')).toBeVisible();
  await expectAccessible(page);
  await fillIn(page, 'Meeting with the Mayor', 'Bilateral meeting', '16 Mar', '9.30', '+25m', 'firm');
  await choose(page, of(page, 'room_id'), 'Tom Bradley Room, City Hall');
  await choose(page, of(page, 'layout'), 'boardroom');
  await type(page, of(page, 'people_count'), '12');
  await choose(page, of(page, 'person_1'), 'Elena Marchetti-Ruiz');
  await choose(page, of(page, 'role_1'), 'host');
  await choose(page, of(page, 'press'), 'pool spray');
  await type(page, of(page, 'dress'), 'business');
  await type(page, of(page, 'notes'), 'Flags of both sides');
  await press(page, page.locator('summary').filter({ hasText: 'Markings' }));
  await choose(page, of(page, 'marking_notes'), 'TLP:AMBER+STRICT');
  await add(page);
  const meeting = line(page, 'Meeting with the Mayor');
  await expect(meeting).toContainText('09:30');
  await expect(meeting).toContainText('09:55');
  // The capital's clocks: the next day in Hà Nội, until 14 March 15 hours ahead and since then 14.
  await expect(meeting).toContainText('23:30');
  await expect(meeting).toContainText('Tom Bradley Room');
  await expect(meeting).toContainText('Elena Marchetti-Ruiz (host)');
  await expect(meeting).toContainText('Flags of both sides');
  await follow(page, page.getByRole('link', { name: 'Add a line' }));
  // It starts where the one before ends; a span counts from there.
  await expect(of(page, 'starts')).toHaveValue('09:55');
  await fillIn(page, 'Wreath at the memorial', 'Wreath-laying', '16 Mar', '+15m', '+20m', 'wished');
  await type(page, of(page, 'place'), 'Vietnam Veterans Memorial, Pershing Square');
  await add(page);
  const wreath = line(page, 'Wreath at the memorial');
  await expect(wreath).toContainText('10:10');
  await expect(wreath).toContainText('10:30');
  await expect(wreath).toContainText('Pershing Square');
  await expectAccessible(page);
});

test('“tomorrow 9.30” is a day and a time', async ({ page }) => {
  const visit = await visitMade(page, { starts_on: '2026-11-24', ends_on: '2026-11-26' });
  await page.goto(`${visit}/items/new`);
  await awake(page);
  await type(page, of(page, 'title'), 'Courtesy call on the Council');
  await choose(page, of(page, 'kind'), 'Courtesy call');
  await type(page, of(page, 'date'), '');
  await type(page, of(page, 'starts'), 'tomorrow 9.30');
  await type(page, of(page, 'ends'), '10.15');
  await add(page);
  await expect(line(page, 'Courtesy call on the Council')).toContainText('09:30');
  const [call] = await linesOf(page, visit);
  expect(call?.starts.local).toBe('2026-11-25T09:30');
});

for (const [what, select, choice] of [
  ['a room', 'room_id', 'Rotunda, City Hall'],
  ['a principal', 'person_1', 'Elena Marchetti-Ruiz'],
] as const) {
  test(`a second firm use of ${what} is refused in words, with what would work, which is picked`, async ({ page }) => {
    const day = what === 'a room' ? '2027-03-15' : '2027-03-17';
    const first = await visitMade(page, { title: 'Minister of Trade' });
    const value = await valueOf(page, `${first}/items/new`, `line-${select}`, new RegExp(choice));
    const taken = select === 'room_id' ? { room_id: value, layout: 'reception' } : { people: [{ person_id: value, role: 'host' }] };
    await lineMade(page, first, `${day}T10:00`, `${day}T11:00`, { title: 'Reception for the Minister of Trade', ...taken });
    const visit = await visitMade(page);
    await page.goto(`${visit}/items/new`);
    await awake(page);
    await fillIn(page, 'Signing of the letter', 'Signing', day, '10.30', '+30m', 'firm');
    await choose(page, of(page, select), choice);
    await type(page, of(page, 'notes'), 'Two pens');
    await add(page);
    await expect(page.getByText('“Reception for the Minister of Trade”').first()).toBeVisible();
    await expect(page.getByText('What would work').first()).toBeVisible();
    await expect(of(page, 'title')).toHaveValue('Signing of the letter');
    await expect(of(page, 'starts')).toHaveValue('10.30');
    await expect(of(page, 'notes')).toHaveValue('Two pens');
    await expect(of(page, select).locator('option:checked')).toHaveText(choice);
    await expect(page.locator('.problems')).toBeFocused();
    await expectAccessible(page);
    expect(await linesOf(page, visit)).toHaveLength(0);
    const offered = page.locator('.clash button');
    if (select === 'room_id') await expect(offered.filter({ hasText: 'City Hall' }).first()).toBeVisible();
    const time = offered.filter({ hasText: /^\d\d:\d\d, / }).first();
    const starts = (await time.textContent())?.slice(0, 5) ?? '';
    await press(page, time);
    await expect(line(page, 'Signing of the letter')).toContainText(starts);
    await expect(line(page, 'Signing of the letter')).toContainText('Two pens');
  });
}

test('a time that does not exist is refused, and the two nearest are named', async ({ page }) => {
  const visit = await visitMade(page);
  await page.goto(`${visit}/items/new`);
  await awake(page);
  await fillIn(page, 'Arrival by night', 'Arrival', '14 March 2027', '2.30', '4.00', 'wished');
  await add(page);
  await expect(page.getByText('The nearest that do are 2027-03-14 01:59 and 2027-03-14 03:00').first()).toBeVisible();
  await expect(of(page, 'starts')).toHaveValue('2.30');
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: '2027-03-14 03:00' }));
  await expect(line(page, 'Arrival by night')).toContainText('03:00');
});

test('a time that comes twice is asked about, both with their offsets', async ({ page }) => {
  const visit = await visitMade(page, { starts_on: '2027-11-06', ends_on: '2027-11-08' });
  await page.goto(`${visit}/items/new`);
  await awake(page);
  await fillIn(page, 'Departure by night', 'Departure', '7 November 2027', '1.30', '2.30', 'wished');
  await add(page);
  await expect(page.getByText('The start comes twice on that day')).toBeVisible();
  await expect(page.getByLabel('The first, at UTC-07:00')).toBeVisible();
  await expectAccessible(page);
  // Tab leads to a group of choices once; arrows move within it.
  await press(page, page.getByLabel('The first, at UTC-07:00'));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('The second, at UTC-08:00')).toBeChecked();
  await add(page);
  await expect(line(page, 'Departure by night')).toContainText('01:30');
  const [departure] = await linesOf(page, visit);
  expect(departure?.starts).toMatchObject({ local: '2027-11-07T01:30', offset: '-08:00' });
});

test('hostile text in a line’s fields stays text', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page);
  const free = ['title', 'place', 'dress', 'carrier', 'route', 'vehicles', 'notes', 'cover'];
  await page.goto(`${visit}/items/new`);
  await awake(page);
  await fillIn(page, turned, 'Movement', '16 Mar', '9.30', '10.30', 'wished');
  for (const name of free) await type(page, of(page, name), turned);
  for (const name of ['date', 'starts', 'ends', 'zone', 'end_zone']) await type(page, of(page, name), hostile);
  await add(page);
  for (const name of ['date', 'zone', 'end_zone']) await expect(of(page, name), name).toHaveAttribute('aria-invalid', 'true');
  for (const name of free) {
    await expect(of(page, name), name).toHaveAttribute('aria-invalid', 'true');
    await expect(of(page, name), name).toHaveValue(turned);
  }
  await expectHarmless(page);
  await expectAccessible(page);
  for (const name of free) await type(page, of(page, name), hostile);
  await fillIn(page, hostile, 'Movement', '16 Mar', '9.30', '10.30', 'wished');
  await type(page, of(page, 'zone'), 'America/Los_Angeles');
  await type(page, of(page, 'end_zone'), '');
  await add(page);
  await expect(page.locator('li.line')).toContainText(hostile);
  await expectHarmless(page);
  await expectAccessible(page);
  await page.locator('li.line a.edit').click();
  for (const name of free) await expect(of(page, name), name).toHaveValue(hostile);
  await expectHarmless(page);
});

test('two people change one line: the second sees both versions, and chooses', async ({ page, pageOf }) => {
  const visit = await visitMade(page);
  const id = await lineMade(page, visit, '2027-03-16T13:00', '2027-03-16T14:00', { state: 'wished' });
  await page.goto(`${visit}/items/${id}`);
  await awake(page);
  const other = await pageOf('chief');
  await other.goto(`${visit}/items/${id}`);
  await awake(other);
  await type(other, field(other, 'line', 'starts'), '13.10');
  await type(other, field(other, 'line', 'notes'), 'Ten minutes later');
  await press(other, other.getByRole('button', { name: 'Save the line' }));
  await expect(line(other, 'Ten minutes later')).toContainText('13:10');
  await type(page, of(page, 'notes'), 'With an interpreter');
  await save(page);
  await expect(page.getByText('Somebody else changed this after you opened it')).toBeVisible();
  await expect(page.locator('.newer')).toContainText('Ten minutes later');
  await expect(page.locator('.newer')).toContainText('With an interpreter');
  await expect(of(page, 'notes')).toHaveValue('With an interpreter');
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Save mine over it' }));
  await expect(line(page, 'With an interpreter')).toContainText('13:00');
});

test('a second press of the button adds no second line', async ({ page }) => {
  const visit = await visitMade(page);
  await page.goto(`${visit}/items/new`);
  await awake(page);
  await fillIn(page, 'Pressed twice', 'Rest', '16 Mar', '15.00', '+30m', 'wished');
  await page.getByRole('button', { name: 'Add the line' }).dblclick();
  await expect(line(page, 'Pressed twice')).toHaveCount(1);
  expect(await linesOf(page, visit)).toHaveLength(1);
});

test('what now clashes stands at each line, with links that open its form on what would work', async ({ page }) => {
  const first = await visitMade(page, { title: 'Minister of Trade' });
  const desmond = await valueOf(page, `${first}/items/new`, 'line-person_1', /Desmond Achebe-Lowell/);
  const people = [{ person_id: desmond, role: 'host' }];
  await lineMade(page, first, '2027-03-16T10:00', '2027-03-16T11:00', { title: 'Talks on trade', people });
  const visit = await visitMade(page);
  await lineMade(page, visit, '2027-03-16T10:30', '2027-03-16T10:45', { title: 'Short call', people, state: 'wished' });
  await lineMade(page, visit, '2027-03-16T15:00', '2027-03-16T15:30', { title: 'Free of clashes' });
  await page.goto(visit);
  await awake(page);
  const call = line(page, 'Short call');
  await expect(call.locator('.clash')).toContainText('Desmond Achebe-Lowell is engaged until 11:00 in “Talks on trade”.');
  await expect(line(page, 'Free of clashes').locator('.clash')).toHaveCount(0);
  await expectAccessible(page);
  await follow(page, call.locator('.clash a').filter({ hasText: '11:00' }));
  await expect(of(page, 'starts')).toHaveValue('11:00');
  await expect(of(page, 'ends')).toHaveValue('11:15');
  await save(page);
  await expect(line(page, 'Short call')).toContainText('11:00');
  await expect(line(page, 'Short call').locator('.clash')).toHaveCount(0);
});

test('lines are walked, moved and added by keys', { tag: '@scripts-only' }, async ({ page }) => {
  const visit = await visitMade(page);
  const early = await lineMade(page, visit, '2027-03-16T09:00', '2027-03-16T09:30', { title: 'Early', state: 'wished' });
  const late = await lineMade(page, visit, '2027-03-16T10:00', '2027-03-16T10:30', { title: 'Late', state: 'wished' });
  await page.goto(visit);
  await awake(page);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(`#line-${early}`)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator(`#line-${late}`)).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(line(page, 'Late')).toContainText('10:05');
  await expect(line(page, 'Late')).toContainText('10:35');
  await expect(page.locator(`#line-${late}`)).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(line(page, 'Late')).toContainText('10:00');
  await expect(page.locator(`#line-${late}`)).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Move the line by five minutes');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.locator(`#line-${late}`).focus();
  await page.keyboard.press('n');
  await expect(of(page, 'starts')).toHaveValue('10:30');
  await page.goto(visit);
  await awake(page);
  await page.locator(`#line-${early}`).focus();
  await page.keyboard.press('Enter');
  await expect(of(page, 'title')).toHaveValue('Early');
});

test('a move that clashes is refused at the line', { tag: '@scripts-only' }, async ({ page }) => {
  const first = await visitMade(page, { title: 'Minister of Trade' });
  const person = await valueOf(page, `${first}/items/new`, 'line-person_1', /Priyanka Raghunandan/);
  const people = [{ person_id: person, role: 'host' }];
  await lineMade(page, first, '2027-03-16T11:00', '2027-03-16T12:00', { title: 'Talks on trade', people });
  const visit = await visitMade(page);
  const id = await lineMade(page, visit, '2027-03-16T10:30', '2027-03-16T11:00', { title: 'Just before', people });
  await page.goto(visit);
  await awake(page);
  await page.locator(`#line-${id}`).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(line(page, 'Just before').getByRole('alert')).toContainText('“Talks on trade”');
  await expect(line(page, 'Just before')).toContainText('10:30');
  await expectAccessible(page);
});
