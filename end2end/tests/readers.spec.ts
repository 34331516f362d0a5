import type { Page } from '@playwright/test';
import { Api, expect, expectAccessible, test } from '../fixtures/index.ts';

/** What the staff, cleared to GREEN and on no list, must find nowhere. */
const hiddenFromStaff = [
  'Official working visit of the Prime Minister of Viet Nam',
  'Transit of the Deputy Prime Minister of Georgia',
  'Airport courtesies',
  'State visit of the President of Armenia',
  'Mayor’s mission to Seoul',
  'Meeting with the Mayor, restricted',
  'Motorcade to the Port',
  'Direct flight between Los Angeles',
];

/** What the mission of Viet Nam, which reads what was released to it, must find nowhere. */
const hiddenFromVietnam = [
  'Georgia',
  'Airport courtesies',
  'Armenia',
  'Courtesy call of the Consul General of Mexico',
  'Minister of Land, Infrastructure and Transport of Japan',
  'Mayor’s mission to Seoul',
  'Century Boulevard, 105 east',
  'Sweep of the Tom Bradley Room',
];

/** All that the server sends for a page, what its scripts wake with included. */
async function htmlOf(page: Page, path: string): Promise<string> {
  const answer = await page.request.get(path, { headers: { accept: 'text/html' } });
  expect(answer.headers()['content-type'], path).toContain('text/html');
  return answer.text();
}

test.describe('staff cleared to TLP:GREEN', () => {
  test.use({ account: 'staff' });

  test('find what is TLP:GREEN and what was released to the office, and nothing else in any page', async ({ page, office }) => {
    const chief = await Api.of(office, 'chief');
    const visits: { id: string; title: string }[] = (await chief.done('GET', '/visits?limit=100')).items;
    const pages = ['/', '/visits', '/calendars', '/search?q=georgia', '/search?q=minister', '/search?q=airport'];
    pages.push(...visits.flatMap(({ id }) => ['', '/delegation', '/releases', '/print', '/access', '/items/new'].map((side) => `/visits/${id}${side}`)));
    for (const path of pages) {
      const html = await htmlOf(page, path);
      for (const title of hiddenFromStaff) expect(html, `${title} on ${path}`).not.toContain(title);
    }
  });

  test('see a cover title, a stand-in and a released line', async ({ page, office }) => {
    await page.goto('/visits');
    await expect(page.getByRole('link', { name: 'Courtesy call of the Consul General of Mexico' })).toBeVisible();
    await page.getByRole('link', { name: 'Visit of a head of government' }).press('Enter');
    await expect(page.getByText('Signing: direct flight working group')).toBeVisible();
    await expect(page.getByText('Version 1, released on')).toBeVisible();
    await expectAccessible(page);
    const chief = await Api.of(office, 'chief');
    const staff = await Api.of(office, 'staff');
    const { id } = await chief.visit(/Prime Minister of Viet Nam/);
    const released = JSON.stringify(await staff.done('GET', `/visits/${id}/release`));
    expect(released).toContain('Signing: direct flight working group');
    for (const title of hiddenFromStaff) expect(released).not.toContain(title);
  });

  test('are told of a hidden visit what they are told of one that is not there', async ({ page, office, complaints }) => {
    complaints.allow(/status of 404/);
    const { id } = await (await Api.of(office, 'chief')).visit(/Transit of the Deputy Prime Minister of Georgia/);
    const nowhere = '00000000-0000-4000-8000-000000000000';
    const said = [];
    for (const visit of [id, nowhere]) {
      const answer = await page.goto(`/visits/${visit}`);
      expect(answer?.status()).toBe(404);
      said.push(await page.getByRole('main').innerText());
    }
    expect(said[0]).toBe(said[1]);
    await expectAccessible(page);
    const staff = await Api.of(office, 'staff');
    for (const visit of [id, nowhere]) {
      expect((await staff.call('GET', `/visits/${visit}`)).status).toBe(404);
      expect((await staff.call('GET', `/visits/${visit}/items`)).status).toBe(404);
      expect((await staff.call('GET', `/visits/${visit}/release`)).status).toBe(404);
      expect((await staff.call('POST', '/feeds', { scope: { kind: 'visit', id: visit }, detail: 'full' })).status).toBe(404);
    }
  });

  test('subscribe to all visits and get none of the hidden ones', async ({ office }) => {
    const staff = await Api.of(office, 'staff');
    const { url } = await staff.done('POST', '/feeds', { scope: { kind: 'office' }, detail: 'full' });
    const calendar = (await (await fetch(url)).text()).replace(/\r\n[ \t]/g, '').replaceAll('\\', '');
    expect(calendar).toContain('Signing: direct flight working group');
    for (const title of hiddenFromStaff) expect(calendar).not.toContain(title);
  });

  test('may look at rooms and change none of the office', async ({ page, complaints }) => {
    complaints.allow(/status of 403/);
    const answer = await page.goto('/visits/new');
    expect(answer?.status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You may not do this');
    await expectAccessible(page);
  });
});

test.describe('a consulate', () => {
  test.use({ account: 'vietnam' });

  test('reads its own visit as it was released, and nothing of anybody else', async ({ page, office }) => {
    const chief = await Api.of(office, 'chief');
    const visits: { id: string; title: string }[] = (await chief.done('GET', '/visits?limit=100')).items;
    await page.goto('/visits');
    await page.getByRole('link', { name: /^Official working visit of the Prime Minister of Viet Nam/ }).press('Enter');
    await expect(page.getByText('Meeting with the Mayor, restricted')).toBeVisible();
    await expect(page.getByText('Version 1, released on')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Add a line' })).toHaveCount(0);
    await expectAccessible(page);
    const pages = ['/', '/visits', '/calendars', '/rooms', '/people', '/search?q=armenia'];
    pages.push(...visits.flatMap(({ id }) => ['', '/delegation', '/releases', '/print'].map((side) => `/visits/${id}${side}`)));
    for (const path of pages) {
      const html = await htmlOf(page, path);
      for (const title of hiddenFromVietnam) expect(html, `${title} on ${path}`).not.toContain(title);
    }
  });

  test('is refused by the API what the page does not show', async ({ office }) => {
    const chief = await Api.of(office, 'chief');
    const vietnam = await Api.of(office, 'vietnam');
    const hidden = await chief.visit(/State visit of the President of Armenia/);
    const own = await chief.visit(/Prime Minister of Viet Nam/);
    expect((await vietnam.call('GET', `/visits/${hidden.id}/release`)).status).toBe(404);
    expect((await vietnam.call('POST', '/feeds', { scope: { kind: 'visit', id: hidden.id }, detail: 'full' })).status).toBe(404);
    expect((await vietnam.call('POST', `/visits/${own.id}/items`, { title: 'Ours' })).status).toBeGreaterThanOrEqual(403);
    const release = JSON.stringify(await vietnam.done('GET', `/visits/${own.id}/release`));
    for (const title of hiddenFromVietnam) expect(release).not.toContain(title);
  });
});
