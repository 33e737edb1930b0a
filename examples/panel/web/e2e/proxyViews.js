// The proxy's pages to be looked at; of a panel without a proxy, the one that says so.

async function at(page, path) {
  await page.goto(path);
  await page.locator('h1').first().waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
}

async function press(target) {
  if (await target.count()) await target.first().click();
}

export const PROXY_VIEWS = [
  ['proxy-routes', (page) => at(page, '/admin/proxy')],
  ['proxy-route-new', (page) => at(page, '/admin/proxy/new-route')],
  ['proxy-route-wrong', async (page) => {
    await press(page.getByRole('button', { name: 'Check' }));
  }],
  ['proxy-route', async (page) => {
    await at(page, '/admin/proxy/routes');
    await press(page.locator('.route-row__link'));
    await page.locator('h1').first().waitFor();
    for (const title of ['Passwords and log-in', 'Balancing and health', 'Headers', 'JSON']) await press(page.locator('summary', { hasText: title }));
  }],
  ['proxy-route-plan', async (page) => {
    await press(page.getByLabel('WebSockets'));
    await press(page.getByRole('button', { name: 'Check' }));
    await page.locator('.plan').waitFor({ timeout: 5_000 }).catch(() => {});
  }],
  ['proxy-connections', (page) => at(page, '/admin/proxy/connections')],
  ['proxy-connection-new', (page) => at(page, '/admin/proxy/new-connection')],
  ['proxy-raw', (page) => at(page, '/admin/proxy/raw')],
  ['proxy-raw-edit', (page) => press(page.getByRole('button', { name: /^(Edit|New piece)$/ }))],
  ['proxy-document', (page) => at(page, '/admin/proxy/raw?view=document')],
  ['proxy-import', (page) => at(page, '/admin/proxy/raw?view=import')],
];
