import { defineConfig } from '@playwright/test';
import type { OfficeOptions } from './fixtures/index.ts';
import { browserZone } from './fixtures/clock.ts';

/** Every journey runs with scripts and without; each worker has a demo office of its own. */
export default defineConfig<OfficeOptions>({
  testDir: './tests',
  fullyParallel: false,
  workers: 2,
  forbidOnly: !!process.env.CI,
  // A journey that sometimes fails is wrong, or Chancery is.
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  outputDir: './test-results',
  use: {
    browserName: 'chromium',
    // Not the office's zone (America/Los_Angeles): a time shown in the browser's own zone is a mistake, and here it shows.
    timezoneId: browserZone,
    locale: 'en-GB',
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures of every step cost more than the steps do; `--trace retain-on-failure` takes them.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHANCERY_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'scripts', grepInvert: /@no-scripts-only/ },
    { name: 'no-scripts', grepInvert: /@scripts-only/, use: { javaScriptEnabled: false } },
  ],
});
