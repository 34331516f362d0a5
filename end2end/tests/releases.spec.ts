import { Api, awake, expect, expectAccessible, test } from '../fixtures/index.ts';

test.use({ account: 'officer' });

test('a programme is read by day, on two clocks', async ({ page, office }) => {
  const officer = await Api.of(office, 'officer');
  const visit = await officer.visit(/Prime Minister of Viet Nam/);
  await page.goto(`/visits/${visit.id}`);
  await awake(page);
  const day = page.getByRole('region', { name: 'Tuesday 24 November' });
  const signing = day.locator('.line', { hasText: 'Signing: direct flight working group' });
  await expect(signing.locator('.when')).toContainText('10:33');
  await expect(signing.locator('.capital')).toHaveText(/01:33 \+1\s*the next day\s*Hà Nội/);
  const motorcade = day.locator('.line', { hasText: 'Motorcade to City Hall' });
  await expect(motorcade.getByText('TLP:AMBER+STRICT')).toBeVisible();
  await expect(page.locator('.facts')).toContainText('Hà Nội, +15 h');
  await expectAccessible(page);
});

test('arrows move between the lines of a programme and Enter opens one', { tag: '@scripts-only' }, async ({ page, office }) => {
  const officer = await Api.of(office, 'officer');
  const visit = await officer.visit(/Prime Minister of Viet Nam/);
  await page.goto(`/visits/${visit.id}`);
  await awake(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.line').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/items\//);
});

test('a release is what its mission reads, and the draft after it is not', async ({ page, pageOf, office }) => {
  test.slow();
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit('Summit of Sister Cities');
  const mission = await pageOf('vietnam');
  await mission.goto('/visits');
  await expect(mission.getByText('Summit of Sister Cities')).toHaveCount(0);

  await page.goto(`/visits/${visit}`);
  await awake(page);
  await page.getByRole('link', { name: 'Release', exact: true }).press('Enter');
  await page.waitForURL('**/releases');
  await awake(page);
  await expectAccessible(page);
  const row = page.getByRole('row', { name: /The missions attached to the visit/ });
  await expect(row).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'The missions attached to the visit' }).press('Space');
  await page.getByRole('button', { name: 'Release' }).press('Enter');
  await expect(row).toContainText('v1');
  const code = await row.locator('code').innerText();

  await mission.goto('/visits');
  await mission.getByRole('link', { name: 'Summit of Sister Cities' }).press('Enter');
  await expect(mission.getByText('Group photograph')).toBeVisible();
  await expect(mission.getByText(code)).toBeVisible();
  await expectAccessible(mission);

  const { items } = await officer.done('GET', `/visits/${visit}/items?limit=100`);
  const photograph = items.find((item: { title: string }) => item.title === 'Group photograph');
  await page.goto(`/visits/${visit}/items/${photograph.id}`);
  await awake(page);
  await page.getByLabel('What', { exact: true }).fill('Family photograph');
  await page.getByRole('button', { name: 'Save the line' }).press('Enter');
  await page.waitForURL((url) => url.pathname === `/visits/${visit}`);
  await expect(page.getByRole('link', { name: 'Family photograph', exact: true })).toBeVisible();
  await mission.reload();
  await expect(mission.getByText('Group photograph')).toBeVisible();
  await expect(mission.getByText('Family photograph')).toHaveCount(0);

  await page.goto(`/visits/${visit}/releases`);
  await page.getByRole('link', { name: 'Print: The missions attached to the visit' }).press('Enter');
  await page.waitForURL(/\/print\?audience=visiting_mission/);
  await awake(page);
  await expect(page.getByText('Group photograph')).toBeVisible();
  for (const place of ['thead', 'tfoot']) {
    const running = page.locator(`.paper ${place} .running`);
    // Of all that the missions were released: its lines are TLP:GREEN, the remarks on the visit TLP:AMBER.
    await expect(running).toContainText('TLP:AMBER');
    await expect(running).toContainText(`Version 1 · ${code}`);
  }
  await expectAccessible(page);
});

test('a second press of the same button makes no second version', async ({ page, office }) => {
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit(/Courtesy call of the Consul General of Mexico/);
  for (let press = 0; press < 2; press += 1) {
    await page.goto(`/visits/${visit}/releases`);
    await awake(page);
    await page.getByRole('checkbox', { name: 'The consular corps' }).press('Space');
    await page.getByRole('button', { name: 'Release' }).press('Enter');
    await expect(page.getByRole('row', { name: /The consular corps/ })).toHaveCount(1);
    await expect(page.getByRole('row', { name: /The consular corps/ })).toContainText('v1');
  }
});

test('a release to nobody is asked about', async ({ page, office }) => {
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit(/State visit of the President of Armenia/);
  await page.goto(`/visits/${visit}/releases`);
  await awake(page);
  await page.getByRole('button', { name: 'Release' }).press('Enter');
  await expect(page.locator('.problems')).toBeVisible();
  await page.locator('.problems a').press('Enter');
  await expect(page.locator('fieldset.wrong .why')).toBeVisible();
  await expectAccessible(page);
});

test('paper has its marking at the head and the foot, numbered pages and no line on two of them', async ({ page, office }) => {
  const officer = await Api.of(office, 'officer');
  const { id: visit } = await officer.visit(/Prime Minister of Viet Nam/);
  await page.goto(`/visits/${visit}/print`);
  await awake(page);
  await expect(page.getByRole('link', { name: 'Letter' })).toHaveAttribute('aria-current', 'true');
  for (const [choice, size] of [
    ['A4', /MediaBox \[0 0 59[45]\S* 84[12]\S*\]/],
    ['Letter', /MediaBox \[0 0 612 792\]/],
  ] as const) {
    await page.getByRole('link', { name: choice }).press('Enter');
    await expect(page.getByRole('link', { name: choice })).toHaveAttribute('aria-current', 'true');
    await page.emulateMedia({ media: 'print' });
    const sheet = await page.locator('.paper').evaluate((paper) => {
      const style = (selector: string) => getComputedStyle(paper.querySelector(selector)!);
      return {
        head: style('thead').display,
        foot: style('tfoot').display,
        line: style('tbody tr').breakInside,
        points: Number.parseFloat(style('thead .tlp').fontSize) * 0.75,
      };
    });
    expect(sheet).toEqual({ head: 'table-header-group', foot: 'table-footer-group', line: 'avoid', points: 12 });
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf).toMatch(size);
    await page.emulateMedia({ media: null });
  }
});
