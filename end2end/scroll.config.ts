import { defineConfig } from '@playwright/test';
import journeys from './playwright.config.ts';

/** How smoothly a long board is scrolled: measured when it is asked for, and no part of the tests. */
export default defineConfig({
  ...journeys,
  testDir: './measurements',
  workers: 1,
  // A million bookings are made first.
  timeout: 900_000,
  projects: [{ name: 'scripts' }],
});
