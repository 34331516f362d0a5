import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectRefused, fillIn, send } from '../fixtures/forms.ts';
import { awake, expect, expectAccessible, test } from '../fixtures/index.ts';

test.use({ account: 'admin' });

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

/** Chooses a file on the page of an import, and sends it. */
async function takeIn(page: Page, lines: string[]): Promise<void> {
  const buffer = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
  await page.locator('input[type="file"]').setInputFiles({ name: 'file.csv', mimeType: 'text/csv', buffer });
  await send(page);
}

/** Asserts that nothing was written, and that these cells are named: line, column, why. */
async function expectWrongLines(page: Page, lines: [string, string, RegExp][]): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Nothing was written' })).toBeVisible();
  const rows = page.locator('.problems tbody tr');
  await expect(rows).toHaveCount(lines.length);
  for (const [index, [line, column, why]] of lines.entries()) {
    await expect(rows.nth(index).locator('th')).toHaveText(line);
    await expect(rows.nth(index).locator('td').nth(0)).toHaveText(column);
    await expect(rows.nth(index).locator('td').nth(1)).toHaveText(why);
  }
}

/** The text of the file behind the link on the page. */
async function download(page: Page): Promise<string> {
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as a file' }).first().click();
  const file = await started;
  return readFileSync(await file.path(), 'utf8');
}

test('settings lead to their parts, each for who may use it', async ({ page, pageOf }) => {
  await open(page, '/');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  for (const part of ['Office', 'Sites', 'Rooms', 'Missions', 'People', 'Accounts']) {
    await expect(page.getByRole('heading', { level: 2, name: part })).toBeVisible();
  }
  await expectAccessible(page);

  const rooms = await pageOf('rooms');
  await open(rooms, '/settings');
  await expect(rooms.getByRole('heading', { level: 2 })).toHaveText(['Sites', 'Rooms', 'Blackouts']);

  const officer = await pageOf('officer');
  await open(officer, '/settings');
  await expect(officer.getByRole('heading', { level: 2 })).toHaveText(['Missions', 'People']);
});

test('who may change nothing is offered nothing', async ({ pageOf, complaints }) => {
  complaints.allow(/status of 403/);
  const staff = await pageOf('staff');
  await open(staff, '/rooms/list');
  await expect(staff.getByRole('link', { name: 'Add a room' })).toHaveCount(0);
  await expect(staff.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' })).toHaveCount(0);
  for (const address of ['/settings', '/settings/office', '/settings/sites', '/rooms/new', '/missions/new', '/people/new', '/people/import']) {
    const answer = await staff.goto(address);
    expect(answer?.status(), address).toBe(403);
  }
});

test('the office is changed, and what is wrong with it is told beside its field', async ({ page }) => {
  await open(page, '/settings/office');
  await expectAccessible(page);
  const name = await page.locator('form.sheet [name="name"]').inputValue();
  await fillIn(page, { name: 'Office of Protocol', country: 'USA', zone: 'America/Atlantis', mailbox: 'nobody' });
  // By the keyboard: Enter in a field sends the form.
  await page.locator('form.sheet [name="country"]').press('Enter');
  await expectRefused(page, ['zone', 'country', 'mailbox']);
  await expect(page.locator('form.sheet [name="name"]')).toHaveValue('Office of Protocol');
  await expectAccessible(page);
  await page.locator('.problems li a').first().press('Enter');
  await expect(page.locator('form.sheet [name="zone"]:focus')).toBeVisible();
  await fillIn(page, { zone: 'America/Los_Angeles', country: 'US', mailbox: 'protocol@losangeles.example' });
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.locator('.rail .mark')).toContainText('Office of Protocol');
  await expect(page.locator('main')).toContainText('protocol@losangeles.example');

  // Somebody who opened the form before is told, and loses nothing.
  await open(page, '/settings/office');
  const seen = page.locator('form.sheet [name="seen"]');
  await seen.evaluate((field: HTMLInputElement) => field.setAttribute('value', 'of yesterday'));
  await fillIn(page, { name });
  await send(page);
  await expect(page.getByText('Somebody else changed this after you opened it')).toBeVisible();
  await expect(page.locator('form.sheet [name="name"]')).toHaveValue(name);

  await open(page, '/settings/office');
  await fillIn(page, { name });
  await send(page);
  await expect(page.locator('.rail .mark')).toContainText(name);
});

test('the office says how bad it is to break a rule, and which rules stay', async ({ page }) => {
  await open(page, '/settings');
  await page.getByRole('region', { name: 'Rules of clashes' }).getByRole('link', { name: 'Show all' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Rules of clashes' })).toBeVisible();
  await expectAccessible(page);
  const outside = page.getByLabel('When a line lies outside the dates of its visit');
  await expect(outside).toHaveValue('warn');
  await expect(page.getByRole('row').filter({ hasText: 'a room is wanted twice' })).toContainText('refused');
  await expect(page.getByRole('row').filter({ hasText: 'a room is wanted twice' }).locator('select')).toHaveCount(0);
  await outside.focus();
  await outside.selectOption('note');
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await open(page, '/settings/rules');
  await expect(outside).toHaveValue('note');
  await outside.selectOption('warn');
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
});

test('a site and a room with layouts and opening hours are added and changed', async ({ page }) => {
  await open(page, '/settings/sites');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Add a site' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New site' })).toBeVisible();
  await fillIn(page, { name: 'Griffith Observatory', address: '2800 East Observatory Road, Los Angeles' });
  const cityHall = page.getByLabel('To City Hall');
  await cityHall.fill('5000');
  await send(page);
  await expect(page.locator('.problems:focus')).toBeVisible();
  await expect(page.locator('.problems li')).toContainText(['To City Hall: Write a number from 0 to 1440.']);
  await expectAccessible(page);
  await cityHall.fill('25');
  await send(page);
  await expect(page.getByRole('row', { name: /Griffith Observatory/ })).toContainText('City Hall: 25 min');

  await open(page, '/rooms/list');
  await page.getByRole('link', { name: 'Add a room' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'New room' })).toBeVisible();
  await expectAccessible(page);
  await fillIn(page, { site_id: 'Griffith Observatory', name: 'Rotunda of the Stars', floor: 'Main', feature_step_free: true });
  await page.getByLabel('theatre: people').fill('120');
  await page.getByLabel('theatre: minutes before').fill('45');
  await page.getByLabel('reception: minutes after').fill('30');
  await page.getByLabel('Row 1: opens').fill('09:00');
  await page.getByLabel('Row 1: closes').fill('08:00');
  await send(page);
  await expectRefused(page, ['layout_reception_capacity', 'hours_1_closes']);
  await expect(page.getByLabel('theatre: people')).toHaveValue('120');
  await expectAccessible(page);
  await page.getByLabel('reception: people').fill('200');
  await page.getByLabel('Row 1: closes').fill('18:00');
  await page.getByLabel('Row 8: day').selectOption({ label: 'Monday' });
  await page.getByLabel('Row 8: opens').fill('19:00');
  await page.getByLabel('Row 8: closes').fill('22:00');
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Rotunda of the Stars' })).toBeVisible();
  const facts = page.locator('.head .facts');
  await expect(facts).toContainText('theatre: 120, 45 min before, 0 min after');
  await expect(facts).toContainText('reception: 200, 0 min before, 30 min after');
  await expect(facts).toContainText('Mon 09:00–18:00, 19:00–22:00');
  await expect(facts).toContainText('step-free');
  await expectAccessible(page);

  await page.getByRole('link', { name: 'Change the room' }).click();
  await expect(page.getByLabel('Row 2: closes')).toHaveValue('22:00');
  await page.getByLabel('theatre: people').fill('');
  await page.getByLabel('theatre: minutes before').fill('');
  await page.getByLabel('theatre: minutes after').fill('');
  await fillIn(page, { clearance: 'TLP:GREEN' });
  await send(page);
  await expect(facts).not.toContainText('theatre');
  await expect(facts).toContainText('TLP:GREEN');
});

test('a mission with a head is added, and the head stands in its place', async ({ page }) => {
  await open(page, '/people/new');
  await expectAccessible(page);
  await send(page);
  await expectRefused(page, ['family']);
  await fillIn(page, { given: 'Flavia', family: 'Elphberg', own_script: 'Флавия Эльфберг', rank: 'Consul General', languages: 'de, en' });
  await fillIn(page, { standing: 'member of a mission' });
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Flavia Elphberg' })).toBeVisible();
  await expectAccessible(page);

  await open(page, '/missions/new');
  await expectAccessible(page);
  await fillIn(page, {
    name: 'Consulate General of Ruritania',
    kind: 'consulate general',
    country: 'Ruritania',
    country_name: 'Ruritania',
    capital_zone: 'Europe/Vienna',
    capital: 'Strelsau',
    national_day: '2 Sep',
    head_person_id: 'Flavia Elphberg',
    head_class: 'consul general',
    head_exequatur_on: '31 Feb 2020',
  });
  await send(page);
  await expectRefused(page, ['head_exequatur_on', 'country']);
  await expect(page.locator('form.sheet [name="head_class"]')).toHaveValue('consul_general');
  await expectAccessible(page);
  await fillIn(page, { country: 'XR', head_exequatur_on: '1 Mar 2020' });
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Consulate General of Ruritania' })).toBeVisible();
  const facts = page.locator('.head .facts');
  await expect(facts).toContainText('09-02');
  await expect(facts).toContainText('2020-03-01');
  await expect(facts.getByRole('link', { name: 'Flavia Elphberg' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Change the mission' }).click();
  await fillIn(page, { email: 'not an address' });
  await send(page);
  await expectRefused(page, ['email']);
  await fillIn(page, { email: 'strelsau@ruritania.example' });
  await send(page);
  await expect(facts).toContainText('strelsau@ruritania.example');
  await open(page, '/missions');
  await expect(page.getByRole('row', { name: /Consulate General of Ruritania/ })).toContainText('date of admission');
});

const missions = {
  header: 'name,kind,country,country_name,capital_zone,head_family,head_given,head_class,head_exequatur_on',
  atlantis: (zone: string) => `Consulate General of Atlantis,consulate_general,AQ,Atlantis,${zone},Poseidon,Kleito,consul_general,2019-05-01`,
  lilliput: (day: string) => `Consulate of Lilliput,consulate,XL,Lilliput,Europe/London,Reldresal,Flimnap,consul,${day}`,
  laputa: 'Trade Office of Laputa,trade_office,XP,Laputa,Asia/Tokyo,,,,',
};

test('a file of missions is taken in whole or not at all, once, and given out', async ({ page }) => {
  await open(page, '/missions');
  await page.getByRole('link', { name: 'Take in a file' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Take in missions' })).toBeVisible();
  await expectAccessible(page);
  const { header, atlantis, lilliput, laputa } = missions;

  await takeIn(page, [header, atlantis('Atlantic/Atlantis'), laputa, lilliput('yesteryear')]);
  await expectWrongLines(page, [
    ['2', 'capital_zone', /time zone/],
    ['4', 'head_exequatur_on', /date/],
  ]);
  await expectAccessible(page);
  await open(page, '/missions');
  await expect(page.getByText('Trade Office of Laputa')).toHaveCount(0);

  await open(page, '/missions/import');
  const mended = [header, atlantis('Atlantic/Azores'), laputa, lilliput('2021-07-01')];
  await takeIn(page, mended);
  await expect(page.getByText('3 lines were added, 0 changed, 0 stayed as they were.')).toBeVisible();
  await expectAccessible(page);
  await takeIn(page, mended);
  await expect(page.getByText('0 lines were added, 0 changed, 3 stayed as they were.')).toBeVisible();
  await open(page, '/missions');
  await expect(page.getByRole('link', { name: 'Trade Office of Laputa' })).toHaveCount(1);
  await expect(page.getByRole('row', { name: /Consulate General of Atlantis/ })).toContainText('Kleito Poseidon');
  const file = await download(page);
  expect(file.split('\r\n')[0]).toContain('name,kind,country');
  expect(file).toContain('Trade Office of Laputa,trade_office,XP,Laputa,Asia/Tokyo');
});

test('a file of people is taken in whole or not at all, once, and given out', async ({ page }) => {
  await open(page, '/people/import');
  await expectAccessible(page);
  const header = 'family,given,order,standing,mission,country,languages';
  const gulliver = (standing: string) => `Gulliver,Lemuel,given_first,${standing},,GB,en`;
  const munodi = (language: string) => `Munodi,Lord,given_first,guest,,XP,${language}`;
  await takeIn(page, [header, gulliver('captain'), 'Glumdalclitch,,given_first,guest,,,', munodi('Laputan!')]);
  await expectWrongLines(page, [
    ['2', 'standing', /values offered/],
    ['4', 'languages', /form/],
  ]);
  await expectAccessible(page);
  await open(page, '/people?text=Glumdalclitch');
  await expect(page.getByText('Nobody found')).toBeVisible();

  await open(page, '/people/import');
  const mended = [header, gulliver('guest'), 'Glumdalclitch,,given_first,guest,,,', munodi('en')];
  await takeIn(page, mended);
  await expect(page.getByText('3 lines were added, 0 changed, 0 stayed as they were.')).toBeVisible();
  await takeIn(page, mended);
  await expect(page.getByText('0 lines were added, 0 changed, 3 stayed as they were.')).toBeVisible();
  const file = await download(page);
  expect(file).toContain('Gulliver,Lemuel,given_first');
  expect(file.split('\r\n').filter((line) => line.startsWith('Munodi,'))).toHaveLength(1);
});

test('what is no file of people is refused in words', async ({ page }) => {
  await open(page, '/people/import');
  await takeIn(page, ['name,standing', 'Lemuel Gulliver,guest']);
  await expect(page.locator('.problems:focus')).toBeVisible();
  await expect(page.locator('.problems')).toContainText('The file has no column named family.');
  const latin1 = Buffer.from('family,given\nMüller,Jörg\n', 'latin1');
  await page.locator('input[type="file"]').setInputFiles({ name: 'latin1.csv', mimeType: 'text/csv', buffer: latin1 });
  await send(page);
  await expect(page.locator('.problems')).toContainText('The file is not in UTF-8: row 2');
  const empty = { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') };
  await page.locator('input[type="file"]').setInputFiles(empty);
  await send(page);
  await expect(page.locator('.problems')).toContainText('The file holds no rows');
});

test('a person whom nothing needs any more is erased, and one who is needed is not', async ({ page }) => {
  await open(page, '/people/new');
  await fillIn(page, { given: 'Aurelian', family: 'Forgettable', standing: 'member of a mission' });
  await send(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Aurelian Forgettable' })).toBeVisible();
  await awake(page);
  const person = page.url();
  const erase = async () => {
    await page.getByText('Erase this person').focus();
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Erase the person' }).focus();
    await page.keyboard.press('Enter');
  };
  await erase();
  await expect(page).toHaveURL(/\/people$/);
  await open(page, '/people?text=Forgettable');
  await expect(page.getByText('Forgettable', { exact: true })).toHaveCount(0);
  expect((await page.request.get(person.replace('/people/', '/api/v1/people/'))).status()).toBe(404);

  await open(page, '/missions');
  await page.locator('.list tbody a').first().click();
  await page.locator('.facts a[href^="/people/"], .list a[href^="/people/"], main a[href^="/people/"]').first().click();
  await expect(page).toHaveURL(/\/people\//);
  await awake(page);
  await erase();
  await expect(page.getByText('Something still needs this person')).toBeVisible();
  await expectAccessible(page);
});
