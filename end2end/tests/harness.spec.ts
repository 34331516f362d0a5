import { awake, expect, expectAccessible, test } from '../fixtures/index.ts';

test('the sign-in page is whole, wakes and is accessible', { tag: '@release' }, async ({ page }) => {
  const answer = await page.goto('/sign-in');
  expect(answer?.status()).toBe(200);
  await expect(page.locator('input[name="email"]')).toBeVisible();
  await awake(page);
  await expectAccessible(page);
});

test.describe('as the protocol officer', () => {
  test.use({ account: 'officer' });

  test('one is signed in from the start', { tag: '@release' }, async ({ page }) => {
    await page.goto('/');
    expect(new URL(page.url()).pathname).not.toBe('/sign-in');
    await awake(page);
    await expectAccessible(page);
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
