// A schedule: set up, looked at, run by hand, its history read, removed again. Begins and ends at the console of a running server.
import { eventually } from './runner.js';

export async function schedule(driver, run) {
  const { page } = driver;
  const server = page.url();
  const name = `Nightly ${run}`;
  await tab(driver, 'Schedules');
  await driver.press(page.getByRole('button', { name: 'New schedule' }));
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel('Name'), name);
  await driver.choose(dialog.getByLabel('Examples'), 'At 04:00, Monday to Friday');
  await driver.choose(dialog.getByLabel('Time zone'), 'Africa/Cairo');
  await eventually(async () => (await dialog.locator('.schedule-preview li').count()) === 5, 'the next runs are not shown');
  await driver.type(dialog.getByLabel('Command'), `say scheduled-${run}`);
  await driver.press(dialog.getByRole('button', { name: 'Save' }));
  const card = page.locator(`[data-schedule="${name}"]`);
  await card.getByText('At 04:00, Monday to Friday').waitFor();

  await driver.press(card.getByRole('button', { name: 'Run now' }));
  await driver.press(card.getByRole('button', { name: 'History' }));
  await page.locator('[data-outcome="succeeded"]').getByText(`say scheduled-${run}`).waitFor();
  await page.keyboard.press('Escape');
  await driver.press(card.getByRole('button', { name: 'Disable' }));
  await card.getByText('Disabled', { exact: true }).waitFor();

  await driver.press(card.getByRole('button', { name: `Delete ${name}` }));
  await driver.press(dialog.getByRole('button', { name: 'Delete', exact: true }));
  await card.waitFor({ state: 'detached' });
  await page.goto(server);
  await page.locator('.xterm-rows').waitFor();
}

export async function tab(driver, name) {
  await driver.press(driver.page.getByRole('navigation', { name: 'Sections of this server' }).getByRole('link', { name }));
}
