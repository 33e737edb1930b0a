// npm run dev:mock: the mock panel with a filled colony, and Vite's development server in front of it.
// Log in as admin/admin, or as player/player without administration.
import { createServer } from 'vite';
import { startMock } from './server.js';

const mock = await startMock({ port: Number(process.env.MOCK_PORT ?? 8101), filled: true });
process.env.PANEL_URL = mock.url;
const vite = await createServer();
await vite.listen();
console.log(`mock panel: ${mock.url} (admin/admin, player/player)`);
vite.printUrls();
