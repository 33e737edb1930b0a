// The sample game server of ./quickstart --demo: a real game in the browser. Leaves it running, as it was.
import { openPage } from './browser.js';
import { Mouse } from './drivers.js';
import { assert, eventually } from './runner.js';
import * as steps from './steps.js';

export async function demo(runner, browser, settings, name) {
  const { page, problems, close } = await openPage(browser, settings);
  const driver = new Mouse(page);
  const shows = (text) => eventually(async () => (await steps.terminalText(page)).includes(text), `the console does not show '${text}'`);

  await runner.suite(`The sample server ${name}`, page, [
    ['logs in', () => steps.logIn(driver, settings)],
    ['opens the server', () => open(driver, name)],
    ['finds it running', () => steps.waitForState(page, 'running', steps.INSTALL_MILLIS)],
    ["reads the game's own words", () => shows('ACTION[Main]: World at [world]')],
    ['types a command and the game answers', () => steps.command(driver, '/status', '# Server: version: 5.6')],
    ['stops it', () => steps.power(driver, 'Stop')],
    ['sees it end by itself', () => shows('Server: Shutting down').then(() => steps.waitForState(page, 'offline'))],
    ['starts it again', () => steps.power(driver, 'Start')],
    ['sees it running', () => steps.waitForState(page, 'running')],
    ['nothing went wrong in the page', async () => assert(problems.length === 0, problems.join('\n'))],
  ]);
  await close();
}

async function open({ page }, name) {
  await page.locator(`[data-server="${name}"]`).getByRole('link').click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}
