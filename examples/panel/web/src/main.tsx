import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/components.css';
import './theme/layout.css';
import './theme/pages.css';
import './theme/people.css';
import './theme/schedules.css';
import './theme/backups.css';
import './theme/files.css';
import './theme/domains.css';
import './theme/cloudflare.css';
import './theme/proxySettings.css';
import './theme/proxy.css';
import './theme/proxyForms.css';
import { App } from './app/App';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
