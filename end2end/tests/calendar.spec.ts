import {
  awake,
  choose,
  expect,
  expectAccessible,
  expectHarmless,
  follow,
  hostile,
  lineMade,
  press,
  tabTo,
  test,
  type,
  visitMade,
} from '../fixtures/index.ts';
import type { Page } from '@playwright/test';

test.use({ account: 'officer' });

/** A day of a week or month. */
const day = (page: Page, name: string) => page.locator('table.month td').filter({ has: page.getByRole('link', { name: new RegExp(`^The day .*${name}$`) }) });

/** A line in the list of a day. */
const line = (page: Page, title: string) => page.locator('table.list tbody tr').filter({ hasText: title });

/** A field by which the calendar is narrowed. */
const asks = (page: Page, name: string) => page.locator(`form.filters [name="${name}"]`);

const filter = async (page: Page) => press(page, page.locator('form.filters').getByRole('button'));

test('a visit and its lines are found by month, week, day and as an agenda', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page, { title: 'Minister of Lighthouses', starts_on: '2027-06-15', ends_on: '2027-06-17' });
  await lineMade(page, visit, '2027-06-15T09:00', '2027-06-15T10:00', { title: 'Call at the lighthouse' });
  await lineMade(page, visit, '2027-06-15T11:00', '2027-06-15T12:00', { title: `Signing ${hostile}` });
  for (const hour of [13, 14, 15]) {
    await lineMade(page, visit, `2027-06-15T${hour}:00`, `2027-06-15T${hour}:30`, { title: `Talk ${hour}` });
  }
  await lineMade(page, visit, '2027-06-16T22:00', '2027-06-17T01:00', { title: 'Night crossing', state: 'wished' });

  await page.goto('/');
  await awake(page);
  await follow(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Calendar', exact: true }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calendar');
  await awake(page);
  await page.goto('/calendar?on=2027-05-31');
  await awake(page);
  await expect(page.getByRole('heading', { name: 'May 2027' })).toBeVisible();
  await follow(page, page.getByRole('link', { name: 'Later' }));
  await expect(page.getByRole('heading', { name: 'June 2027' })).toBeVisible();
  await expect(day(page, '15 June 2027')).toContainText('Minister of Lighthouses');
  await expect(day(page, '15 June 2027')).toContainText('09:00 Call at the lighthouse');
  await expect(day(page, '15 June 2027')).toContainText('1 more');
  await expect(day(page, '17 June 2027')).toContainText('Night crossing');
  await expect(day(page, '18 June 2027')).not.toContainText('Minister of Lighthouses');
  await expectHarmless(page);
  await awake(page);
  await expectAccessible(page);

  await follow(page, page.getByRole('link', { name: 'Week', exact: true }));
  await expect(page.getByRole('link', { name: 'Week', exact: true })).toHaveAttribute('aria-current', 'page');
  await page.goto('/calendar?show=week&on=2027-06-15');
  await awake(page);
  await expect(day(page, '15 June 2027')).toContainText('Talk 15');
  await expectAccessible(page);

  await follow(page, day(page, '16 June 2027').getByRole('link', { name: /^The day/ }));
  await expect(line(page, 'Night crossing')).toContainText('22:00');
  await expect(line(page, 'Night crossing')).toContainText('wished');
  await expect(page.locator('main')).toContainText('day 2 of 3');
  await awake(page);
  await expectAccessible(page);

  await page.goto('/calendar?show=agenda&on=2027-06-10');
  await awake(page);
  await type(page, asks(page, 'zone'), 'Asia/Tokyo');
  await filter(page);
  await expect(line(page, 'Call at the lighthouse')).toContainText('01:00 +1');
  await expect(page.getByRole('heading', { name: 'Tuesday 15 June' })).toBeVisible();
  await awake(page);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  // What takes the focus is not under the menu at the foot (WCAG 2.2, 2.4.11).
  const link = line(page, 'Call at the lighthouse').getByRole('link');
  await tabTo(page, link);
  const [focused, foot] = [await link.boundingBox(), await page.locator('.rail').boundingBox()];
  expect((focused?.y ?? 0) + (focused?.height ?? 0)).toBeLessThanOrEqual(foot?.y ?? 0);
  await follow(page, link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Minister of Lighthouses');
});

test('what is shown is narrowed, and a zone that is none is told', async ({ page }) => {
  const visit = await visitMade(page, { title: 'Minister of Harbours', category: 'working', starts_on: '2027-07-06', ends_on: '2027-07-07' });
  await lineMade(page, visit, '2027-07-06T09:00', '2027-07-06T10:00', { title: 'Call at the quay' });
  await page.goto('/calendar?show=day&on=2027-07-06');
  await awake(page);
  await choose(page, asks(page, 'category'), 'Summit');
  await filter(page);
  await expect(page.getByText('Nothing of that kind is planned')).toBeVisible();
  await awake(page);
  await follow(page, page.getByRole('link', { name: 'Show all' }));
  await expect(line(page, 'Call at the quay')).toBeVisible();
  await awake(page);
  await type(page, asks(page, 'zone'), 'Mars/Olympus');
  await filter(page);
  await expect(page.getByText('There is no such time zone')).toBeVisible();
  await expect(asks(page, 'zone')).toHaveValue('Mars/Olympus');
  await expect(line(page, 'Call at the quay')).toBeVisible();
});

test('who is not on the list of a visit finds what was told to the office, and no more', async ({ page, pageOf }) => {
  const visit = await visitMade(page, { title: 'Minister of Canals', starts_on: '2027-08-03', ends_on: '2027-08-04' });
  await lineMade(page, visit, '2027-08-03T09:00', '2027-08-03T10:00', { title: 'Call at the lock' });
  await page.goto('/calendar?show=agenda&on=2027-08-01');
  await expect(line(page, 'Call at the lock')).toBeVisible();
  const staff = await pageOf('staff');
  await staff.goto('/calendar?show=agenda&on=2027-08-01');
  await awake(staff);
  await expect(staff.getByRole('heading', { level: 1 })).toHaveText('Calendar');
  await expect(staff.locator('main')).not.toContainText('Minister of Canals');
  await expect(staff.locator('main')).not.toContainText('Call at the lock');
});
