import { awake, credentials, expect, expectAccessible, test } from '../fixtures/index.ts';

const { email, password } = credentials('officer');

test('a page wanted before signing in is reached after it, by the keyboard alone', async ({ page }) => {
  await page.goto('/rooms?layout=theatre');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
  await awake(page);
  await page.getByLabel('E-mail address').focus();
  await page.keyboard.type(email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/rooms?layout=theatre');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rooms');
});

test('a wrong password keeps the address, says what to do, and takes the focus', async ({ page }) => {
  await page.goto('/sign-in?next=%2Fvisits');
  await awake(page);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByText('do not belong together')).toBeVisible();
  await expect(page.locator('.problems')).toBeFocused();
  await expect(page.getByText('Your office’s administrator can invite you again')).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue(email);
  await expect(page.getByLabel('Password')).toHaveValue(/^$|^not the password$/);
  expect(page.url()).not.toContain('password');
  await expectAccessible(page);

  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/visits');
});

test('who signs out is out', async ({ page }) => {
  await page.goto('/sign-in');
  await awake(page);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).press('Enter');
  await page.waitForURL((url) => url.pathname === '/');
  await awake(page);
  await page.getByRole('button', { name: 'Alma Rivera' }).press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await page.waitForURL('**/sign-in');
  await page.goto('/visits');
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});
