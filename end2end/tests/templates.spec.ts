import type { Page } from '@playwright/test';
import { fillIn, send } from '../fixtures/forms.ts';
import {
  awake,
  choose,
  expect,
  expectAccessible,
  expectHarmless,
  field,
  follow,
  hostile,
  linesOf,
  press,
  test,
  turned,
  type,
  visitMade,
} from '../fixtures/index.ts';

test.use({ account: 'officer' });

const of = (page: Page, name: string) => field(page, 'task', name);
const add = (page: Page) => press(page, page.getByRole('button', { name: 'Add the task' }));
const row = (page: Page, task: string) => page.getByRole('row').filter({ hasText: task });

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await awake(page);
}

test('a visit starts from the template of its category, its tasks counted back over a weekend', async ({ page }) => {
  test.slow();
  await open(page, '/visits/new');
  const box = field(page, 'visit', 'from_template');
  await expect(box).toBeChecked();
  await page.getByText('What each template brings').click();
  await expect(page.getByText(/^Courtesy call: \d+ lines, \d+ tasks$/)).toBeVisible();
  await expectAccessible(page);
  await choose(page, field(page, 'visit', 'category'), 'Courtesy call');
  await type(page, field(page, 'visit', 'title'), 'Consul General of Japan');
  await type(page, field(page, 'visit', 'starts_on'), '17 March 2027');
  await type(page, field(page, 'visit', 'ends_on'), '17 March 2027');
  await type(page, field(page, 'visit', 'country'), 'Japan');
  await press(page, page.getByRole('button', { name: 'Make the visit' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Consul General of Japan');
  const call = page.getByRole('listitem').filter({ hasText: 'Guest book and photograph' });
  await expect(call).toContainText('10:40');
  await expectAccessible(page);
  await page.getByRole('navigation', { name: 'Visit' }).getByRole('link', { name: 'Tasks' }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  // Five working days before a Wednesday lie over a weekend, three of them too.
  await expect(row(page, 'Write the briefing note')).toContainText('Wed 10 March 2027');
  await expect(row(page, 'Choose the gift')).toContainText('Fri 12 March 2027');
  await expect(page.getByRole('heading', { level: 2, name: 'Ceremonial' })).toBeVisible();
  await expect(page.getByText('An officer of protocol at the door')).toBeVisible();
  await expectAccessible(page);
});

test('the box is taken off, and the visit begins empty; one press takes in what it lacks, once', async ({ page }) => {
  await open(page, '/visits/new');
  await type(page, field(page, 'visit', 'title'), 'Consul General of Peru');
  await type(page, field(page, 'visit', 'starts_on'), '17 March 2027');
  await type(page, field(page, 'visit', 'ends_on'), '16 March 2027');
  await type(page, field(page, 'visit', 'country'), 'Peru');
  await press(page, field(page, 'visit', 'from_template'));
  await press(page, page.getByRole('button', { name: 'Make the visit' }));
  // A refused form keeps the box as it was left.
  await expect(field(page, 'visit', 'ends_on')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'visit', 'from_template')).not.toBeChecked();
  await type(page, field(page, 'visit', 'ends_on'), '18 March 2027');
  await press(page, page.getByRole('button', { name: 'Make the visit' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Consul General of Peru');
  await page.getByRole('navigation', { name: 'Visit' }).getByRole('link', { name: 'Tasks' }).click();
  await expect(page.getByText('No tasks yet')).toBeVisible();
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Take in what the template has' }));
  await expect(page.getByRole('status').filter({ hasText: 'came from the template' })).toBeVisible();
  await expect(row(page, 'Answer the note verbale')).toBeVisible();
  await expectAccessible(page);
  const visit = new URL(page.url()).pathname.replace(/\/tasks$/, '');
  const lines = await linesOf(page, visit);
  expect(lines.length).toBeGreaterThan(3);
  await press(page, page.getByRole('button', { name: 'Take in what the template has' }));
  await expect(page.getByText('Nothing of the template was missing.')).toBeVisible();
  expect((await linesOf(page, visit)).length).toBe(lines.length);
});

test('a task is added, changed, ticked off and taken away by the keyboard', async ({ page }) => {
  test.slow();
  const visit = await visitMade(page);
  await open(page, `${visit}/tasks`);
  await follow(page, page.getByRole('link', { name: 'Add a task' }));
  await expect(page.getByRole('heading', { level: 2, name: 'New task' })).toBeVisible();
  await expectAccessible(page);
  await type(page, of(page, 'words'), 'Order the flags');
  await type(page, of(page, 'due_on'), '1 March 2027');
  await add(page);
  await expect(row(page, 'Order the flags')).toContainText('Mon 1 March 2027');
  await follow(page, page.getByRole('link', { name: 'Order the flags' }));
  await type(page, of(page, 'words'), 'Order both flags');
  await type(page, of(page, 'due_on'), '20 Nov 2026');
  await press(page, page.getByRole('button', { name: 'Save the task' }));
  // It is the 24th of November.
  await expect(row(page, 'Order both flags')).toContainText('overdue by 4 days');
  await expect(page.getByRole('heading', { level: 2, name: '1 open task, 1 overdue' })).toBeVisible();
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Done: Order both flags' }));
  await expect(page.getByRole('heading', { level: 2, name: '1 task is done' })).toBeVisible();
  await expect(row(page, 'Order both flags')).toContainText('Tue 24 November 2026');
  await expectAccessible(page);
  await press(page, page.getByRole('button', { name: 'Not done: Order both flags' }));
  await expect(page.getByRole('heading', { level: 2, name: '1 open task, 1 overdue' })).toBeVisible();
  await follow(page, page.getByRole('link', { name: 'Order both flags' }));
  await press(page, page.getByText('Remove this task …'));
  await press(page, page.getByRole('button', { name: 'Remove the task' }));
  await expect(page.getByText('No tasks yet')).toBeVisible();
});

test('what is wrong with a task is said, what was typed stays, and hostile text stays text', async ({ page }) => {
  const visit = await visitMade(page);
  await open(page, `${visit}/tasks/new`);
  await type(page, of(page, 'words'), turned);
  await type(page, of(page, 'due_on'), 'whenever');
  await add(page);
  await expect(of(page, 'due_on')).toHaveAttribute('aria-invalid', 'true');
  await expect(of(page, 'words')).toHaveValue(turned);
  await expectAccessible(page);
  await type(page, of(page, 'due_on'), '1 March 2027');
  await add(page);
  await expect(of(page, 'words')).toHaveAttribute('aria-invalid', 'true');
  await type(page, of(page, 'words'), hostile);
  await add(page);
  await expect(page.getByRole('table')).toContainText(hostile);
  await expectHarmless(page);
  await expectAccessible(page);
});

test('what is due before long stands on Today', async ({ page }) => {
  const visit = await visitMade(page, { title: 'Minister of Culture' });
  const made = await page.request.post(`/api/v1${visit}/tasks`, { data: { words: 'Call the ministry', due_on: '2026-11-25' } });
  expect(made.status(), await made.text()).toBe(201);
  await open(page, '/');
  const due = page.getByRole('region', { name: 'Tasks due' }).getByRole('listitem').filter({ hasText: 'Call the ministry' });
  await expect(due.first()).toContainText('Minister of Culture');
  await expectAccessible(page);
  await follow(page, due.first().getByRole('link'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Minister of Culture');
});

test('the chief writes the template of a category, and what is wrong stands beside its row', async ({ pageOf }) => {
  test.slow();
  const page = await pageOf('chief');
  await open(page, '/settings');
  await page.getByRole('region', { name: 'Templates' }).getByRole('link', { name: 'Show all' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Templates' })).toBeVisible();
  await expectAccessible(page);
  await follow(page, page.getByRole('link', { name: 'Transit' }));
  await expect(page.getByRole('heading', { level: 1, name: 'Transit' })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('Line 2: minutes').fill('0');
  await page.getByLabel('Task 4: what is to be done').fill('Tell the lounge');
  await send(page);
  await expect(page.locator('.problems:focus')).toBeVisible();
  await expect(page.locator('.problems li')).toHaveCount(2);
  await expect(page.getByLabel('Task 4: what is to be done')).toHaveValue('Tell the lounge');
  await expectAccessible(page);
  await page.getByLabel('Line 2: minutes').fill('70');
  await page.getByLabel('Task 4: days before').fill('2');
  await fillIn(page, { gifts: 'A small gift' });
  await send(page);
  await expect(page.getByRole('row').filter({ hasText: 'Transit' })).toContainText('4');
});

test('holidays are shown by country and year, added, and taken off', async ({ pageOf }) => {
  test.slow();
  const page = await pageOf('chief');
  await open(page, '/settings/holidays?year=2027');
  await expect(page.getByText('Weekend: Saturday, Sunday')).toBeVisible();
  await expect(row(page, 'Juneteenth').first()).toContainText('observed on this day');
  await expectAccessible(page);
  const name = `César Chávez Day ${test.info().project.name}`;
  await fillIn(page, { on: '31 March', name, kind: 'public holiday' });
  await send(page);
  await expect(page.locator('.problems')).toHaveCount(0);
  await expect(row(page, name)).toContainText('Wed 31 March 2027');
  await expectAccessible(page);
  await fillIn(page, { on: '31 March 2027', name });
  await send(page);
  await expect(page.locator('.problems:focus')).toBeVisible();
  await expect(page.locator('form.sheet [name="name"]')).toHaveValue(name);
  await page.getByRole('button', { name: `Take it off: ${name}` }).click();
  await expect(row(page, name)).toHaveCount(0);
  await page.locator('form.filters [name="country"]').selectOption({ label: 'Saudi Arabia' });
  await page.locator('form.filters button').click();
  await expect(page.getByText('Weekend: Friday, Saturday')).toBeVisible();
  await expect(row(page, 'National Day')).toContainText('national day');
});

test('a calendar file is taken in as a whole, or each bad event of it is named', async ({ pageOf }) => {
  const page = await pageOf('chief');
  const takeIn = async (events: string[]) => {
    const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((event) => ['BEGIN:VEVENT', ...event.split('|'), 'END:VEVENT']), 'END:VCALENDAR'];
    const buffer = Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
    await page.locator('input[type="file"]').setInputFiles({ name: 'days.ics', mimeType: 'text/calendar', buffer });
    await send(page);
  };
  await open(page, '/settings/holidays/import');
  await expectAccessible(page);
  const good = `DTSTART;VALUE=DATE:20271126|SUMMARY:Day after Thanksgiving ${test.info().project.name}`;
  await takeIn([good, 'DTSTART:20271126T090000Z|SUMMARY:A meeting', 'DTSTART:20271126|RRULE:FREQ=YEARLY|SUMMARY:Each year']);
  await expect(page.getByRole('heading', { name: 'Nothing was written' })).toBeVisible();
  await expect(page.locator('.problems tbody tr')).toHaveCount(2);
  await expect(page.locator('.problems tbody')).toContainText('Only events of whole days are holidays');
  await expectAccessible(page);
  await takeIn([good]);
  await expect(page.getByRole('status').filter({ hasText: 'The file is taken in' })).toBeVisible();
  await open(page, '/settings/holidays?year=2027');
  await expect(row(page, 'Day after Thanksgiving').first()).toContainText('Fri 26 November 2027');
});
