import { awake, expect, expectAccessible, test } from '../fixtures/index.ts';

test.describe('the officer', () => {
  test.use({ account: 'officer' });

  test('finds Hà Nội by Ha Noi, and goes there', async ({ page }) => {
    await page.goto('/');
    await awake(page);
    await page.getByRole('searchbox', { name: 'Search' }).focus();
    await page.keyboard.type('Ha Noi');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=Ha+Noi');
    await awake(page);
    await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('Ha Noi');
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Official working visit of the Prime Minister of Viet Nam/ }).press('Enter');
    await page.waitForURL('**/visits/*');
    await expect(page.locator('.facts')).toContainText('Hà Nội');
  });

  test('is told when nothing is found', async ({ page }) => {
    await page.goto('/search?q=xyzzy');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await expectAccessible(page);
  });

  test('searches from anywhere by a key', { tag: '@scripts-only' }, async ({ page }) => {
    await page.goto('/visits');
    await awake(page);
    await page.keyboard.press('/');
    await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  });
});

test.describe('staff', () => {
  test.use({ account: 'staff' });

  test('find nothing that is hidden from them', async ({ page }) => {
    for (const asked of ['Prime Minister of Viet Nam', 'Transit of the Deputy', 'Airport courtesies']) {
      await page.goto(`/search?q=${encodeURIComponent(asked)}`);
      await expect(page.locator('main a[href^="/visits/"]')).toHaveCount(0);
    }
    await page.goto('/search?q=head+of+government');
    await expect(page.getByRole('link', { name: 'Visit of a head of government' })).toBeVisible();
  });
});
