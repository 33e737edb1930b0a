// Users and what they may do: somebody new is given access, uses it, and loses it while he looks.
import { openPage } from './browser.js';
import { fillIn } from './steps.js';

const PASSWORD = 'correct horse battery';

/** Begins and ends at a running server. */
export async function share(driver, browser, settings, run) {
  const { page } = driver;
  const username = `guest-${run}`;
  // Its console, whichever of its tabs was open a moment ago.
  const server = page.url().replace(/(\/servers\/[^/]+).*/, '$1');
  await createUser(driver, username);
  await page.goto(server);
  await openTab(driver, 'Users');
  await driver.press(page.getByRole('button', { name: 'Give access' }));
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel('User name'), username);
  await driver.check(dialog.getByLabel('Send commands'));
  await driver.press(dialog.getByRole('button', { name: 'Give access' }));
  await page.locator(`[data-user="${username}"]`).waitFor();

  const guest = await openPage(browser, settings);
  await guest.page.goto('/');
  await fillIn({ page: guest.page, type: (target, text) => target.fill(text), press: (target) => target.click() }, { username, password: PASSWORD });
  await guest.page.getByRole('heading', { name: 'Servers', level: 1 }).waitFor();
  await guest.page.goto(server);
  await guest.page.getByLabel('Command', { exact: true }).waitFor();

  await driver.press(page.getByRole('button', { name: `Take the access of ${username} away` }));
  await driver.press(page.getByRole('dialog').getByRole('button', { name: 'Take away' }));
  await page.locator(`[data-user="${username}"]`).waitFor({ state: 'detached' });
  if (!settings.mock) await guest.page.getByText('There is no such server').waitFor();
  await guest.close();
  await deleteUser(driver, username);
  await page.goto(server);
  await page.locator('.xterm-rows').waitFor();
}

async function createUser(driver, username) {
  const { page } = driver;
  await driver.press(page.getByRole('link', { name: 'Users', exact: true }).first());
  await page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
  await driver.press(page.getByRole('button', { name: 'New user' }));
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel('User name'), username);
  await driver.type(dialog.getByLabel('Password'), PASSWORD);
  await driver.press(dialog.getByRole('button', { name: 'Create the user' }));
  await page.locator(`[data-user="${username}"]`).waitFor();
}

async function deleteUser(driver, username) {
  const { page } = driver;
  await page.goto('/admin/users');
  await driver.press(page.getByRole('button', { name: `Delete ${username}` }));
  await driver.press(page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }));
  await page.locator(`[data-user="${username}"]`).waitFor({ state: 'detached' });
}

async function openTab(driver, name) {
  await driver.press(driver.page.getByRole('navigation', { name: 'Sections of this server' }).getByRole('link', { name }));
}
