// A name for a port of a server: refused where it cannot be, added, followed through its stages, removed again. Begins and ends at the console.
import { eventually } from './runner.js';
import { tab } from './schedules.js';

export async function domains(driver, run) {
  const { page } = driver;
  const server = page.url();
  const name = `flight-${run}.example.net`;
  await tab(driver, 'Domains');
  const off = page.getByText('This panel has no proxy');
  const add = page.getByRole('button', { name: 'New domain' });
  await off.or(add).waitFor();
  if (await add.isVisible()) {
    await driver.press(add);
    const dialog = page.getByRole('dialog');
    const offered = dialog.getByLabel('Domain', { exact: true });
    if (await offered.count()) await driver.choose(offered, 'Another name');
    await driver.type(dialog.getByLabel('Name', { exact: true }), 'no name');
    await driver.press(dialog.getByRole('button', { name: 'Add the domain' }));
    await dialog.getByText('Only the name').waitFor();
    await driver.type(dialog.getByLabel('Name', { exact: true }), name);
    await chooseCard(driver, dialog.getByRole('group', { name: 'How it is reached' }), 'HTTP only');
    await dialog.getByText(`http://${name}`).waitFor();
    await driver.press(dialog.getByRole('button', { name: 'Add the domain' }));
    const card = page.locator(`[data-domain="${name}"]`);
    await card.waitFor({ timeout: 60_000 });
    for (const step of ['saved', 'engine']) {
      await eventually(async () => (await card.locator(`[data-step="${step}"]`).getAttribute('data-state')) === 'DONE', `the step ${step} is not done`, 60_000);
    }

    await driver.press(card.getByRole('button', { name: `Remove ${name}` }));
    await driver.press(dialog.getByRole('button', { name: 'Remove', exact: true }));
    await card.waitFor({ state: 'detached', timeout: 60_000 });
  }
  await page.goto(server);
  await page.locator('.xterm-rows').waitFor();
}

/** One of a few radio buttons, of which Tab reaches only the chosen one. */
export async function chooseCard(driver, group, name) {
  const wanted = group.getByRole('radio', { name });
  if (driver.name === 'mouse') {
    await group.locator('label', { hasText: name }).click();
    return;
  }
  await driver.reach(group.getByRole('radio', { checked: true }));
  for (let tries = 0; tries < 10 && !(await wanted.isChecked()); tries++) await driver.page.keyboard.press('ArrowDown');
  await eventually(() => wanted.isChecked(), `'${name}' is not chosen`);
}

/** What there is to look at on the page of a server. */
export const DOMAIN_VIEWS = [
  ['domains', (page) => tab({ press: (link) => link.click(), page }, 'Domains')],
  ['domain-new', (page) => open(page, 'New domain')],
  ['domain-new-errors', (page) => open(page, 'Add the domain')],
];

async function open(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  if (await button.count()) await button.first().click();
}
