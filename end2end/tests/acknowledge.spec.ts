import { Api, awake, expect, expectAccessible, test } from '../fixtures/index.ts';

test.use({ account: 'officer' });

test('a mission is told what is new and acknowledges it in one press', async ({ page, pageOf, office }) => {
  test.slow();
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit('Summit of Sister Cities');
  const release = async () => {
    await page.goto(`/visits/${visit}/releases`);
    await awake(page);
    await page.getByRole('checkbox', { name: 'The missions attached to the visit' }).press('Space');
    await page.getByRole('button', { name: 'Release' }).press('Enter');
  };
  const row = page.getByRole('row', { name: /The missions attached to the visit/ }).first();
  await release();
  await expect(row).toBeVisible();
  const version = Number((await row.locator('.num').innerText()).replace('v', ''));

  const { items } = await officer.done('GET', `/visits/${visit}/items?limit=100`);
  const photograph = items.find((item: { title: string }) => /photograph/.test(item.title));
  await page.goto(`/visits/${visit}/items/${photograph.id}`);
  await awake(page);
  await page.getByLabel('What', { exact: true }).fill('Photograph on the steps');
  await page.getByRole('button', { name: 'Save the line' }).press('Enter');
  await page.waitForURL((url) => url.pathname === `/visits/${visit}`);

  // Before it is released, the officer reads what each audience will be told.
  await page.goto(`/visits/${visit}/releases`);
  await awake(page);
  await expect(page.getByText(`What: Photograph on the steps; was ${photograph.title}`).first()).toBeVisible();
  await expectAccessible(page);
  await release();
  await expect(row).toContainText(`v${version + 1}`);
  await expect(page.getByText(`Nothing has changed for The missions attached to the visit since version ${version + 1}.`)).toBeVisible();

  const mission = await pageOf('vietnam');
  await mission.goto('/');
  await awake(mission);
  await expect(mission.getByText(`You have not acknowledged version ${version + 1} (The missions attached to the visit).`)).toBeVisible();
  await expectAccessible(mission);
  await mission.goto(`/visits/${visit}`);
  await awake(mission);
  const shown = mission.getByRole('region', { name: new RegExp(`Version ${version + 1}`) });
  await expect(shown.getByText(`What is new since version ${version}`)).toBeVisible();
  await expect(shown.getByText(`What: Photograph on the steps; was ${photograph.title}`)).toBeVisible();
  // The line itself says so in a word, not by colour alone.
  await expect(mission.locator('.line', { hasText: 'Photograph on the steps' }).getByText('changed', { exact: true })).toBeVisible();
  await expectAccessible(mission);
  await shown.getByRole('button', { name: `I have read version ${version + 1}` }).press('Enter');
  await expect(mission.getByText(new RegExp(`You acknowledged version ${version + 1} on`))).toBeVisible();
  await expect(mission.getByRole('button', { name: /I have read/ })).toHaveCount(0);
  await mission.reload();
  await expect(mission.getByText(new RegExp(`You acknowledged version ${version + 1} on`))).toBeVisible();

  await page.goto(`/visits/${visit}/releases`);
  await awake(page);
  const standing = page.getByRole('region', { name: 'Who has acknowledged' });
  await expect(standing.getByText(`version ${version + 1}, `).first()).toBeVisible();
  await expectAccessible(page);
});

test('paper says what is new, and its code tells whether it is current', async ({ page, browser, office }) => {
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit('Summit of Sister Cities');
  const releases = `/visits/${visit}/releases`;
  const { items: heads } = await officer.done('GET', `${releases}?limit=100`);
  const audience = 'visiting_mission';
  const known = heads.filter((head: { audience: string }) => head.audience === audience);
  const rename = async (title: string) => {
    const { items } = await officer.done('GET', `/visits/${visit}/items?limit=100`);
    const line = items.find((item: { title: string }) => /photograph/i.test(item.title));
    await page.goto(`/visits/${visit}/items/${line.id}`);
    await awake(page);
    await page.getByLabel('What', { exact: true }).fill(title);
    await page.getByRole('button', { name: 'Save the line' }).press('Enter');
    await page.waitForURL((url) => url.pathname === `/visits/${visit}`);
    await page.goto(releases);
    await awake(page);
    await page.getByRole('checkbox', { name: 'The missions attached to the visit' }).press('Space');
    await page.getByRole('button', { name: 'Release' }).press('Enter');
    await expect(page.getByRole('row', { name: /The missions attached to the visit/ }).first()).toBeVisible();
  };
  if (known.length === 0) await rename('Photograph');
  await rename('Photograph by the river');
  await page.goto(`/visits/${visit}/print?audience=${audience}`);
  await awake(page);
  await expect(page.locator('.paper').getByText(/What is new since version/)).toBeVisible();
  await expect(page.locator('.paper').getByText(/What: Photograph by the river; was/)).toBeVisible();
  await expect(page.locator('.paper').getByText(/where the code is entered/)).toBeVisible();
  await expectAccessible(page);
  const code = (await page.locator('.paper thead .running').innerText()).match(/[2-9A-HJ-NP-Z]{8}/)![0];

  const stranger = await (await browser.newContext({ baseURL: office.url, javaScriptEnabled: false })).newPage();
  await stranger.goto('/code');
  await expectAccessible(stranger);
  await stranger.getByLabel('Code').fill(code.toLowerCase());
  await stranger.getByRole('button', { name: 'Ask' }).press('Enter');
  await expect(stranger.getByText(/is current\.$/)).toBeVisible();
  await rename('Photograph in the garden');
  await stranger.reload();
  await expect(stranger.getByText(/is no longer current/)).toBeVisible();
  await stranger.context().close();
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
