// Help from the console: a game that does not start says why, its node hears it, and the page knows what to do.
import { randomBytes, randomUUID } from 'node:crypto';
import { openPage } from './browser.js';
import { Mouse } from './drivers.js';
import { judge } from './pages.e2e.js';
import { assert, eventually } from './runner.js';
import * as steps from './steps.js';

const OLD = '~rookery/test:1';
const NEW = '~rookery/minetest:5.6';
const PATIENCE_MILLIS = 90_000;
const WIDTHS = [1280, 360];

const EULA = 'You need to agree to the EULA in order to run the server. Go to eula.txt for more info.';
const JAVA = 'java.lang.UnsupportedClassVersionError: Game has been compiled by a more recent version of the Java Runtime';
const DISK = 'state is 0x202 after update job.';

// Its old image is not Debian, its new one is: whether a container is made of the other image is seen from inside.
const GAME = `#!/bin/sh
if ! grep -qx eula=true eula.txt 2>/dev/null; then echo "[main/INFO]: ${EULA}"; exit 0; fi
if ! [ -e /etc/debian_version ]; then echo "Exception in thread main ${JAVA}"; exit 1; fi
echo "Error! App '896660' ${DISK}"
exit 8
`;

function egg(name) {
  return {
    meta: { version: 'PTDL_v2' },
    name,
    uuid: randomUUID(),
    author: 'eggs@rookery.example',
    description: '',
    features: ['eula', 'java_version', 'steam_disk_space'],
    docker_images: { 'Java 8': OLD, 'Java 21': NEW },
    startup: 'exec sh game.sh',
    config: { files: '{}', startup: '{"done": "Done"}', logs: '{}', stop: 'stop' },
    scripts: { installation: { script: `cat >/mnt/server/game.sh <<'GAME'\n${GAME}GAME\n`, container: OLD, entrypoint: 'sh' } },
    variables: [],
  };
}

export async function prompts(runner, browser, settings) {
  const { page, problems, close } = await openPage(browser, settings);
  const driver = new Mouse(page);
  const run = randomBytes(3).toString('hex');
  const name = `Prompts ${run}`;
  const heard = listen(page);
  const says = (title) => page.getByText(title, { exact: true });
  const eula = says('Do you agree to the Minecraft licence?');
  const java = says('Another version of Java is needed');
  const disk = says('Too little disk space');
  const hears = (feature) => eventually(async () => heard.has(feature), `the node did not say ${feature}`);

  await runner.suite('Help from the console', page, [
    ['logs in', () => steps.logIn(driver, settings)],
    ['imports an egg with features', () => steps.openEggs(driver).then(() => steps.importEgg(driver, egg(name)))],
    ['creates a server', () => steps.createServer(driver, { name, egg: name, node: settings.node })],
    ['is asked for the licence, since the node heard the game ask', () => eula.waitFor({ timeout: steps.INSTALL_MILLIS }).then(() => hears('eula'))],
    ['looks at it', () => look(page, 'eula', settings)],
    ['agrees, and the game asks for another Java', () => help(page, java, () => accept(page))],
    ['finds the licence agreed to in the file', () => licence(page, settings)],
    ['looks at that', () => hears('java_version').then(() => look(page, 'java', settings))],
    ['chooses another image, and the game lacks room', () => help(page, disk, () => changeImage(page))],
    ['looks at that, too', () => hears('steam_disk_space').then(() => look(page, 'disk', settings))],
    ['finds the image changed', () => image(page)],
    ['is not told again what it dismissed', () => dismiss(page, disk)],
    ['is told when it happens again', () => steps.power(driver, 'Start').then(() => disk.waitFor({ timeout: PATIENCE_MILLIS }))],
    ['deletes the server', () => steps.deleteServer(driver, name)],
    ['deletes the egg', () => steps.deleteEgg(driver, name)],
    ['nothing went wrong in the page', async () => assert(problems.length === 0, problems.join('\n'))],
  ]);
  await close();
}

/** The features that nodes said a console asks for. */
function listen(page) {
  const heard = new Set();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const frame = JSON.parse(String(payload));
      if (frame.type === 'feature') heard.add(frame.key);
    }),
  );
  return heard;
}

/** A node starts what crashed once more by itself, so help may come just then: it is given until the next thing is said. */
async function help(page, next, give) {
  await eventually(
    async () => {
      if (await next.isVisible()) return true;
      await give();
      return false;
    },
    'what comes next is not said',
    PATIENCE_MILLIS,
  );
}

const QUICK = { timeout: 1_000 };

const accept = (page) => page.getByRole('button', { name: 'I agree, start the server' }).click(QUICK);

async function changeImage(page) {
  await page.getByLabel('Image', { exact: true }).selectOption({ label: 'Java 21' }, QUICK);
  await page.getByRole('button', { name: 'Change and start' }).click(QUICK);
}

const server = (page) => new URL(page.url()).pathname.split('/')[2];

async function licence(page, { mock }) {
  if (mock) return;
  const text = await page.evaluate(async (uuid) => (await fetch(`/api/servers/${uuid}/files/content?path=/eula.txt`)).text(), server(page));
  assert(text === 'eula=true\n', `eula.txt holds '${text}'`);
}

async function image(page) {
  const view = await page.evaluate(async (uuid) => (await fetch(`/api/servers/${uuid}/startup`)).json(), server(page));
  assert(view.image === NEW, `the image is ${view.image}`);
}

async function dismiss(page, prompt) {
  // Not the one of a notice that goes by itself.
  await page.getByRole('main').getByRole('button', { name: 'Dismiss' }).click();
  await prompt.waitFor({ state: 'detached' });
}

async function look(page, name, { mock }) {
  if (!mock) await eventually(async () => (await steps.terminalText(page)).includes('Aborting automatic restart'), 'the node does not give up', PATIENCE_MILLIS);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 860 });
    await judge(page, `prompt-${name}-${width}`);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 860 });
}
