// The proxy: a route is made, checked, switched, changed by two at once, protected and deleted; or, without a proxy, how to switch it on is said.
import { randomBytes } from 'node:crypto';
import { openPage } from './browser.js';
import { Keyboard, Mouse } from './drivers.js';
import { assert, eventually } from './runner.js';
import * as steps from './steps.js';

const APPLY_MILLIS = 60_000;

export async function proxy(runner, browser, settings, hand) {
  const { page, problems, close } = await openPage(browser, { ...settings, height: 1100 });
  const driver = hand === 'keyboard' ? new Keyboard(page) : new Mouse(page);
  const domain = `flight-${randomBytes(3).toString('hex')}.example.net`;
  await steps.logIn(driver, settings);
  const state = await page.evaluate(async () => (await fetch('/api/proxy')).json());
  const on = state.on ? routeSteps(driver, domain) : [['says how to switch the proxy on', () => off(driver)]];
  await runner.suite(`The proxy with the ${hand}`, page, [
    ['goes to the proxy', () => open(driver)],
    ...on,
    ['nothing went wrong in the page', async () => assert(problems.length === 0, problems.join('\n'))],
  ]);
  await close();
}

const routeSteps = (driver, domain) => [
  ['is told what is wrong with a route, at its field', () => checkWrong(driver)],
  ['makes a route, looks at what it would do, and sees it run', () => create(driver, domain)],
  ['finds it and switches it off and on', () => switchIt(driver, domain)],
  ['changes it while somebody else does', () => changeTogether(driver, domain)],
  ['protects it by a password that is never shown again', () => protect(driver, domain)],
  ['looks at connections', () => connections(driver)],
  ['reads the whole document, and is told of a mistake in it', () => wholeDocument(driver)],
  ['looks at the routes of another program before it takes them', () => importOther(driver)],
  ['deletes the route', () => remove(driver, domain)],
];

async function open(driver) {
  await driver.press(driver.page.getByRole('link', { name: 'Proxy', exact: true }));
  await driver.page.getByRole('heading', { name: 'Proxy', level: 1 }).waitFor();
}

async function off({ page }) {
  await page.getByText('This panel runs without a proxy').waitFor();
  await page.getByText('serve --proxy caddy', { exact: false }).first().waitFor();
}

export async function tab(driver, name) {
  await driver.press(driver.page.getByRole('navigation', { name: 'Sections of the proxy' }).getByRole('link', { name }));
}

async function checkWrong(driver) {
  const { page } = driver;
  await newRoute(driver);
  await driver.press(page.getByRole('button', { name: 'Check' }));
  await page.getByText('Give at least one name, or take every other one.').waitFor();
  await addDomain(driver, '-wrong-.example.net');
  await driver.type(page.getByLabel('Address or name'), '10.20.0.5');
  await driver.press(page.getByRole('button', { name: 'Check' }));
  await page.locator('.plan[data-possible="false"]').waitFor({ timeout: APPLY_MILLIS });
  assert((await page.getByLabel('Domains').getAttribute('aria-invalid')) === 'true', 'the finding is not at its field');
  await driver.press(page.getByRole('link', { name: 'Routes', exact: true }));
}

async function create(driver, domain) {
  const { page } = driver;
  await newRoute(driver);
  await addDomain(driver, domain);
  await driver.type(page.getByLabel('Address or name'), '10.20.0.5');
  await plainHttp(driver);
  await driver.press(page.getByRole('button', { name: 'Check' }));
  await page.locator('.plan[data-possible="true"]').waitFor({ timeout: APPLY_MILLIS });
  await page.locator('.line-diff__line--added').filter({ hasText: domain }).first().waitFor();
  await driver.press(page.getByRole('button', { name: 'Create' }));
  await page.locator('.report[data-outcome="APPLIED"]').waitFor({ timeout: APPLY_MILLIS });
  const stage = (name, attribute) => page.locator(`[data-stage="${name}"]`).getAttribute(`data-${attribute}`);
  const applied = async () =>
    (await stage('engine', 'outcome')) === 'DONE' && (await stage('engine', 'revision')) === (await stage('saved', 'revision'));
  await eventually(applied, 'the engine has not the saved revision', APPLY_MILLIS);
}

async function newRoute(driver) {
  const { page } = driver;
  await driver.press(page.getByRole('link', { name: 'New route' }).first());
  await page.getByRole('heading', { name: 'New route', level: 1 }).waitFor();
}

async function addDomain(driver, domain) {
  const field = driver.page.getByLabel('Domains');
  await driver.type(field, domain);
  await driver.page.keyboard.press('Enter');
  await driver.page.locator('.token').filter({ hasText: domain }).waitFor();
}

/** Without a certificate: nobody outside has to be asked for one. */
async function plainHttp(driver) {
  const { page } = driver;
  if (driver.name === 'mouse') {
    await page.locator('.option', { hasText: 'without encryption' }).click();
  } else {
    await driver.reach(page.locator('.option input[value="public"]'));
    await page.keyboard.press('ArrowRight');
  }
  assert(await page.locator('.option input[value="plain-http"]').isChecked(), 'the way from outside was not chosen');
}

function row(page, domain) {
  return page.locator(`[data-route="${domain.replaceAll('.', '-')}"]`);
}

async function switchIt(driver, domain) {
  const { page } = driver;
  await driver.type(page.getByLabel('Search by name, path, target or owner'), domain.toUpperCase());
  await eventually(async () => (await page.locator('[data-route]').count()) === 1, 'the search does not find the one route');
  const toggle = row(page, domain).getByRole('switch');
  await driver.press(toggle);
  await row(page, domain).getByText('Off', { exact: true }).waitFor({ timeout: APPLY_MILLIS });
  await eventually(async () => (await toggle.getAttribute('aria-busy')) === null, 'the switch stays busy');
  await driver.press(toggle);
  await row(page, domain).getByText('Runs', { exact: true }).waitFor({ timeout: APPLY_MILLIS });
  await driver.type(page.getByLabel('Search by name, path, target or owner'), 'nothing-is-called-so');
  await page.getByText('Nothing fits what you look for.').waitFor();
  await driver.type(page.getByLabel('Search by name, path, target or owner'), domain);
}

async function edit(driver, domain) {
  await driver.press(row(driver.page, domain).getByRole('link', { name: domain, exact: true }));
  await driver.page.getByRole('heading', { name: domain, level: 1 }).waitFor();
}

/** Somebody else names the route while I change its port: both are there in the end. */
async function changeTogether(driver, domain) {
  const { page } = driver;
  await edit(driver, domain);
  await driver.type(page.getByLabel('Port', { exact: true }), '8090');
  await page.evaluate(async (id) => {
    const { csrfToken } = await (await fetch('/api/session')).json();
    const answer = await fetch(`/api/routes/${id}`);
    const { route } = await answer.json();
    const headers = { 'If-Match': answer.headers.get('ETag') ?? '*', 'X-Rookery-Csrf': csrfToken, 'Content-Type': 'application/json' };
    const put = await fetch(`/api/routes/${id}`, { method: 'PUT', headers, body: JSON.stringify({ ...route, name: 'Named meanwhile' }) });
    if (!put.ok) throw new Error(`${put.status} ${await put.text()}`);
  }, domain.replaceAll('.', '-'));
  await driver.press(page.getByRole('button', { name: 'Save' }));
  await page.getByText('Somebody has changed the proxy meanwhile').waitFor({ timeout: APPLY_MILLIS });
  await driver.press(page.getByRole('button', { name: 'Load the newest state, keep my input' }));
  await page.getByText('Your changes are on the newest state now').waitFor();
  assert((await page.getByLabel('Port', { exact: true }).inputValue()) === '8090', 'what I typed is gone');
  assert((await page.locator('input[name="/name"]').inputValue()) === 'Named meanwhile', 'what was changed meanwhile is gone');
  await save(driver);
  await row(page, domain).getByText('http://10.20.0.5:8090').waitFor();
}

async function save(driver) {
  await driver.press(driver.page.getByRole('button', { name: 'Save' }));
  await driver.page.locator('.report[data-outcome="APPLIED"]').waitFor({ timeout: APPLY_MILLIS });
}

async function protect(driver, domain) {
  const { page } = driver;
  const password = randomBytes(9).toString('hex');
  await driver.press(row(page, domain).getByRole('link', { name: domain, exact: true }));
  await driver.press(page.locator('summary', { hasText: 'Passwords and log-in' }));
  await driver.check(page.getByLabel('Names and passwords'));
  await driver.type(page.getByLabel('User', { exact: true }), 'anna');
  await driver.type(page.getByLabel('Password', { exact: true }), password);
  await save(driver);
  const answer = await page.evaluate(async (id) => (await fetch(`/api/routes/${id}`)).text(), domain.replaceAll('.', '-'));
  assert(answer.includes('[hidden]') && !answer.includes(password) && !answer.includes('$2'), `the answer gives away the password: ${answer}`);
  await driver.press(row(page, domain).getByRole('link', { name: domain, exact: true }));
  await driver.press(page.locator('summary', { hasText: 'Passwords and log-in' }));
  assert((await page.getByLabel('Password', { exact: true }).inputValue()) === '', 'the password is shown again');
  await driver.press(page.getByRole('link', { name: 'Routes', exact: true }));
}

/** An engine without connections says so, at once; nothing is saved here. */
async function connections(driver) {
  const { page } = driver;
  await tab(driver, /^Connections/);
  await driver.press(page.getByRole('link', { name: 'New connection' }).first());
  await driver.type(page.getByLabel('Port', { exact: true }).first(), '47001');
  await driver.type(page.getByLabel('Address or name'), '10.20.0.7');
  await driver.type(page.getByLabel('Port', { exact: true }).nth(1), '25565');
  await driver.press(page.getByRole('button', { name: 'Check' }));
  await page.locator('.plan').waitFor({ timeout: APPLY_MILLIS });
  const impossible = (await page.locator('.plan').getAttribute('data-possible')) === 'false';
  assert(!impossible || (await page.locator('.proxy-finding--error').count()) > 0, 'nothing says why it cannot be saved');
  await driver.press(page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link'));
}

async function wholeDocument(driver) {
  const { page } = driver;
  await page.goto('/admin/proxy/raw?view=document');
  const editor = page.locator('.cm-content');
  await editor.waitFor();
  // The Tab key writes in the text, until Escape says that it does not.
  await editor.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await driver.press(page.getByRole('button', { name: 'Check' }));
  await page.getByText('Nothing would change.').waitFor({ timeout: APPLY_MILLIS });
  await editor.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('oops');
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('This is not valid JSON').waitFor();
}

async function importOther(driver) {
  const { page } = driver;
  await page.goto('/admin/proxy/raw?view=import');
  const name = `other-${randomBytes(3).toString('hex')}`;
  const routes = [{ id: name, domains: [`${name}.example.net`], upstreams: [{ scheme: 'http', host: '10.20.0.8', port: 81 }], enabled: true, note: 'kept' }];
  await page.getByLabel('Content').fill(JSON.stringify({ routes }));
  await driver.press(page.getByRole('button', { name: 'Check' }));
  await page.locator('[data-code="IMPORT_UNKNOWN"]').waitFor({ timeout: APPLY_MILLIS });
  await page.goto('/admin/proxy/routes');
  await page.locator('[data-route]').first().waitFor();
  assert((await row(page, name).count()) === 0, 'looking at it has imported it');
}

async function remove(driver, domain) {
  const { page } = driver;
  await driver.press(row(page, domain).getByRole('link', { name: domain, exact: true }));
  await driver.press(page.getByRole('button', { name: 'Delete the route' }));
  const dialog = page.getByRole('dialog');
  await driver.press(dialog.getByRole('button', { name: 'Delete', exact: true }));
  await page.locator('.report[data-outcome="APPLIED"]').waitFor({ timeout: APPLY_MILLIS });
  await row(page, domain).waitFor({ state: 'detached' });
}
