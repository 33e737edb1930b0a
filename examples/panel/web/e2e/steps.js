// What a user does, in steps; a driver says with which hand.
import { assert, eventually } from './runner.js';

export const INSTALL_MILLIS = Number(process.env.ROOKERY_E2E_INSTALL_MILLIS ?? 120_000);

export async function fillIn(driver, { username, password }) {
  const { page } = driver;
  await driver.type(page.getByLabel('User name'), username);
  await driver.type(page.getByLabel('Password'), password);
  await driver.press(page.getByRole('button', { name: 'Log in' }));
}

export async function logIn(driver, settings) {
  const { page } = driver;
  await page.goto('/');
  await page.getByLabel('User name').waitFor();
  await fillIn(driver, settings);
  await page.getByRole('heading', { name: 'Servers', level: 1 }).waitFor();
}

export async function createNodeAndKey(driver, name) {
  const { page } = driver;
  await driver.press(page.getByRole('link', { name: 'Nodes', exact: true }));
  await page.getByRole('heading', { name: 'Nodes', level: 1 }).waitFor();
  await driver.press(page.getByRole('link', { name: 'New node' }));
  await driver.type(page.getByLabel('Name'), name);
  await driver.type(page.getByLabel('Address'), 'http://127.0.0.1:9');
  await driver.press(page.getByRole('button', { name: 'Create the node' }));
  await page.getByRole('heading', { name, level: 1 }).waitFor();

  await driver.type(page.getByLabel('Ports'), '40000-40002,40010');
  await driver.press(page.getByRole('button', { name: 'Add', exact: true }));
  await page.getByText('127.0.0.1:40010', { exact: true }).waitFor();

  await driver.press(page.getByRole('button', { name: 'Create a one-time key' }));
  const dialog = page.getByRole('dialog');
  const command = await dialog.getByRole('group', { name: 'Command' }).innerText();
  assert(command.includes('configure') && command.includes('papp_'), `not a command to run: ${command}`);
  await driver.press(dialog.getByRole('button', { name: 'I have noted it down' }));
  await dialog.waitFor({ state: 'detached' });
  assert(!(await page.content()).includes('papp_'), 'the key is still on the page');
}

export async function deleteNode(driver, name) {
  const { page } = driver;
  await driver.press(page.getByRole('button', { name: 'Delete', exact: true }));
  const dialog = page.getByRole('dialog');
  await driver.press(dialog.getByRole('button', { name: 'Delete', exact: true }));
  await page.getByRole('heading', { name: 'Nodes', level: 1 }).waitFor();
  await page.locator(`[data-node="${name}"]`).waitFor({ state: 'detached' });
}

export async function openEggs(driver) {
  await driver.press(driver.page.getByRole('link', { name: 'Eggs', exact: true }));
  await driver.page.getByRole('heading', { name: 'Eggs', level: 1 }).waitFor();
}

export async function importBrokenEgg(driver) {
  const { page } = driver;
  await driver.file(page.getByRole('button', { name: 'Choose a file' }), {
    name: 'broken.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"meta": {"version": "PTDL_v2"},'),
  });
  await page.getByText('broken.json was not imported').waitFor();
  assert(await page.getByText('Reference').isVisible(), 'the error shows no reference');
}

export async function importEgg(driver, egg) {
  const { page } = driver;
  await driver.file(page.getByRole('button', { name: 'Choose a file' }), {
    name: 'egg.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(egg)),
  });
  await page.getByText(`${egg.name} was imported`).waitFor();
  await page.locator(`[data-egg="${egg.name}"]`).waitFor();
}

export async function createServer(driver, { name, egg, node }) {
  const { page } = driver;
  await driver.press(page.getByRole('link', { name: 'Servers', exact: true }).first());
  await page.getByRole('heading', { name: 'Servers', level: 1 }).waitFor();
  await driver.press(page.getByRole('link', { name: 'New server' }));
  await page.getByRole('heading', { name: 'New server', level: 1 }).waitFor();

  await driver.press(page.getByRole('button', { name: 'Create the server' }));
  await page.getByText('Choose an egg.').waitFor();

  await driver.type(page.getByLabel('Name', { exact: true }), name);
  const nodes = page.getByLabel('Node');
  if (node) await driver.choose(nodes, node);
  else if ((await nodes.inputValue()) === '') await driver.choose(nodes, await firstUsable(nodes));
  await driver.choose(page.getByLabel('Egg', { exact: true }), egg);
  await page.getByLabel('Start command').waitFor();
  await eventually(async () => (await page.getByLabel('Address').inputValue()) !== '', 'no free address was chosen');
  await driver.press(page.getByRole('button', { name: 'Create the server' }));
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

async function firstUsable(select) {
  const labels = await select.locator('option:not(:disabled)').allInnerTexts();
  const usable = labels.find((label) => !label.includes('('));
  assert(usable, `no reachable node among: ${labels.join(', ')}`);
  return usable;
}

export async function waitForState(page, state, timeoutMillis = 60_000) {
  const badge = page.locator('.page-header [data-state]');
  await eventually(async () => (await badge.getAttribute('data-state')) === state, `the server is not ${state}`, timeoutMillis).catch(
    async (error) => {
      throw new Error(`${error.message}, but ${await badge.getAttribute('data-state')}`);
    },
  );
}

/** The text of the terminal, as it is shown. */
export async function terminalText(page) {
  const text = await page.locator('.xterm-rows').innerText();
  return text.replaceAll('\u00a0', ' ');
}

export async function command(driver, line, expected) {
  const { page } = driver;
  const field = page.getByLabel('Command', { exact: true });
  await eventually(async () => !(await field.getAttribute('readonly')), 'the console takes no commands');
  await driver.type(field, line);
  await page.keyboard.press('Enter');
  await eventually(async () => (await terminalText(page)).includes(expected), `no answer '${expected}' in the console`);
  await page.keyboard.press('ArrowUp');
  assert((await field.inputValue()) === line, 'arrow up does not bring the command back');
  await page.keyboard.press('ArrowDown');
  assert((await field.inputValue()) === '', 'arrow down does not return to the empty line');
}

export async function power(driver, action) {
  await driver.press(driver.page.getByRole('group', { name: 'Power' }).getByRole('button', { name: action, exact: true }));
}

/** Opens the question before a kill, sees that focus stays inside, leaves it with Escape, and gets focus back. */
export async function refuseToKill(driver) {
  const { page } = driver;
  const kill = page.getByRole('group', { name: 'Power' }).getByRole('button', { name: 'Kill', exact: true });
  await driver.press(kill);
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  for (let tabs = 0; tabs < 8; tabs++) {
    await page.keyboard.press('Tab');
    const inside = await dialog.evaluate((element) => element.contains(document.activeElement));
    assert(inside, 'focus leaves the open dialog');
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await eventually(() => kill.evaluate((element) => element === document.activeElement), 'focus does not return to the button');
}

export async function deleteServer(driver, name) {
  const { page } = driver;
  await driver.press(page.getByRole('link', { name: 'Settings', exact: true }));
  await driver.press(page.getByRole('button', { name: 'Delete…' }));
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel(`Type ${name} to confirm`), name);
  await driver.press(dialog.getByRole('button', { name: 'Delete for good' }));
  await page.getByRole('heading', { name: 'Servers', level: 1 }).waitFor();
  await page.locator(`[data-server="${name}"]`).waitFor({ state: 'detached', timeout: 60_000 });
}

export async function deleteEgg(driver, name) {
  const { page } = driver;
  await openEggs(driver);
  await driver.press(page.getByRole('link', { name, exact: true }));
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await driver.press(page.getByRole('button', { name: 'Delete', exact: true }));
  await driver.press(page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }));
  await page.locator(`[data-egg="${name}"]`).waitFor({ state: 'detached' });
}

export async function logOut(driver) {
  const { page } = driver;
  await driver.press(page.getByRole('button', { name: 'Log out' }));
  await page.getByRole('heading', { name: 'Welcome to Rookery' }).waitFor();
}
