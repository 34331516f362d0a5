import type { BrowserContext, Page } from '@playwright/test';
import { fillIn, send } from '../fixtures/forms.ts';
import { awake, expect, expectAccessible, firstAccount, Office, test } from '../fixtures/index.ts';

/** Two lines as an office keeps them in a spreadsheet. */
const lines = [
  'date,start,end,kind,title,place,participants',
  '2027-03-17,07:53,08:10,arrival,Arrival at the airport,Airport,',
  '2027-03-17,11:00,11:20,wreath_laying,Wreath at the founder’s statue,Founder’s Square,',
  '',
].join('\r\n');

let office: Office;

test.beforeAll(async () => {
  office = await Office.openReal();
});

test.afterAll(async () => {
  await office.close();
});

test('an office begins empty and comes to a visit with a line in its own room', async ({
  browser,
  complaints,
  contextOptions,
  javaScriptEnabled,
  locale,
  timezoneId,
}) => {
  test.setTimeout(240_000);
  if (javaScriptEnabled === false) complaints.allow(/\/pkg\/chancery\.(js|wasm)/);
  const opened: BrowserContext[] = [];
  const stranger = async (): Promise<Page> => {
    const storageState = { cookies: [], origins: [] };
    const context = await browser.newContext({ ...contextOptions, baseURL: office.url, javaScriptEnabled, locale, timezoneId, storageState });
    opened.push(context);
    complaints.listen(context);
    return context.newPage();
  };
  const open = async (page: Page, address: string): Promise<void> => {
    await page.goto(address);
    await awake(page);
  };

  // The chief, whose account was made at the command line.
  const chief = await stranger();
  await open(chief, '/');
  await expect(chief.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await fillIn(chief, { email: firstAccount.email, password: firstAccount.password });
  await send(chief);
  await chief.waitForURL((url) => url.pathname === '/');
  for (const address of ['/', '/visits', '/rooms', '/missions', '/people', '/settings', '/settings/sites']) {
    await open(chief, address);
    await expectAccessible(chief);
  }

  await open(chief, '/rooms/new');
  await expect(chief.getByText('There is no site yet: add one first.')).toBeVisible();
  await chief.getByRole('link', { name: 'Add a site' }).click();
  await expect(chief.getByRole('heading', { level: 1, name: 'New site' })).toBeVisible();
  await expect(chief.locator('form.sheet [name="zone"]')).toHaveValue('America/Chicago');
  await fillIn(chief, { name: 'Town Hall' });
  await send(chief);
  await expect(chief.getByRole('link', { name: 'Town Hall' })).toBeVisible();

  await open(chief, '/rooms/new');
  await fillIn(chief, { name: 'Council Chamber', layout_boardroom_capacity: '24', layout_boardroom_set_up_minutes: '15' });
  await send(chief);
  await expect(chief.getByRole('heading', { level: 1, name: 'Council Chamber' })).toBeVisible();

  await open(chief, '/people/new');
  await fillIn(chief, { given: 'Joe', family: 'Quimby', rank: 'Mayor', standing: 'principal of the host' });
  await send(chief);
  await expect(chief.getByRole('heading', { level: 1, name: 'Joe Quimby' })).toBeVisible();

  await open(chief, '/missions/new');
  await fillIn(chief, { name: 'Consulate of Ruritania', kind: 'consulate', country: 'XR', country_name: 'Ruritania', capital_zone: 'Europe/Vienna' });
  await fillIn(chief, { capital: 'Strelsau' });
  await send(chief);
  await expect(chief.getByRole('heading', { level: 1, name: 'Consulate of Ruritania' })).toBeVisible();

  await open(chief, '/people/new');
  await fillIn(chief, { given: 'Flavia', family: 'Elphberg', country: 'Ruritania', standing: 'visiting principal', mission_id: 'Consulate of Ruritania' });
  await send(chief);
  await expect(chief.getByRole('heading', { level: 1, name: 'Flavia Elphberg' })).toBeVisible();

  await open(chief, '/accounts');
  await fillIn(chief, { name: 'Officer', email: 'officer@city.example', role_protocol_officer: true, ceiling: 'TLP:AMBER', reason: 'plans visits' });
  // It is the Mayor's own: what he takes part in are its engagements.
  await fillIn(chief, { person_id: 'Joe Quimby' });
  await send(chief);
  const link = await chief.locator('.clash code').innerText();

  // The officer, in a browser of their own.
  const officer = await stranger();
  await open(officer, link);
  await expectAccessible(officer);
  await fillIn(officer, { password: 'quite another password' });
  await send(officer);
  await officer.waitForURL((url) => url.pathname === '/');
  await open(officer, '/visits/new');
  await expect(officer.locator('form.sheet [name="zone"]')).toHaveValue('America/Chicago');
  await fillIn(officer, {
    title: 'Princess of Ruritania',
    starts_on: '2027-03-16',
    ends_on: '2027-03-18',
    state: 'Confirmed',
    country: 'Ruritania',
    guest_id: 'Flavia Elphberg',
    host_id: 'Joe Quimby',
    from_template: false,
  });
  await send(officer);
  await expect(officer.getByRole('heading', { level: 1, name: 'Princess of Ruritania' })).toBeVisible();
  await officer.getByRole('link', { name: 'Add a line' }).first().click();
  await expect(officer.getByRole('heading', { level: 2, name: 'New line' })).toBeVisible();
  await fillIn(officer, {
    title: 'Talks with the Mayor',
    kind: 'Bilateral meeting',
    date: '17 Mar 2027',
    starts: '9.30',
    ends: '+45m',
    state: 'firm',
    room_id: 'Council Chamber, Town Hall',
    layout: 'boardroom',
    people_count: '12',
    person_1: 'Joe Quimby',
    role_1: 'host',
  });
  await send(officer);
  const line = officer.getByRole('listitem').filter({ hasText: 'Talks with the Mayor' });
  await expect(line).toContainText('Council Chamber, Town Hall');
  await expect(line).toContainText('09:30');
  await expect(line).toContainText('Strelsau');
  await expectAccessible(officer);
  const visit = new URL(officer.url()).pathname;

  // A programme that exists already.
  await open(officer, `${visit}/import`);
  await officer.locator('input[type="file"]').setInputFiles({ name: 'lines.csv', mimeType: 'text/csv', buffer: Buffer.from(lines) });
  await officer.getByRole('button', { name: 'Show what it would do' }).press('Enter');
  await expect(officer.getByText('2 new, 0 changed, 0 there already, 0 kept as they are')).toBeVisible();
  await awake(officer);
  await officer.getByRole('button', { name: 'Import 2 lines' }).press('Enter');
  await expect(officer.getByText('2 lines were added, 0 changed, 0 stayed as they were.')).toBeVisible();

  // Its first release, and its paper.
  await open(officer, `${visit}/releases`);
  await officer.getByRole('checkbox', { name: 'The missions attached to the visit' }).press('Space');
  await officer.getByRole('button', { name: 'Release' }).press('Enter');
  await expect(officer.getByRole('row', { name: /The missions attached to the visit/ }).first()).toContainText('v1');
  await open(officer, `${visit}/print`);
  await expect(officer.getByText('Talks with the Mayor')).toBeVisible();
  await expect(officer.getByText('Wreath at the founder’s statue')).toBeVisible();

  // The engagements of the person whose account it is, in a calendar.
  await open(officer, '/calendars?scope=own');
  await officer.getByRole('button', { name: 'Make a feed' }).press('Enter');
  const feed = officer.getByLabel('Link', { exact: true });
  await expect(feed).toBeVisible();
  const calendar = await (await fetch(await feed.inputValue())).text();
  expect(calendar).toContain('NAME:My engagements');
  // What is marked above TLP:GREEN passes no feed.
  expect(calendar).not.toContain('Talks with the Mayor');

  for (const context of opened) await context.close();
});
