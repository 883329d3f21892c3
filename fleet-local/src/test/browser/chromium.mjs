// One headless Chromium, with nothing in it that talks to anybody but the pages under test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Runs `use(page)` in a fresh profile and closes the browser whatever happens. */
export async function withPage(use) {
  const profile = mkdtempSync(join(tmpdir(), 'tributary-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
  });
  try {
    // A machine whose only network is the loopback counts as offline, and hls.js then waits for a connection instead of trying again.
    await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'onLine', { get: () => true }));
    const page = context.pages()[0] ?? await context.newPage();
    const complaints = [];
    page.on('pageerror', error => complaints.push(String(error)));
    return await use(page, complaints);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** Ends the process with one JSON object on standard output. */
export function answer(object) {
  process.stdout.write(JSON.stringify(object) + '\n');
}
