// How a server starts, and its files.
import { assert } from './runner.js';

const tab = (page, name) => page.getByRole('navigation', { name: 'Sections of this server' }).getByRole('link', { name });

/** Changes a variable: what the rules refuse is said while it is typed. Begins and ends at the console. */
export async function changeVariable(driver) {
  const { page } = driver;
  await driver.press(tab(page, 'Startup'));
  const greeting = page.getByLabel('Greeting');
  await greeting.waitFor();
  await driver.type(greeting, 'x'.repeat(300));
  await page.getByText('Expected:').first().waitFor();
  await driver.type(greeting, 'Magpie');
  await page.getByText('Expected:').first().waitFor({ state: 'detached' });
  await driver.press(page.getByRole('button', { name: 'Save the variables' }));
  await page.getByText('Saved').first().waitFor();
  await driver.press(tab(page, 'Console'));
}

/** Uploads a file, reads it back through the panel, renames and deletes it. */
export async function files(driver, { mock }) {
  const { page } = driver;
  const server = new URL(page.url()).pathname.split('/')[2];
  await driver.press(tab(page, 'Files'));
  await driver.file(page.getByRole('button', { name: 'Upload', exact: true }), {
    name: 'note.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('through the panel'),
  });
  await page.getByText('1 file uploaded').waitFor();
  if (!mock) {
    const text = await page.evaluate(async (uuid) => (await fetch(`/api/servers/${uuid}/files/content?path=/note.txt`)).text(), server);
    assert(text === 'through the panel', `the file came back as '${text}'`);
  }
  const note = page.locator('[data-file="note.txt"]');
  const unlisted = page.getByText('This node does not list files');
  await note.or(unlisted).waitFor();
  if (await unlisted.isVisible()) {
    await driver.press(tab(page, 'Console'));
    return;
  }
  await driver.press(page.getByRole('button', { name: 'Rename note.txt' }));
  const dialog = page.getByRole('dialog');
  await driver.type(dialog.getByLabel('Name'), 'letter.txt');
  await driver.press(dialog.getByRole('button', { name: 'Save' }));
  await page.locator('[data-file="letter.txt"]').waitFor();
  await driver.press(page.getByRole('button', { name: 'Delete letter.txt' }));
  await driver.press(page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }));
  await page.locator('[data-file="letter.txt"]').waitFor({ state: 'detached' });
  await driver.press(tab(page, 'Console'));
}
