import { defineConfig } from '@playwright/test';
import type { OfficeOptions } from './fixtures/index.ts';
import journeys from './playwright.config.ts';

/** The pictures of the README: made when they are asked for, and no part of the tests. */
export default defineConfig<OfficeOptions>({
  ...journeys,
  testDir: './screenshots',
  workers: 1,
  projects: [{ name: 'scripts' }],
});
