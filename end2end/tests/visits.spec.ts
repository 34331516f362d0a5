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

const of = (page: Page, name: string) => field(page, 'visit', name);
const save = (page: Page, name = 'Make the visit') => press(page, page.getByRole('button', { name }));

test('a visit is made by the keyboard, its days as one says them', async ({ page }) => {
  await page.goto('/visits');
  await awake(page);
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'New visit' }).first());
  await expect(page).toHaveURL(/\/visits\/new$/);
  await expectAccessible(page);
  await choose(page, of(page, 'category'), 'Official working visit');
  await choose(page, of(page, 'state'), 'Confirmed');
  await type(page, of(page, 'title'), 'Foreign Minister of Viet Nam');
  await type(page, of(page, 'starts_on'), '16 Mar');
  await type(page, of(page, 'ends_on'), '18 Mar');
  await type(page, of(page, 'country'), 'Viet Nam');
  await choose(page, of(page, 'host_id'), 'Elena Marchetti-Ruiz');
  await save(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Foreign Minister of Viet Nam');
  await expect(page.getByText('Tue 16 – Thu 18 March 2027')).toBeVisible();
  // The capital's clocks are those of the country's mission.
  await expect(page.getByText('Hà Nội').first()).toBeVisible();
  await expect(page.getByText('Elena Marchetti-Ruiz').first()).toBeVisible();
  await expectAccessible(page);
});

test('what is wrong with a visit is said beside the field, and what was typed stays', async ({ page }) => {
  await page.goto('/visits/new');
  await awake(page);
  await type(page, of(page, 'title'), 'A visit that ends before it begins');
  await type(page, of(page, 'starts_on'), '18 March 2027');
  await type(page, of(page, 'ends_on'), '16 March 2027');
  await type(page, of(page, 'country'), 'Viet Nam');
  await type(page, of(page, 'zone'), 'Mars/Olympus');
  await save(page);
  await expect(page.getByRole('alert').first()).toContainText('problem');
  await expect(page.locator('.problems')).toBeFocused();
  await expect(of(page, 'ends_on')).toHaveAttribute('aria-invalid', 'true');
  await expect(of(page, 'zone')).toHaveAttribute('aria-invalid', 'true');
  await expect(of(page, 'title')).toHaveValue('A visit that ends before it begins');
  await expect(of(page, 'ends_on')).toHaveValue('16 March 2027');
  await expectAccessible(page);
  await type(page, of(page, 'ends_on'), '20 March 2027');
  await type(page, of(page, 'zone'), 'America/Los_Angeles');
  await save(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A visit that ends before it begins');
});

test('hostile text in a visit’s fields stays text', async ({ page }) => {
  test.slow();
  const free = ['title', 'place', 'capital', 'remarks', 'cover'];
  await page.goto('/visits/new');
  await awake(page);
  await type(page, of(page, 'starts_on'), '16 March 2027');
  await type(page, of(page, 'ends_on'), '17 March 2027');
  await type(page, of(page, 'country'), 'Viet Nam');
  for (const name of free) await type(page, of(page, name), turned);
  await save(page);
  for (const name of free) {
    await expect(of(page, name), name).toHaveAttribute('aria-invalid', 'true');
    await expect(of(page, name), name).toHaveValue(turned);
  }
  await expectAccessible(page);
  for (const name of free) await type(page, of(page, name), hostile);
  await save(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostile);
  await expectHarmless(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Change the visit' }).click();
  for (const name of ['title', 'place', 'capital', 'remarks']) await expect(of(page, name), name).toHaveValue(hostile);
  await expectHarmless(page);
});

test('two people change one visit: the second is told, and nothing is lost', async ({ page, pageOf }) => {
  const visit = await visitMade(page, { title: 'Minister of Trade' });
  await page.goto(`${visit}/edit`);
  await awake(page);
  const other = await pageOf('chief');
  await other.goto(`${visit}/edit`);
  await awake(other);
  await type(other, field(other, 'visit', 'remarks'), 'Comes by train');
  await save(other, 'Save the visit');
  await expect(other.getByText('Comes by train')).toBeVisible();
  await type(page, of(page, 'remarks'), 'Comes by ship');
  await save(page, 'Save the visit');
  await expect(page.getByText('Somebody else changed this after you opened it')).toBeVisible();
  await expect(page.locator('.newer')).toContainText('Comes by train');
  await expect(of(page, 'remarks')).toHaveValue('Comes by ship');
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Save mine over it' }));
  await expect(page.getByText('Comes by ship')).toBeVisible();
});

test('a second press of the button makes no second visit', async ({ page }) => {
  const title = `Pressed twice ${test.info().project.name}`;
  await page.goto('/visits/new');
  await awake(page);
  await type(page, of(page, 'title'), title);
  await type(page, of(page, 'starts_on'), '16 March 2027');
  await type(page, of(page, 'ends_on'), '17 March 2027');
  await type(page, of(page, 'country'), 'Viet Nam');
  await page.getByRole('button', { name: 'Make the visit' }).dblclick();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await page.goto(`/visits?text=${encodeURIComponent(title)}`);
  await expect(page.locator('tbody tr')).toHaveCount(1);
});

test('somebody is put on a visit’s list and taken off', async ({ page, pageOf, complaints }) => {
  complaints.allow(/status of 404/);
  const visit = await visitMade(page, { title: 'Seen by few' });
  const other = await pageOf('officer2');
  await other.goto(visit);
  await expect(other.getByRole('heading', { level: 1 })).not.toHaveText('Seen by few');
  await page.goto(`${visit}/access`);
  await awake(page);
  await expectAccessible(page);
  const account = field(page, 'grant-access', 'account_id');
  const name = await account.locator('option').nth(1).textContent();
  await choose(page, account, name ?? '');
  await press(page, page.getByRole('button', { name: 'Put on the list' }));
  await expect(field(page, 'grant-access', 'reason')).toHaveAttribute('aria-invalid', 'true');
  await type(page, field(page, 'grant-access', 'reason'), hostile);
  await press(page, page.getByRole('button', { name: 'Put on the list' }));
  const row = page.getByRole('row').filter({ hasText: name ?? '' });
  await expect(row).toBeVisible();
  await expectHarmless(page);
  await press(page, row.getByRole('button'));
  await expect(row).toHaveCount(0);
});
