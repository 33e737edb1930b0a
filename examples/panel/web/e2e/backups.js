// Backups: made, locked, restored, deleted; on a node that makes none, the page says so. Begins and ends at the console of a running server.
import { tab } from './schedules.js';
import * as steps from './steps.js';

const LATER_MILLIS = 60_000;

export async function backups(driver, run) {
  const { page } = driver;
  const server = page.url();
  const name = `Kept ${run}`;
  await tab(driver, 'Backups');
  const add = page.getByRole('button', { name: 'New backup' });
  const none = page.getByText('No backups on this node');
  await add.or(none).waitFor();
  if (await none.isVisible()) {
    await page.goto(server);
    await page.locator('.xterm-rows').waitFor();
    return;
  }
  await driver.press(add);
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel('Name'), name);
  await driver.type(dialog.getByLabel('Leave out'), '*.log');
  await driver.check(dialog.getByLabel('Lock it'));
  await driver.press(dialog.getByRole('button', { name: 'Make it' }));
  const card = page.locator(`[data-backup="${name}"]`);
  await card.getByText('Complete', { exact: true }).waitFor({ timeout: LATER_MILLIS });

  await driver.press(card.getByRole('button', { name: 'Restore' }));
  await driver.check(dialog.getByLabel('Delete all present files first'));
  await dialog.getByText('All other files of the server are deleted first').waitFor();
  await driver.press(dialog.getByRole('button', { name: 'Restore' }));
  await page.locator(`[data-backup="${name}"][data-state="complete"]`).getByRole('button', { name: 'Unlock' }).waitFor({ timeout: LATER_MILLIS });
  await driver.press(card.getByRole('button', { name: 'Unlock' }));
  await driver.press(card.getByRole('button', { name: `Delete ${name}` }));
  await driver.press(dialog.getByRole('button', { name: 'Delete', exact: true }));
  await card.waitFor({ state: 'detached', timeout: LATER_MILLIS });
  // To be restored it was stopped.
  await steps.power(driver, 'Start');
  await steps.waitForState(page, 'running');
  await page.goto(server);
  await page.locator('.xterm-rows').waitFor();
}
