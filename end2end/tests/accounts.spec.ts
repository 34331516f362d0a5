import { Api, awake, expect, expectAccessible, test } from '../fixtures/index.ts';

const password = 'three quiet herons over water';

test.describe('the administrator', () => {
  test.use({ account: 'admin' });

  test('invites somebody by a one-time link, who takes it up; gives a role; disables', async ({ page, browser, office, contextOptions, javaScriptEnabled, complaints }, { project }) => {
    test.slow();
    complaints.allow(/status of 404/);
    const email = `${project.name}@invited.example`;
    await page.goto('/accounts');
    await awake(page);
    await expectAccessible(page);
    await page.getByLabel('Name', { exact: true }).fill('Ines Farrow');
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('checkbox', { name: 'staff' }).press('Space');
    await page.getByRole('button', { name: 'Invite' }).press('Enter');
    await page.waitForURL(/\/accounts\/[0-9a-f-]+/);
    const link = await page.locator('[role="status"] code').innerText();
    expect(link).toContain('/invitation/');
    await expectAccessible(page);
    const account = new URL(page.url()).pathname;
    await page.goto(account);
    expect(await page.content()).not.toContain(link);

    const context = await browser.newContext({ ...contextOptions, baseURL: office.url, javaScriptEnabled, storageState: undefined });
    complaints.listen(context);
    const invited = await context.newPage();
    await invited.goto(link);
    await awake(invited);
    await expect(invited.getByRole('heading', { level: 1 })).toHaveText('Welcome, Ines Farrow');
    await expectAccessible(invited);
    await invited.getByLabel('New password').fill('short');
    await invited.keyboard.press('Enter');
    await expect(invited.locator('.why')).toBeVisible();
    await invited.getByLabel('New password').fill(password);
    await invited.keyboard.press('Enter');
    await invited.waitForURL((url) => url.pathname === '/');
    await expect(invited.getByRole('button', { name: 'Ines Farrow' })).toBeVisible();
    const again = await invited.goto(link);
    expect(again?.status()).toBe(404);

    await page.goto(account);
    await awake(page);
    await expect(page.locator('.facts')).toContainText('active');
    await page.getByLabel('Another role').selectOption({ label: 'scheduler' });
    await page.getByRole('button', { name: 'Grant the role' }).press('Enter');
    await expect(page.locator('.facts')).toContainText('scheduler');
    await awake(page);
    await page.getByRole('button', { name: 'Revoke: staff' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Revoke: staff' })).toHaveCount(0);
    await awake(page);
    const owner = page.getByRole('region', { name: 'Whose it is' });
    await owner.getByLabel('E-mail address').fill('no address');
    await owner.getByLabel('Person').selectOption({ label: 'Elena Marchetti-Ruiz' });
    await owner.getByRole('button', { name: 'Save whose it is' }).press('Enter');
    await expect(page.locator('.why').first()).toBeVisible();
    await awake(page);
    await expect(owner.getByLabel('E-mail address')).toHaveValue('no address');
    await owner.getByLabel('E-mail address').fill(email);
    await owner.getByLabel('Name', { exact: true }).fill('Ines Farrow-Lind');
    await owner.getByRole('button', { name: 'Save whose it is' }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ines Farrow-Lind');
    await expect(page.locator('.facts')).toContainText('Elena Marchetti-Ruiz');
    await awake(page);
    await page.getByRole('button', { name: 'Disable' }).press('Enter');
    await expect(page.locator('.facts')).toContainText('disabled');
    await invited.goto('/visits');
    expect(new URL(invited.url()).pathname).toBe('/sign-in');
    await awake(page);
    await page.getByRole('button', { name: 'Enable' }).press('Enter');
    await expect(page.locator('.facts')).toContainText('active');
    await context.close();
  });

  test('is asked for a role, and grants no ceiling', async ({ page }) => {
    await page.goto('/accounts');
    await awake(page);
    await page.getByLabel('Name', { exact: true }).fill('Nobody Yet');
    await page.getByRole('button', { name: 'Invite' }).press('Enter');
    await expect(page.locator('.problems li')).not.toHaveCount(0);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Nobody Yet');
    await expect(page.getByLabel('Reads up to')).toHaveCount(0);
    await expectAccessible(page);
  });
});

test.describe('the chief of protocol', () => {
  test.use({ account: 'chief' });

  test('says how high others read, with a reason, and not how high she reads herself', async ({ page }) => {
    test.slow();
    await page.goto('/accounts');
    await page.getByRole('link', { name: 'Lionel Petrakis' }).press('Enter');
    await page.waitForURL(/\/accounts\/[0-9a-f-]+/);
    await awake(page);
    const ceiling = page.getByRole('region', { name: 'Reads up to' });
    const upTo = ceiling.getByRole('combobox');
    await upTo.selectOption('TLP:AMBER');
    await page.getByRole('button', { name: 'Grant', exact: true }).press('Enter');
    await expect(page.locator('.problems')).toBeVisible();
    await ceiling.getByLabel('Reason').fill('Helps with the visit of the Prime Minister');
    await upTo.selectOption('TLP:AMBER');
    await page.getByRole('button', { name: 'Grant', exact: true }).press('Enter');
    await expect(page.locator('.facts')).toContainText('TLP:AMBER');
    await expectAccessible(page);
    await awake(page);
    await upTo.selectOption('TLP:GREEN');
    await ceiling.getByLabel('Reason').fill('No longer helps');
    await page.getByRole('button', { name: 'Grant', exact: true }).press('Enter');
    await expect(page.locator('.facts')).toContainText('TLP:GREEN');

    await page.goto('/accounts');
    await page.getByRole('link', { name: 'Beatrix Okonjo-Hale' }).press('Enter');
    await page.waitForURL(/\/accounts\/[0-9a-f-]+/);
    await expect(page.getByRole('button', { name: 'Grant', exact: true })).toHaveCount(0);
  });
});

test.describe('anybody', () => {
  test.use({ account: 'press' });

  test('sees the sessions that are open and ends them', async ({ page, office }) => {
    await Api.of(office, 'press');
    await page.goto('/account');
    await awake(page);
    await expectAccessible(page);
    const sessions = page.getByRole('region', { name: 'Open sessions' });
    await expect(sessions.getByText('this one')).toHaveCount(1);
    const others = sessions.getByRole('button', { name: 'End', exact: true });
    await expect(others).not.toHaveCount(0);
    const count = await others.count();
    await others.first().press('Enter');
    await expect(others).toHaveCount(count - 1);
  });

  test('makes a token of the API, which is shown once, and ends it', async ({ page, office }) => {
    await page.goto('/account');
    await awake(page);
    const tokens = page.getByRole('region', { name: 'Tokens of the API' });
    await tokens.getByLabel('Name').fill('Wallboard');
    await tokens.getByRole('button', { name: 'Make a token' }).press('Enter');
    const token = await page.locator('[role="status"] code').innerText();
    const ask = () => fetch(`${office.url}/api/v1/visits`, { headers: { Authorization: `Bearer ${token}` } }).then((answer) => answer.status);
    expect(await ask()).toBe(200);
    await page.goto('/account');
    await awake(page);
    expect(await page.content()).not.toContain(token);
    await tokens.getByRole('row', { name: /Wallboard/ }).getByRole('button').press('Enter');
    await expect(tokens.getByRole('row', { name: /Wallboard/ })).toHaveCount(0);
    expect(await ask()).toBe(401);
  });
});
