// The whole flight: log in, enrol, import, create, watch the installation, use the console, stop, delete.
import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPage } from './browser.js';
import { Keyboard, Mouse } from './drivers.js';
import { assert } from './runner.js';
import { backups } from './backups.js';
import { cloudflare, settingsAndHistory } from './cloudflare.js';
import { domains } from './domains.js';
import { fileSteps } from './files.js';
import * as hosting from './hosting.js';
import * as people from './people.js';
import { schedule } from './schedules.js';
import * as steps from './steps.js';

const EGGS = process.env.ROOKERY_E2E_EGGS ?? fileURLToPath(new URL('../../src/main/resources/eggs/', import.meta.url));

export async function flow(runner, browser, settings, hand) {
  const { page, problems, close } = await openPage(browser, settings);
  const driver = hand === 'keyboard' ? new Keyboard(page) : new Mouse(page);
  const run = randomBytes(3).toString('hex');
  const egg = { ...JSON.parse(await readFile(join(EGGS, 'echo.json'), 'utf8')), name: `Flight egg ${run}`, uuid: randomUUID() };
  const name = `Flight ${run}`;
  const node = `spare-${run}`;

  await runner.suite(`The whole flight with the ${hand}`, page, [
    ['a wrong password is refused', () => wrongPassword(driver, settings)],
    ['logs in', () => steps.logIn(driver, settings)],
    ['logs in again when the session has ended, and is back where it wanted to go', () => sessionEnds(driver, settings)],
    ['is shown a page whose code did not arrive at first', () => secondAttempt(driver)],
    ['creates a node, addresses and a one-time key', () => steps.createNodeAndKey(driver, node)],
    ['deletes the node', () => steps.deleteNode(driver, node)],
    ['goes to the eggs', () => steps.openEggs(driver)],
    ['shows what is wrong with a broken egg', () => steps.importBrokenEgg(driver)],
    ['imports an egg', () => steps.importEgg(driver, egg)],
    ['creates a server', () => steps.createServer(driver, { name, egg: egg.name, node: settings.node })],
    ['sees it installed and running', () => steps.waitForState(page, 'running', steps.INSTALL_MILLIS)],
    ['types a command and reads the answer', () => steps.command(driver, `say flight-${run}`, `You say: flight-${run}`)],
    ['asks before it kills, and can be refused', () => steps.refuseToKill(driver)],
    ['comes back to the console with its history after a reload', () => reload(page, run)],
    ['changes a variable, with what its rules say', () => hosting.changeVariable(driver)],
    ...fileSteps(driver, settings),
    ['sets up a schedule, runs it and reads its history', () => schedule(driver, run)],
    ['makes a backup and brings it back, or hears that the node makes none', () => backups(driver, run)],
    ['gives a port a domain and follows it, or hears that there is no proxy', () => domains(driver, run)],
    ['gives somebody access, and takes it away again', () => people.share(driver, browser, settings, run)],
    ['stops the server', () => stop(driver)],
    ['deletes the server', () => steps.deleteServer(driver, name)],
    ['adds an account of Cloudflare, looks at its plan, and removes it', () => cloudflare(driver, run, settings)],
    ['changes a setting of the proxy, and goes back in its history', () => settingsAndHistory(driver)],
    ['deletes the egg', () => steps.deleteEgg(driver, egg.name)],
    ['logs out', () => steps.logOut(driver)],
    ['nothing went wrong in the page', async () => assert(problems.length === 0, problems.join('\n'))],
  ]);
  await close();
}

/** The network fails just when the code of a page is fetched, as it does on the way from one network to another. */
async function secondAttempt({ page }) {
  let failures = 0;
  await page.route(
    '**/assets/AccountPage-*.js',
    (route) => {
      failures++;
      return route.abort('internetdisconnected');
    },
    { times: 1 },
  );
  await page.goto('/account');
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert(failures === 1, `the code failed to arrive ${failures} times`);
}

async function wrongPassword(driver, { username }) {
  const { page } = driver;
  await page.goto('/');
  await driver.type(page.getByLabel('User name'), username);
  await driver.type(page.getByLabel('Password'), 'not the password');
  await driver.press(page.getByRole('button', { name: 'Log in' }));
  await page.getByText('The user name or the password is wrong.').waitFor();
}

async function sessionEnds(driver, settings) {
  const { page } = driver;
  await page.context().clearCookies();
  await driver.press(page.getByRole('link', { name: 'Eggs', exact: true }));
  await page.getByText('Your session has ended').waitFor();
  await steps.fillIn(driver, settings);
  await page.getByRole('heading', { name: 'Eggs', level: 1 }).waitFor();
}

async function reload(page, run) {
  await page.reload();
  await page.locator('.xterm-rows').filter({ hasText: `flight-${run}` }).waitFor();
}

async function stop(driver) {
  await steps.power(driver, 'Stop');
  await steps.waitForState(driver.page, 'offline');
}
