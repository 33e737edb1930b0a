// The files of a server: uploaded, edited by two, renamed, packed, unpacked, deleted and taken back.
import { assert, eventually } from './runner.js';
import { tab } from './schedules.js';

const NODE_MILLIS = 60_000;
const BROKEN = 'This node does not list files';

const row = (page, name) => page.locator(`.files__rows [data-file="${name}"]`);
const grid = (page) => page.getByRole('grid');
const serverOf = (page) => new URL(page.url()).pathname.split('/')[2];

/** Steps that begin and end at the console. On a node that lists no files there is nothing but the upload. */
export function fileSteps(driver, settings) {
  const { page } = driver;
  let listed = true;
  const step = (name, run) => [name, async () => listed && (await run())];
  return [
    ['uploads a file and reads it back', async () => (listed = await upload(driver, settings))],
    step('drops another one, and loses the line on the way', () => drop(driver)),
    step('edits it, and is told that somebody else has done so, too', () => edit(driver, settings)),
    step('finds the text in it, where the node does that, and opens it at its line', () => findText(driver)),
    step('ends a search that takes long', () => settings.mock && endSearch(driver)),
    step('renames it', () => rename(driver)),
    step('packs it, looks into the archive, and unpacks it again, where the node does that', () => pack(driver)),
    step('deletes it and takes that back', () => takeBack(driver)),
    step('finds it in the trash and empties that', () => emptyTrash(driver)),
    ['goes back to the console', () => tab(driver, 'Console').then(() => page.locator('.xterm-rows').waitFor())],
  ];
}

async function upload(driver, { mock }) {
  const { page } = driver;
  await tab(driver, 'Files');
  await driver.file(page.getByRole('button', { name: 'Upload', exact: true }), {
    name: 'note.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('through the panel'),
  });
  await page.locator('[data-work="Upload /note.txt"][data-state="done"]').waitFor({ timeout: NODE_MILLIS });
  if (!mock) assert((await content(page, '/note.txt')) === 'through the panel', 'the file came back otherwise');
  const unlisted = page.getByText(BROKEN);
  await row(page, 'note.txt').or(unlisted).waitFor();
  return !(await unlisted.isVisible());
}

/** The first answer to it is lost: where the node takes pieces, it goes on by itself, and elsewhere when somebody says so. */
async function drop(driver) {
  const { page } = driver;
  const lost = (url) => /\/files\/(content|uploads\/)/.test(url.pathname);
  await page.route(lost, (route) => (route.request().method() === 'PUT' ? route.abort() : route.fallback()), { times: 1 });
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
    return transfer;
  });
  await page.dispatchEvent('[data-testid="files-drop"]', 'drop', { dataTransfer: data });
  const work = (state) => page.locator(`[data-work="Upload /dropped.txt"][data-state="${state}"]`);
  await work('done').or(work('failed')).waitFor({ timeout: NODE_MILLIS });
  if (await work('failed').count()) await driver.press(work('failed').getByRole('button', { name: 'Go on' }));
  await work('done').waitFor({ timeout: NODE_MILLIS });
  await page.unroute(lost);
  await remove(driver, 'dropped.txt');
}

async function edit(driver, { mock }) {
  const { page } = driver;
  await open(driver, 'note.txt');
  const text = page.getByRole('textbox', { name: 'Text of note.txt' });
  await write(driver, text, 'written in the panel');
  await page.getByText('Not saved', { exact: true }).waitFor();
  await page.keyboard.press('Control+S');
  await page.getByText('note.txt saved').first().waitFor();
  await page.getByText('Not saved', { exact: true }).waitFor({ state: 'detached' });

  await saveBehind(page, '/note.txt', 'by somebody else');
  await write(driver, text, 'written once more');
  await page.keyboard.press('Control+S');
  const dialog = page.getByRole('dialog', { name: 'note.txt has changed meanwhile' });
  await driver.press(dialog.getByRole('button', { name: 'Overwrite' }));
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Not saved', { exact: true }).waitFor({ state: 'detached' });
  if (!mock) assert((await content(page, '/note.txt')) === 'written once more', 'the file does not hold what was written');

  await write(driver, text, 'not to be kept');
  await page.keyboard.press('Escape');
  await driver.press(page.getByRole('main').getByRole('button', { name: 'Close', exact: true }));
  await driver.press(page.getByRole('dialog').getByRole('button', { name: 'Discard' }));
  await row(page, 'note.txt').waitFor();
}

async function rename(driver) {
  const { page } = driver;
  await choose(driver, 'note.txt');
  if (driver.name === 'keyboard') await page.keyboard.press('F2');
  else await driver.press(action(page, 'Rename'));
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel('Name'), 'letter.txt');
  await driver.press(dialog.getByRole('button', { name: 'Save' }));
  await row(page, 'letter.txt').waitFor();
}

async function pack(driver) {
  const { page } = driver;
  const dialog = page.getByRole('dialog');
  await choose(driver, 'letter.txt');
  if ((await action(page, 'Archive').count()) === 0) return;
  await driver.press(action(page, 'Archive'));
  await driver.type(dialog.getByLabel('Name'), 'kept');
  await driver.press(dialog.getByRole('button', { name: 'Archive', exact: true }));
  await row(page, 'kept.tar.gz').waitFor({ timeout: NODE_MILLIS });
  await choose(driver, 'kept.tar.gz');
  if (await action(page, 'Look inside').count()) await lookInto(driver);
  await remove(driver, 'letter.txt');
  await choose(driver, 'kept.tar.gz');
  await driver.press(action(page, 'Unpack'));
  await driver.press(dialog.getByRole('button', { name: 'Unpack', exact: true }));
  await row(page, 'letter.txt').waitFor({ timeout: NODE_MILLIS });
  await remove(driver, 'kept.tar.gz');
}

async function lookInto(driver) {
  const { page } = driver;
  const main = page.getByRole('main');
  await driver.press(action(page, 'Look inside'));
  await driver.press(main.getByRole('link', { name: 'letter.txt', exact: true }));
  const text = page.getByRole('textbox', { name: 'Text of letter.txt' });
  await text.filter({ hasText: 'written once more' }).waitFor({ timeout: NODE_MILLIS });
  await driver.press(main.getByRole('link', { name: 'kept.tar.gz', exact: true }));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    driver.press(main.getByRole('link', { name: 'Download letter.txt', exact: true })),
  ]);
  assert(download.suggestedFilename().startsWith('letter') || download.suggestedFilename() === 'content', 'the download is called otherwise');
  const stream = await download.createReadStream();
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  assert(Buffer.concat(pieces).toString() === 'written once more', 'the file came out of the archive otherwise');
  await driver.press(main.getByRole('button', { name: 'Close', exact: true }));
  await row(page, 'kept.tar.gz').waitFor();
}

/** Says that text is looked for, not names. Returns false if the node cannot do that. */
async function searchByContent(driver, words) {
  const { page } = driver;
  if (driver.name === 'keyboard') {
    await driver.reach(page.getByRole('radio', { name: 'Name', exact: true }));
    await page.keyboard.press('ArrowRight');
  } else {
    await page.getByText('Content', { exact: true }).click();
  }
  const field = page.getByRole('searchbox', { name: 'Text in files' });
  await field.waitFor();
  if (await page.getByText('The node of this server does not search in files.').isVisible()) return false;
  await driver.type(field, words);
  await driver.press(page.getByRole('button', { name: 'Search in files' }));
  return true;
}

async function findText(driver) {
  const { page } = driver;
  if (!(await searchByContent(driver, 'Once MORE'))) return;
  await driver.press(page.locator('[data-matches$="note.txt"]').getByTitle(/^Line 1 of note\.txt/));
  await page.getByRole('textbox', { name: 'Text of note.txt' }).filter({ hasText: 'written once more' }).waitFor();
  assert(new URL(page.url()).searchParams.get('line') === '1', 'the editor was not told the line');
  // Back at the results, as if one went through them.
  await page.goBack();
  await page.locator('[data-matches$="note.txt"]').waitFor();
  await driver.press(page.getByRole('main').getByRole('button', { name: 'End the search' }));
  await row(page, 'note.txt').waitFor();
}

async function endSearch(driver) {
  const { page } = driver;
  await searchByContent(driver, 'take your time');
  await page.getByText('The node is searching').waitFor();
  const ended = page.waitForRequest((request) => request.method() === 'DELETE' && request.url().includes('/search/content/'));
  await driver.press(page.getByRole('main').getByRole('button', { name: 'Cancel', exact: true }));
  await page.getByText('The search was ended.').waitFor();
  await ended;
  await driver.press(page.getByRole('main').getByRole('button', { name: 'End the search' }));
  await row(page, 'note.txt').waitFor();
}

async function takeBack(driver) {
  const { page } = driver;
  await remove(driver, 'letter.txt');
  await driver.press(page.getByRole('button', { name: 'Undo' }).last());
  await row(page, 'letter.txt').waitFor();
}

async function emptyTrash(driver) {
  const { page } = driver;
  await remove(driver, 'letter.txt');
  await driver.press(page.getByRole('link', { name: 'Trash', exact: true }));
  await page.locator('[data-trash="/letter.txt"]').first().waitFor();
  await driver.press(page.getByRole('button', { name: 'Empty the trash' }));
  await driver.press(page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }));
  await page.getByText('The trash is empty').waitFor();
  await driver.press(page.getByRole('button', { name: 'Back to the files' }));
  await grid(page).or(page.getByText('There is nothing in here.')).waitFor();
}

async function remove(driver, name) {
  const { page } = driver;
  await choose(driver, name);
  if (driver.name === 'keyboard') await page.keyboard.press('Delete');
  else await driver.press(action(page, 'Delete'));
  await row(page, name).waitFor({ state: 'detached' });
}

const action = (page, name) => page.getByRole('toolbar').getByRole('button', { name, exact: true });

/** Chooses one file: with the keyboard the grid is one stop, and its keys do the rest. */
async function choose(driver, name) {
  const { page } = driver;
  await row(page, name).waitFor();
  if (driver.name === 'keyboard') {
    await walkTo(driver, name);
    await page.keyboard.press('Space');
  } else {
    await row(page, name).locator('.files__cell--modified').or(row(page, name).locator('.files__cell--size')).last().click();
  }
  await eventually(async () => (await row(page, name).getAttribute('aria-selected')) === 'true', `${name} is not chosen`);
  assert((await page.locator('.files__rows [aria-selected="true"]').count()) === 1, 'something else is chosen, too');
}

async function open(driver, name) {
  const { page } = driver;
  if (driver.name === 'keyboard') {
    await walkTo(driver, name);
    await page.keyboard.press('Enter');
  } else {
    await row(page, name).getByRole('button', { name, exact: true }).click();
  }
}

async function walkTo(driver, name) {
  const { page } = driver;
  await driver.reach(grid(page));
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  const active = () => grid(page).evaluate((element) => document.getElementById(element.getAttribute('aria-activedescendant'))?.dataset.file);
  for (let steps = 0; steps < 200; steps++) {
    if ((await active()) === name) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`the arrow keys do not lead to ${name}`);
}

/** Writes a text in the place of the one that is there. */
async function write(driver, text, words) {
  const { page } = driver;
  await text.waitFor();
  if (driver.name === 'keyboard') await driver.reach(text);
  else await text.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(words);
}

async function content(page, path) {
  return page.evaluate(async ([uuid, file]) => (await fetch(`/api/servers/${uuid}/files/content?path=${file}`)).text(), [serverOf(page), path]);
}

async function saveBehind(page, path, text) {
  const status = await page.evaluate(
    async ([uuid, file, body]) => {
      const { csrfToken } = await (await fetch('/api/session')).json();
      const headers = { 'X-Rookery-Csrf': csrfToken, 'If-Match': '*', 'Content-Type': 'application/octet-stream' };
      return (await fetch(`/api/servers/${uuid}/files/text?path=${file}`, { method: 'PUT', headers, body })).status;
    },
    [serverOf(page), path, text],
  );
  assert(status === 200, `the panel answered ${status} to somebody else who saved`);
}

/** What is looked at besides the list itself: each begins where the one before it ended. */
export const FILE_VIEWS = [
  ['files-chosen', chooseSome],
  ['files-permissions', (page) => action(page, 'Permissions').click()],
  ['files-working', startWork],
  ['files-editor', openText],
  ['files-search', searchText],
  ['files-archive', openArchive],
  ['files-trash', openTrash],
  ['files-many', openMany],
];

async function chooseSome(page) {
  const boxes = page.locator('.files__rows .checkbox');
  await boxes.first().waitFor({ timeout: 5_000 }).catch(() => {});
  for (let index = 0; index < Math.min(2, await boxes.count()); index++) await boxes.nth(index).click();
}

async function startWork(page) {
  await page.keyboard.press('Escape');
  await page.getByTestId('files-upload').setInputFiles([
    { name: 'seen.txt', mimeType: 'text/plain', buffer: Buffer.from('seen') },
    { name: 'too-large.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(8, 1) },
  ]);
  // Looked at in another shape before, it is there already.
  const replace = page.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true });
  const done = page.locator('[data-work="Upload /too-large.bin"]:is([data-state="done"], [data-state="failed"])').last();
  await replace.or(done).first().waitFor();
  if (await replace.isVisible()) await replace.click();
  await done.waitFor();
  await row(page, 'seen.txt').waitFor();
}

async function openText(page) {
  await row(page, 'seen.txt').getByRole('button', { name: 'seen.txt', exact: true }).click();
  const text = page.getByRole('textbox', { name: 'Text of seen.txt' });
  await text.click();
  await page.keyboard.insertText('# A text\nwith = "words", 12 and more\n');
}

/** The mock panel's files hold the word more than once; on a real node nothing may be found. */
async function searchText(page) {
  await page.getByRole('main').getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
  await page.getByText('Content', { exact: true }).click();
  await page.getByRole('searchbox', { name: 'Text in files' }).fill('se');
  const start = page.getByRole('button', { name: 'Search in files' });
  if (!(await start.count())) return;
  await start.click();
  await page.getByText(/lines? found/).waitFor();
}

/** Only the mock panel has it. */
async function openArchive(page) {
  const end = page.getByRole('main').getByRole('button', { name: 'End the search' });
  if (await end.count()) await end.click();
  const mods = row(page, 'mods.tar.gz').getByRole('button', { name: 'mods.tar.gz', exact: true });
  await grid(page).waitFor();
  if (!(await mods.count())) return;
  await mods.click();
  await page.locator('[data-entry="read-me.txt"]').waitFor();
  await page.getByRole('link', { name: 'mods', exact: true }).click();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.locator('[data-entry="part-098.jar"]').waitFor();
}

async function openTrash(page) {
  const close = page.getByRole('main').getByRole('button', { name: 'Close', exact: true });
  if (await close.count()) await close.click();
  await page.getByRole('link', { name: 'Trash', exact: true }).click();
}

/** Only the mock panel has so many. */
async function openMany(page) {
  await page.getByRole('button', { name: 'Back to the files' }).click();
  const many = row(page, 'many').getByRole('button', { name: 'many', exact: true });
  await grid(page).waitFor();
  if (!(await many.count())) return;
  await many.click();
  // It comes in pieces, and the end is that of what has come.
  await page.locator('[role="grid"][aria-rowcount="50001"]').waitFor();
  await grid(page).focus();
  await page.keyboard.press('End');
  await row(page, 'chunk-49999.dat').waitFor();
  const drawn = await page.locator('.files__rows [role="row"]').count();
  assert(drawn < 100, `${drawn} rows are drawn`);
}
