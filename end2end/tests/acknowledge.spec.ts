import { type Page } from '@playwright/test';
import { Api, awake, expect, expectAccessible, lineMade, type Office, test, visitMade } from '../fixtures/index.ts';

test.use({ account: 'officer' });

/** A visit of these days with one line, to which the mission of Viet Nam is attached; its address and its line are the answer. */
async function visitOfVietNam(page: Page, office: Office): Promise<{ visit: string; line: string }> {
  const officer = await Api.of(office, 'officer');
  const { items } = await officer.done('GET', '/missions?limit=200');
  const { mission } = items.find((one: { mission: { name: string } }) => /Viet Nam/.test(one.mission.name));
  const [starts_on, ends_on] = ['2026-11-25', '2026-11-27'];
  const visit = await visitMade(page, { title: 'Deputy Minister of Viet Nam', mission_ids: [mission.id], starts_on, ends_on });
  const line = await lineMade(page, visit, '2026-11-25T10:00', '2026-11-25T11:00', { title: 'Group photograph' });
  return { visit, line };
}

async function release(page: Page, visit: string, number: number): Promise<void> {
  await page.goto(`${visit}/releases`);
  await awake(page);
  await page.getByRole('checkbox', { name: 'The missions attached to the visit' }).press('Space');
  await page.getByRole('button', { name: 'Release' }).press('Enter');
  await expect(page.getByRole('row', { name: /The missions attached to the visit/ }).first()).toContainText(`v${number}`);
}

async function rename(page: Page, visit: string, line: string, title: string): Promise<void> {
  await page.goto(`${visit}/items/${line}`);
  await awake(page);
  await page.getByLabel('What', { exact: true }).fill(title);
  await page.getByRole('button', { name: 'Save the line' }).press('Enter');
  await page.waitForURL((url) => url.pathname === visit);
}

test('a mission is told what is new and acknowledges it in one press', async ({ page, pageOf, office }) => {
  test.slow();
  const { visit, line } = await visitOfVietNam(page, office);
  await release(page, visit, 1);
  await rename(page, visit, line, 'Photograph on the steps');

  // Before it is released, the officer reads what each audience will be told.
  await page.goto(`${visit}/releases`);
  await awake(page);
  await expect(page.getByText('What: Photograph on the steps; was Group photograph').first()).toBeVisible();
  await expectAccessible(page);
  await release(page, visit, 2);
  await expect(page.getByText('Nothing has changed for The missions attached to the visit since version 2.')).toBeVisible();

  const mission = await pageOf('vietnam');
  await mission.goto(visit);
  await awake(mission);
  const shown = mission.getByRole('region', { name: /Version 2/ });
  await expect(shown.getByText('What is new since version 1')).toBeVisible();
  await expect(shown.getByText('What: Photograph on the steps; was Group photograph')).toBeVisible();
  // The line itself says so in a word, not by colour alone.
  await expect(mission.locator('.line', { hasText: 'Photograph on the steps' }).getByText('changed', { exact: true })).toBeVisible();
  await expectAccessible(mission);
  await shown.getByRole('button', { name: 'I have read version 2' }).press('Enter');
  await expect(mission.getByText(/You acknowledged version 2 on/)).toBeVisible();
  await expect(mission.getByRole('button', { name: /I have read/ })).toHaveCount(0);
  await mission.reload();
  await expect(mission.getByText(/You acknowledged version 2 on/)).toBeVisible();
  await expectAccessible(mission);

  await page.goto(`${visit}/releases`);
  await awake(page);
  const standing = page.getByRole('region', { name: 'Who has acknowledged' });
  await expect(standing.getByText(/^version 2, /).first()).toBeVisible();
  await expectAccessible(page);

  // A later version asks again, and Today tells the mission and the officer.
  await rename(page, visit, line, 'Photograph in the garden');
  await release(page, visit, 3);
  await mission.goto('/');
  await awake(mission);
  await expect(mission.getByText('You have not acknowledged version 3 (The missions attached to the visit).').first()).toBeVisible();
  await expectAccessible(mission);
  await page.goto('/');
  await awake(page);
  await expect(page.getByText(/Version 3 \(The missions attached to the visit\) is not acknowledged by/).first()).toBeVisible();
});

test('paper says what is new, and its code tells whether it is current', async ({ page, browser, office }) => {
  test.slow();
  const { visit, line } = await visitOfVietNam(page, office);
  await release(page, visit, 1);
  await rename(page, visit, line, 'Photograph by the river');
  await release(page, visit, 2);
  await page.goto(`${visit}/print?audience=visiting_mission`);
  await awake(page);
  const paper = page.locator('.paper');
  await expect(paper.getByText('What is new since version 1')).toBeVisible();
  await expect(paper.getByText('What: Photograph by the river; was Group photograph')).toBeVisible();
  await expect(paper.getByText(/where the code is entered/)).toBeVisible();
  await expectAccessible(page);
  const head = await paper.locator('thead .running').innerText();
  const code = /[2-9A-HJ-NP-Z]{8}/.exec(head)![0];

  const context = await browser.newContext({ baseURL: office.url, javaScriptEnabled: false });
  const stranger = await context.newPage();
  await stranger.goto('/code');
  await stranger.getByLabel('Code').fill(code.toLowerCase());
  await stranger.getByRole('button', { name: 'Ask' }).press('Enter');
  await expect(stranger.getByText('Version 2 is current.')).toBeVisible();
  await rename(page, visit, line, 'Photograph in the garden');
  await release(page, visit, 3);
  await stranger.reload();
  await expect(stranger.getByText(/Version 2 is no longer current/)).toBeVisible();
  await context.close();
  await page.goto(`/code?code=${code}`);
  await awake(page);
  await expect(page.getByText(/Version 2 is no longer current/)).toBeVisible();
  await expectAccessible(page);
});

test('a programme is read at three depths, each with an address of its own', async ({ page, office }) => {
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit(/Prime Minister of Viet Nam/);
  await page.goto(`/visits/${visit}`);
  await awake(page);
  const lines = page.locator('.line');
  const all = await lines.count();
  const depths = page.getByRole('group', { name: 'How much' });
  await expect(depths.getByRole('link', { name: 'Every line' })).toHaveAttribute('aria-current', 'true');
  await depths.getByRole('link', { name: 'Highlights' }).press('Enter');
  await page.waitForURL(/depth=overview/);
  await expect(depths.getByRole('link', { name: 'Highlights' })).toHaveAttribute('aria-current', 'true');
  await expect(lines.filter({ hasText: 'Motorcade' })).toHaveCount(0);
  expect(await lines.count()).toBeLessThan(all);
  await expectAccessible(page);
  await page.goto(`/visits/${visit}?depth=summary`);
  await awake(page);
  await expect(depths.getByRole('link', { name: 'What the guest does' })).toHaveAttribute('aria-current', 'true');
});
