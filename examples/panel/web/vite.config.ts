import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** The panel that the development server hands API calls to. */
const panel = process.env['PANEL_URL'] ?? 'http://127.0.0.1:8100';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // The panel's content security policy allows no data: addresses, so nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/api': { target: panel, changeOrigin: true, ws: true },
    },
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    environment: 'node',
  },
});
