// npm run e2e [-- flow keyboard prompts pages proxy demo]: drives the panel at ROOKERY_E2E_URL as ROOKERY_E2E_USERNAME with ROOKERY_E2E_PASSWORD (and,
// if it has several nodes, on ROOKERY_E2E_NODE); "demo" flies the sample game server named in ROOKERY_E2E_DEMO. Without an URL it
// drives the mock panel, which proves the UI but nothing behind it.
import { demo } from './demo.e2e.js';
import { flow } from './flow.e2e.js';
import { launch } from './browser.js';
import { pages } from './pages.e2e.js';
import { prompts } from './prompts.e2e.js';
import { proxy } from './proxy.js';
import { Runner } from './runner.js';

const wanted = process.argv.slice(2);
const wants = (suite) => wanted.length === 0 || wanted.includes(suite);
const url = process.env.ROOKERY_E2E_URL;
const mock = url ? null : await (await import('../mock/server.js')).startMock({ filled: true, pace: 0.5 });
const settings = {
  baseUrl: url ?? mock.url,
  username: process.env.ROOKERY_E2E_USERNAME ?? 'admin',
  password: process.env.ROOKERY_E2E_PASSWORD ?? 'admin',
  mock: mock !== null,
  node: process.env.ROOKERY_E2E_NODE || (mock ? 'nest-1' : undefined),
};
console.log(`panel: ${settings.baseUrl}${mock ? ' (mock)' : ''}`);

const runner = new Runner();
const browser = await launch();
try {
  if (wants('pages')) await pages(runner, browser, settings);
  if (wants('flow')) await flow(runner, browser, settings, 'mouse');
  if (wants('keyboard')) await flow(runner, browser, settings, 'keyboard');
  if (wants('proxy')) {
    await proxy(runner, browser, settings, 'mouse');
    await proxy(runner, browser, settings, 'keyboard');
  }
  // The second image of its game is the sample's.
  if (wants('prompts') && (mock || process.env.ROOKERY_E2E_DEMO)) await prompts(runner, browser, settings);
  if (wants('demo') && process.env.ROOKERY_E2E_DEMO) await demo(runner, browser, settings, process.env.ROOKERY_E2E_DEMO);
} finally {
  // A browser that hangs must not keep the result from being told.
  await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 10_000))]);
  void mock?.close();
}
process.exit(runner.summary() ? 0 : 1);
