import { awake, credentials, expect, expectAccessible, field, linesOf, test, visitMade } from '../fixtures/index.ts';

test('the sign-in page is whole, wakes and is accessible', { tag: '@both-bundles' }, async ({ page }) => {
  const answer = await page.goto('/sign-in');
  expect(answer?.status()).toBe(200);
  await expect(page.locator('input[name="email"]')).toBeVisible();
  await awake(page);
  await expectAccessible(page);
});

test('one signs in by the form, opens a programme and adds a line', { tag: '@both-bundles' }, async ({ page }, { project }) => {
  const { email, password } = credentials('officer');
  await page.goto('/sign-in');
  await awake(page);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await page.waitForURL((url) => url.pathname === '/');
  const title = `Minister of Culture (${project.name})`;
  const visit = await visitMade(page, { title });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Visits' }).press('Enter');
  await page.getByRole('link', { name: title }).press('Enter');
  await page.getByRole('link', { name: 'Add a line' }).press('Enter');
  await field(page, 'line', 'title').fill('Opening of the exhibition');
  await field(page, 'line', 'kind').selectOption({ label: 'Ceremony' });
  await field(page, 'line', 'date').fill('16 Mar');
  await field(page, 'line', 'starts').fill('18.30');
  await field(page, 'line', 'ends').fill('+45m');
  await page.getByRole('button', { name: 'Add the line' }).press('Enter');
  const line = page.locator('li.line').filter({ hasText: 'Opening of the exhibition' });
  await expect(line).toContainText('18:30');
  await expect(line).toContainText('19:15');
  expect(await linesOf(page, visit)).toHaveLength(1);
});

test.describe('as the protocol officer', () => {
  test.use({ account: 'officer' });

  test('one is signed in from the start', { tag: '@both-bundles' }, async ({ page }) => {
    await page.goto('/');
    expect(new URL(page.url()).pathname).not.toBe('/sign-in');
    await awake(page);
    await expectAccessible(page);
  });
});

test.describe('a page', () => {
  test.use({ account: 'officer' });

  test('is made once for an answer: the frame, and what the page itself reads', async ({ page }) => {
    const html = await (await page.request.get('/visits', { headers: { accept: 'text/html' } })).text();
    expect(html.match(/__RESOLVED_RESOURCES\[\d+\] =/g)).toHaveLength(2);
  });
});

test('the browser keeps the office’s clock in a zone of its own', { tag: '@scripts-only' }, async ({ page }) => {
  await page.goto('/sign-in');
  const seen = await page.evaluate(() => [new Date().toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone]);
  expect(seen).toEqual(['2026-11-24T18:00:00.000Z', 'Pacific/Auckland']);
});

test('a second person is signed in beside the first', async ({ page, pageOf }) => {
  await page.goto('/sign-in');
  const other = await pageOf('staff');
  await other.goto('/');
  expect(new URL(other.url()).pathname).not.toBe('/sign-in');
});
