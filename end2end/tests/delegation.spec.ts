import {
  awake,
  choose,
  expect,
  expectAccessible,
  expectHarmless,
  field,
  follow,
  hostile,
  press,
  test,
  turned,
  type,
  visitMade,
} from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'delegate', name);
const add = (page: Page) => press(page, page.getByRole('button', { name: 'Add the delegate' }));

test('a delegation is put together by the keyboard: its head, and who comes with them', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page);
  await page.goto(`${visit}/delegation`);
  await awake(page);
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'Add a delegate' }));
  await expect(of(page, 'role').locator('option:checked')).toHaveText('Head of delegation');
  await expectAccessible(page);
  await type(page, of(page, 'name'), 'Nguyễn Thị Hoa');
  await type(page, of(page, 'rank'), 'Minister of Culture');
  await type(page, of(page, 'address'), 'Her Excellency');
  await type(page, of(page, 'own_script'), 'Nguyễn Thị Hoa');
  await type(page, of(page, 'pronunciation'), 'nwin tee hwa');
  await type(page, of(page, 'languages'), 'vi, fr');
  await type(page, of(page, 'diet'), 'no shellfish');
  await type(page, of(page, 'delegation'), 'Viet Nam');
  await add(page);
  const head = page.getByRole('row').filter({ hasText: 'Nguyễn Thị Hoa' });
  await expect(head).toContainText('Head of delegation');
  await expect(head).toContainText('no shellfish');
  await follow(page, page.getByRole('link', { name: 'Add a delegate' }));
  await type(page, of(page, 'name'), 'Trần Văn Bình');
  await choose(page, of(page, 'role'), 'Interpreter');
  await type(page, of(page, 'languages'), 'vi, en');
  await add(page);
  await expect(page.getByRole('row').filter({ hasText: 'Trần Văn Bình' })).toContainText('Interpreter');
  await expect(page.getByText('2 delegates')).toBeVisible();
  await expectAccessible(page);
});

test('a delegate’s wrong fields are said, hostile text stays text', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page);
  const free = ['name', 'rank', 'address', 'own_script', 'pronunciation', 'diet'];
  await page.goto(`${visit}/delegation/new`);
  await awake(page);
  for (const name of free) await type(page, of(page, name), turned);
  await type(page, of(page, 'languages'), '?!');
  await type(page, of(page, 'position'), 'first');
  await add(page);
  for (const name of [...free, 'languages', 'position']) {
    await expect(of(page, name), name).toHaveAttribute('aria-invalid', 'true');
  }
  for (const name of free) await expect(of(page, name), name).toHaveValue(turned);
  await expectAccessible(page);
  for (const name of free) await type(page, of(page, name), hostile);
  await type(page, of(page, 'languages'), 'vi');
  await type(page, of(page, 'position'), '1');
  await type(page, of(page, 'delegation'), turned);
  await add(page);
  await expect(of(page, 'delegation')).toHaveAttribute('aria-invalid', 'true');
  await expect(of(page, 'name')).toHaveValue(hostile);
  await type(page, of(page, 'delegation'), hostile);
  await add(page);
  await expect(page.getByRole('table')).toContainText(hostile);
  await expectHarmless(page);
  await expectAccessible(page);
  await page.getByRole('table').getByRole('link').first().click();
  for (const name of free) await expect(of(page, name), name).toHaveValue(hostile);
  await expectHarmless(page);
  await expectAccessible(page);
});

test('two people change one delegate, and a delegate is taken out', async ({ page, pageOf }) => {
  const visit = await visitMade(page);
  await page.goto(`${visit}/delegation/new`);
  await awake(page);
  await type(page, of(page, 'name'), 'Lê Minh');
  await type(page, of(page, 'delegation'), 'Viet Nam');
  await page.getByRole('button', { name: 'Add the delegate' }).dblclick();
  await expect(page.getByText('1 delegate', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Lê Minh' }).click();
  await expect(of(page, 'rank')).toBeVisible();
  const other = await pageOf('chief');
  await other.goto(page.url());
  await awake(other);
  await type(other, field(other, 'delegate', 'rank'), 'Deputy Minister');
  await press(other, other.getByRole('button', { name: 'Save the delegate' }));
  await expect(other.getByRole('row').filter({ hasText: 'Lê Minh' })).toContainText('Deputy Minister');
  await type(page, of(page, 'diet'), 'vegetarian');
  await press(page, page.getByRole('button', { name: 'Save the delegate' }));
  await expect(page.getByText('Somebody else changed this after you opened it')).toBeVisible();
  await expect(page.locator('.newer')).toContainText('Deputy Minister');
  await expect(of(page, 'diet')).toHaveValue('vegetarian');
  await page.goto(`${visit}/delegation`);
  await page.getByRole('link', { name: 'Lê Minh' }).click();
  await press(page, page.locator('#remove summary'));
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Remove the delegate' }));
  await expect(page.getByText('Nobody yet')).toBeVisible();
});
