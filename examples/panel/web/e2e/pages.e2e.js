// Looks at every page in three shapes: takes a picture, lets axe-core judge it, and sees that nothing runs out at the side.
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openPage } from './browser.js';
import { CLOUDFLARE_VIEWS } from './cloudflare.js';
import { DOMAIN_VIEWS } from './domains.js';
import { Mouse } from './drivers.js';
import { assert, SCREENSHOTS } from './runner.js';
import { FILE_VIEWS } from './files.js';
import { PROXY_VIEWS } from './proxyViews.js';
import { logIn } from './steps.js';

const SHAPES = [
  { shape: 'desktop', width: 1280, height: 860, colorScheme: 'light' },
  { shape: 'dark', width: 1280, height: 860, colorScheme: 'dark' },
  { shape: 'phone', width: 360, height: 740, colorScheme: 'light', touch: true },
];

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function pages(runner, browser, settings) {
  await mkdir(SCREENSHOTS, { recursive: true });
  for (const shape of SHAPES) {
    console.log(`\nEvery page: ${shape.shape}`);
    const { page, problems, close } = await openPage(browser, { ...settings, ...shape });
    const look = (name, open) => runner.one(`${name} (${shape.shape})`, () => inspect(page, `${name}-${shape.shape}`, open), page);

    await look('login', () => page.goto('/login'));
    await look('login-error', () => failToLogIn(page));
    await logIn(new Mouse(page), settings);
    await look('servers', () => page.goto('/servers'));
    for (const [name, path] of await serverPages(page)) await look(name, () => page.goto(path));
    await look('files', () => openTab(page, 'Files'));
    for (const [name, open] of FILE_VIEWS) await look(name, () => open(page));
    await look('startup', () => openTab(page, 'Startup'));
    await look('subusers', () => openTab(page, 'Users'));
    await look('subuser-new', () => page.getByRole('button', { name: 'Give access' }).click());
    await page.keyboard.press('Escape');
    await look('backups', () => openTab(page, 'Backups'));
    await look('backup-restore', () => openDialog(page, 'Restore'));
    await page.keyboard.press('Escape');
    await look('backup-delete', () => openDialog(page, /^Delete Backup of/));
    await page.keyboard.press('Escape');
    await look('schedules', () => openTab(page, 'Schedules'));
    await look('schedule-history', () => openHistory(page));
    await page.keyboard.press('Escape');
    await look('schedule-new', () => page.getByRole('button', { name: 'New schedule' }).click());
    await page.keyboard.press('Escape');
    for (const [name, open] of DOMAIN_VIEWS) await look(name, () => open(page));
    await page.keyboard.press('Escape');
    await openTab(page, 'Console');
    await look('console-text', () => showText(page));
    await look('kill', () => askToKill(page));
    await look('node-new', () => page.goto('/admin/nodes/new'));
    await look('nodes', () => page.goto('/admin/nodes'));
    await look('node', () => openFirst(page, '.link-card__link'));
    await look('enrolment', () => showKey(page));
    await look('users', () => page.goto('/admin/users'));
    await look('user-new', () => page.getByRole('button', { name: 'New user' }).click());
    await look('account', () => page.goto('/account'));
    await look('eggs', () => page.goto('/admin/eggs'));
    await look('egg-error', () => dropBrokenEgg(page));
    await look('egg', () => openFirst(page, '.link-card__link'));
    await look('egg-update', () => compareEgg(page));
    await page.keyboard.press('Escape');
    for (const [name, open] of CLOUDFLARE_VIEWS) await look(name, () => open(page));
    await look('server-new', () => newServer(page));
    await look('server-new-errors', () => page.getByRole('button', { name: 'Create the server' }).click());
    for (const [name, open] of PROXY_VIEWS) await look(name, () => open(page));
    await look('not-found', () => page.goto('/nothing/here'));
    if (shape.shape === 'phone') await look('menu', () => page.getByRole('button', { name: 'Open the menu' }).click());
    if (shape.shape === 'desktop') {
      await look('servers-german', () => german(page));
      const [main] = (await serverPages(page)).slice(-1);
      await look('backups-german', () => page.goto(`${main[1]}/backups`));
      // The account remembers the language; the next shape speaks English again.
      await page.locator('label', { hasText: 'English' }).click();
    }
    await runner.one(`nothing went wrong in the pages (${shape.shape})`, async () =>
      assert(problems.length === 0, problems.join('\n')),
    );
    await close();
  }
}

async function inspect(page, name, open) {
  await open();
  await settled(page);
  await judge(page, name);
}

/** Takes a picture of what is shown, sees that nothing runs out at the side, and lets axe-core judge it. */
export async function judge(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: !name.startsWith('kill') && !name.startsWith('enrolment') });
  const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert(width[0] <= width[1], `the page is ${width[0]} wide in a window of ${width[1]}`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  assert(serious.length === 0, serious.map(describe).join('\n'));
  violations.forEach((violation) => console.log(`    note: ${describe(violation)}`));
}

function describe({ id, impact, help, nodes }) {
  const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')}${node.failureSummary ? ` (${node.failureSummary.split('\n')[1]?.trim()})` : ''}`);
  return `${id} (${impact}): ${help}: ${places.join('; ')}`;
}

/** Loaded: a heading, no skeleton, and what is live has had a moment. */
async function settled(page) {
  await page.locator('h1').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(/\/servers\/(?!.*\/files)/.test(page.url()) ? 1_500 : 250);
}

async function failToLogIn(page) {
  await page.getByLabel('User name').fill('nobody');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('The user name or the password is wrong.').waitFor();
}

/** One running server with all of its tabs, and one of each other state. */
async function serverPages(page) {
  const { items } = await page.evaluate(async () => (await fetch('/api/servers')).json());
  const found = new Map();
  for (const server of items) {
    const state = server.status === 'ready' ? (server.node.reachable ? server.state : 'away') : server.status;
    if (!found.has(state)) found.set(state, server.uuid);
  }
  const main = found.get('running') ?? found.get('offline');
  const list = Array.from(found, ([state, uuid]) => [`server-${state}`, `/servers/${uuid}`]);
  if (main) list.push(['backups-running', `/servers/${found.get('starting') ?? main}/backups`], ['backups-none', `/servers/${found.get('offline') ?? main}/backups`], ['server-settings', `/servers/${main}/settings`], ['server-install', `/servers/${main}/install`], ['server', `/servers/${main}`]);
  return list;
}

async function showText(page) {
  if (await page.locator('.console').count()) await page.locator('label', { hasText: /^Text$/ }).click();
}

async function askToKill(page) {
  const kill = page.getByRole('button', { name: 'Kill', exact: true });
  if ((await kill.count()) && (await kill.isEnabled())) await kill.click();
}

/** Another version of the egg on the page: the same with one variable more. */
async function compareEgg(page) {
  const id = page.url().split('/').pop();
  const document = await page.evaluate(async (egg) => {
    const answer = await fetch(`/api/admin/eggs/${egg}/document`);
    return answer.ok ? answer.text() : '{}';
  }, id);
  const egg = JSON.parse(document.startsWith('{') ? document : '{}');
  const variable = { name: 'Message', env_variable: 'MOTD', default_value: '', user_viewable: true, user_editable: true, rules: 'nullable|string' };
  const next = { ...egg, variables: [...(egg.variables ?? []), variable] };
  await page.getByTestId('egg-update-file').setInputFiles({ name: 'egg.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(next)) });
  await page.getByRole('dialog').waitFor();
}

async function openHistory(page) {
  const history = page.getByRole('button', { name: 'History' }).first();
  if (await history.count()) await history.click();
}

async function openDialog(page, name) {
  const button = page.getByRole('button', { name }).and(page.locator(':enabled')).first();
  if (await button.count()) await button.click();
}

async function openTab(page, name) {
  await page.getByRole('navigation', { name: 'Sections of this server' }).getByRole('link', { name }).click();
}

async function openFirst(page, selector) {
  const first = page.locator(selector).first();
  await first.waitFor({ timeout: 5_000 }).catch(() => {});
  if (await first.count()) await first.click();
}

async function showKey(page) {
  const create = page.getByRole('button', { name: 'Create a one-time key' });
  if (!(await create.count())) return;
  await create.click();
  await page.getByRole('dialog').waitFor();
}

async function dropBrokenEgg(page) {
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{"meta": {"version": "PTDL_v9"}, "name": "x"}'], 'strange.json', { type: 'application/json' }));
    return transfer;
  });
  await page.dispatchEvent('.drop', 'drop', { dataTransfer: data });
  await page.getByText('strange.json was not imported').waitFor();
}

async function newServer(page) {
  await page.goto('/admin/servers/new');
  const egg = page.getByLabel('Egg', { exact: true });
  await egg.waitFor({ timeout: 5_000 }).catch(() => {});
  if (await egg.count()) await egg.selectOption({ index: 1 });
}

async function german(page) {
  await page.goto('/servers');
  await page.locator('label', { hasText: 'Deutsch' }).click();
  await page.getByRole('button', { name: 'Abmelden' }).waitFor();
}
