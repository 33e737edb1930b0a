// How a server starts.
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
