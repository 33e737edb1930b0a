// Starts the system's Chromium and hands out pages; nothing is downloaded, and each context has an empty profile.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
  });
}

/** A page in English that fails the test on errors nobody handled. Returns it with the list of what went wrong. */
export async function openPage(browser, { baseUrl, width = 1280, height = 860, colorScheme = 'light', touch = false } = {}) {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: { width, height },
    colorScheme,
    hasTouch: touch,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  againAfterNetworkChange(page);
  // A listener of its own keeps the browser from ever opening its file dialog, however fast a test is.
  page.on('filechooser', () => {});
  const problems = [];
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    // The browser itself reports every failed request; those are asserted on where they matter.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text());
  });
  return { page, problems, close: () => context.close() };
}

/** Chromium gives up what it loads when the machine gets or loses a network, as it does with containers: such a page is asked for once more. */
function againAfterNetworkChange(page) {
  const goto = page.goto.bind(page);
  const changed = (text) => text?.includes('ERR_NETWORK_CHANGED') ?? false;
  let incomplete = false;
  page.on('requestfailed', (request) => {
    if (['script', 'stylesheet'].includes(request.resourceType()) && changed(request.failure()?.errorText)) incomplete = true;
  });
  page.goto = async (...target) => {
    incomplete = false;
    try {
      const response = await goto(...target);
      if (!incomplete) return response;
    } catch (error) {
      if (!changed(error?.message)) throw error;
      // The page that says so would interrupt the next attempt.
      await page.waitForURL(/^chrome-error:/);
    }
    console.log(`  the network changed while ${target[0]} was loaded: once more`);
    return goto(...target);
  };
}
