// Accounts of Cloudflare, settings and history of the proxy. Whoever has no proxy is told so, and nothing else is tried.
import { chooseCard } from './domains.js';
import { assert, eventually } from './runner.js';

const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353';
const TOKEN = 'not-a-real-token-but-long-enough-0123';

/** Goes to a part of the proxy; says whether there is one. */
async function openProxy(driver, part) {
  const { page } = driver;
  await driver.press(page.getByRole('link', { name: 'Proxy', exact: true }));
  const sections = page.getByRole('navigation', { name: 'Sections of the proxy' });
  const off = page.getByText('This panel runs without a proxy');
  await off.or(sections).first().waitFor();
  if (await off.isVisible()) return false;
  await driver.press(sections.getByRole('link', { name: part }));
  return true;
}

/** Adds an account with a pasted token, looks at its plan, starts and stops its connector, and removes it. Asks the real Cloudflare, unless it is a fake. */
export async function cloudflare(driver, run, settings) {
  if (!settings.mock && !process.env.ROOKERY_E2E_CLOUDFLARE) return;
  const { page } = driver;
  if (!(await openProxy(driver, 'Cloudflare'))) return;
  const id = `flight-${run}`;
  await driver.press(page.getByRole('button', { name: 'Add an account' }).first());
  const dialog = page.getByRole('dialog');
  await driver.press(dialog.getByRole('button', { name: 'Add it' }));
  await dialog.getByText('32 digits and letters a to f').waitFor();
  await driver.type(dialog.getByLabel('Name', { exact: true }), id);
  await driver.type(dialog.getByLabel('Account ID'), ACCOUNT);
  await driver.type(dialog.getByLabel('API token'), TOKEN);
  await chooseCard(driver, dialog.getByRole('group', { name: 'What may happen to DNS records' }), 'Only report');
  await driver.press(dialog.getByRole('button', { name: 'Add it' }));
  const card = page.locator(`[data-binding="${id}"]`);
  await card.waitFor({ timeout: 60_000 });
  assert(!(await page.content()).includes(TOKEN), 'the token is still on the page');
  await eventually(async () => (await card.getAttribute('data-state')) === 'DONE', 'the account is not in order', 60_000);

  await driver.press(card.getByRole('button', { name: 'Plan', exact: true }));
  await dialog.getByRole('heading', { name: 'DNS records' }).waitFor();
  await page.keyboard.press('Escape');
  await driver.press(card.getByRole('button', { name: 'Start', exact: true }));
  await card.locator('[data-connector="ready"]').waitFor();
  await driver.press(card.getByRole('button', { name: 'Stop', exact: true }));
  await driver.press(dialog.getByRole('button', { name: 'Stop', exact: true }));
  await card.locator('[data-connector="stopped"]').waitFor();

  await driver.press(card.getByRole('button', { name: `Remove ${id}` }));
  await driver.type(dialog.getByLabel(`Type ${id} to confirm`), id);
  await driver.press(dialog.getByRole('button', { name: 'Remove', exact: true }));
  await card.waitFor({ state: 'detached', timeout: 60_000 });
}

/** Changes a setting, after asking what that would do, finds it in the history and goes back. */
export async function settingsAndHistory(driver) {
  const { page } = driver;
  if (!(await openProxy(driver, 'Plugins'))) return;
  const grace = page.getByLabel('Grace period');
  await grace.waitFor();
  const before = await grace.inputValue();
  await driver.type(grace, 'soon');
  await driver.press(page.getByRole('button', { name: 'Check', exact: true }));
  await page.getByText('soon').first().waitFor();
  await driver.type(grace, '17s');
  await driver.press(page.getByRole('button', { name: 'Check', exact: true }));
  await page.locator('.plan[data-possible="true"]').waitFor({ timeout: 60_000 });
  await driver.press(page.getByRole('button', { name: 'Save', exact: true }));
  await page.locator('[data-outcome="APPLIED"]').first().waitFor({ timeout: 60_000 });

  await driver.press(page.getByRole('navigation', { name: 'Sections of the proxy' }).getByRole('link', { name: 'History' }));
  const panel = page.locator('.revision-panel');
  await panel.locator('[data-place="/settings/gracePeriod"]').waitFor();
  await driver.press(page.locator('.revision__link').nth(1));
  await driver.press(panel.getByRole('button', { name: /^Roll back/ }));
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-place="/settings/gracePeriod"]').waitFor({ timeout: 60_000 });
  await driver.press(dialog.getByRole('button', { name: 'Roll back', exact: true }));
  await page.locator('.report[data-outcome="APPLIED"]').waitFor({ timeout: 60_000 });

  await driver.press(page.getByRole('navigation', { name: 'Sections of the proxy' }).getByRole('link', { name: 'Plugins' }));
  await eventually(async () => (await grace.inputValue()) === before, 'the setting is not what it was');
}

/** What there is to look at. */
export const CLOUDFLARE_VIEWS = [
  ['proxy-plugins', (page) => page.goto('/admin/proxy/plugins')],
  ['proxy-plugins-checked', (page) => press(page, 'Check')],
  ['proxy-cloudflare', (page) => page.goto('/admin/proxy/cloudflare')],
  ['proxy-cloudflare-plan', (page) => press(page, 'Plan')],
  ['proxy-cloudflare-edit', (page) => again(page, '/admin/proxy/cloudflare', 'Edit')],
  ['proxy-cloudflare-new', (page) => again(page, '/admin/proxy/cloudflare', 'Add an account')],
  ['proxy-certificates', (page) => page.goto('/admin/proxy/certificates')],
  ['proxy-history', (page) => page.goto('/admin/proxy/history')],
  ['proxy-history-text', (page) => text(page)],
  ['proxy-rollback', (page) => again(page, '/admin/proxy/history?revision=1', 'Roll back to this…')],
];

async function press(page, name) {
  const button = page.getByRole('button', { name, exact: true }).first();
  await button.waitFor({ timeout: 5_000 }).catch(() => {});
  if (await button.count()) await button.click();
}

async function again(page, path, name) {
  await page.goto(path);
  await press(page, name);
}

async function text(page) {
  const view = page.locator('label', { hasText: /^As text$/ });
  if (await view.count()) await view.click();
}
