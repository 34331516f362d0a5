import { Api, awake, expect, expectAccessible, test } from '../fixtures/index.ts';

test.use({ account: 'officer' });

/** A feed as a calendar program gets it. */
async function fetched(url: string): Promise<{ status: number; type: string | null; text: string }> {
  const answer = await fetch(url, { headers: { 'User-Agent': 'Thunderbird/140' } });
  return { status: answer.status, type: answer.headers.get('content-type'), text: (await answer.text()).replace(/\r\n[ \t]/g, '') };
}

/** The events of a calendar by title, each with what a subscriber compares. */
function events(calendar: string): Map<string, { uid: string; sequence: number; starts: string }> {
  const found = new Map();
  for (const event of calendar.split('BEGIN:VEVENT').slice(1)) {
    const value = (name: string) => event.match(new RegExp(`^${name}(?:;[^:]*)?:(.*)$`, 'm'))?.[1]?.trim() ?? '';
    found.set(value('SUMMARY'), { uid: value('UID'), sequence: Number(value('SEQUENCE') || 0), starts: value('DTSTART') });
  }
  return found;
}

test('a visit’s feed is made, its link shown once, and a moved line keeps its UID', { tag: '@both-bundles' }, async ({ page, office }, { project }) => {
  test.slow();
  const title = `Foreign Minister of Chile (${project.name})`;
  const officer = await Api.of(office, 'officer');
  const green = { existence: 'TLP:GREEN', title: 'TLP:GREEN', dates: 'TLP:GREEN', parties: 'TLP:GREEN' };
  const visit = await officer.done('POST', '/visits', {
    category: 'working',
    state: 'confirmed',
    title,
    starts_on: '2027-03-10',
    ends_on: '2027-03-20',
    capital_zone: 'America/Santiago',
    capital: 'Santiago',
    markings: green,
  });
  const at = (local: string) => ({ local, zone: 'America/Los_Angeles' });
  await officer.done('POST', `/visits/${visit.id}/items`, {
    kind: 'bilateral',
    title: 'Meeting with the Mayor',
    starts: at('2027-03-17T09:05'),
    ends: at('2027-03-17T10:10'),
    state: 'firm',
    markings: { existence: 'TLP:GREEN', time: 'TLP:GREEN', title: 'TLP:GREEN' },
  });

  await page.goto('/visits');
  await awake(page);
  await page.getByRole('link', { name: title }).press('Enter');
  await page.getByRole('link', { name: 'Subscribe' }).press('Enter');
  await page.waitForURL('**/calendars?scope=*');
  await awake(page);
  await expect(page.getByLabel('What', { exact: true })).toHaveValue(`visit:${visit.id}`);
  await page.getByRole('button', { name: 'Make a feed' }).press('Enter');
  const link = page.getByLabel('Link', { exact: true });
  await expect(link).toBeVisible();
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await expectAccessible(page);
  const url = await link.inputValue();

  const first = await fetched(url);
  expect([first.status, first.type]).toEqual([200, 'text/calendar; charset=utf-8']);
  const before = events(first.text).get('Meeting with the Mayor')!;
  expect(before.starts).toBe('20270317T090500');

  await page.goto('/calendars');
  await awake(page);
  await expect(page.getByLabel('Link', { exact: true })).toHaveCount(0);
  expect(await page.content()).not.toContain(url.split('/').at(-1));
  const row = page.getByRole('row', { name: new RegExp(`A visit: .*${project.name}`) });
  await expect(row).toContainText('Thunderbird/140');

  await page.goto(`/visits/${visit.id}`);
  await awake(page);
  await page.getByRole('link', { name: 'Meeting with the Mayor' }).press('Enter');
  await page.waitForURL(/\/items\//);
  await awake(page);
  await page.getByLabel('Starts', { exact: true }).fill('9.35');
  await page.getByRole('button', { name: 'Save the line' }).press('Enter');
  await page.waitForURL((where) => where.pathname === `/visits/${visit.id}`);
  const after = events((await fetched(url)).text).get('Meeting with the Mayor')!;
  expect(after.uid).toBe(before.uid);
  expect(after.sequence).toBeGreaterThan(before.sequence);
  expect(after.starts).toBe('20270317T093500');

  await page.goto('/calendars');
  await awake(page);
  await row.getByRole('button', { name: 'Revoke' }).press('Enter');
  await expect(row).toHaveCount(0);
  expect((await fetched(url)).status).toBe(404);
});

test('a feed of one’s own engagements shows what is marked higher as a word', async ({ page }) => {
  await page.goto('/calendars');
  await awake(page);
  await expectAccessible(page);
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'My engagements' });
  await page.getByRole('button', { name: 'Make a feed' }).press('Enter');
  const url = await page.getByLabel('Link', { exact: true }).inputValue();
  const calendar = await fetched(url);
  expect(calendar.status).toBe(200);
  expect(events(calendar.text).size).toBeGreaterThan(0);
  // She takes notes in two meetings that are marked TLP:AMBER.
  expect([...events(calendar.text).keys()]).toContain('Engaged');
  expect(calendar.text).not.toContain('Meeting with the Mayor');

  // A new link takes the place of the old one.
  const row = page.getByRole('row', { name: /My engagements/ });
  await row.getByRole('button', { name: 'New link' }).press('Enter');
  await expect(page.getByLabel('Link', { exact: true })).not.toHaveValue(url);
  expect((await fetched(url)).status).toBe(404);
  const other = await page.getByLabel('Link', { exact: true }).inputValue();
  expect((await fetched(other)).status).toBe(200);
});
