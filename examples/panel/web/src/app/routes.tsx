import { createBrowserRouter, Navigate } from 'react-router';
import { NotFoundPage } from '../pages/NotFoundPage';
import { RequireAdmin, RequireSession } from './guards';
import { RouteError } from './RouteError';
import { Shell } from './Shell';

/** Every address of the UI. Pages are loaded when they are first visited. */
export function createRouter() {
  return createBrowserRouter([
    {
      errorElement: <RouteError />,
      HydrateFallback: () => null,
      children: [
        { path: '/login', lazy: async () => ({ Component: (await import('../pages/LoginPage')).LoginPage }) },
        {
          element: (
            <RequireSession>
              <Shell />
            </RequireSession>
          ),
          children: [
            {
              errorElement: <RouteError />,
              children: [
                { index: true, element: <Navigate to="/servers" replace /> },
                { path: 'servers', lazy: async () => ({ Component: (await import('../pages/servers/ServersPage')).ServersPage }) },
                {
                  path: 'servers/:uuid',
                  lazy: async () => ({ Component: (await import('../pages/servers/ServerPage')).ServerPage }),
                  children: [
                    { index: true, lazy: async () => ({ Component: (await import('../pages/servers/ConsoleTab')).ConsoleTab }) },
                    { path: 'install', lazy: async () => ({ Component: (await import('../pages/servers/InstallTab')).InstallTab }) },
                    { path: 'schedules', lazy: async () => ({ Component: (await import('../pages/servers/SchedulesTab')).SchedulesTab }) },
                    { path: 'backups', lazy: async () => ({ Component: (await import('../pages/servers/BackupsTab')).BackupsTab }) },
                    { path: 'users', lazy: async () => ({ Component: (await import('../pages/servers/SubusersTab')).SubusersTab }) },
                    { path: 'files/*', lazy: async () => ({ Component: (await import('../pages/servers/FilesTab')).FilesTab }) },
                    { path: 'domains', lazy: async () => ({ Component: (await import('../pages/servers/DomainsTab')).DomainsTab }) },
                    { path: 'startup', lazy: async () => ({ Component: (await import('../pages/servers/StartupTab')).StartupTab }) },
                    { path: 'settings', lazy: async () => ({ Component: (await import('../pages/servers/SettingsTab')).SettingsTab }) },
                  ],
                },
                { path: 'account', lazy: async () => ({ Component: (await import('../pages/account/AccountPage')).AccountPage }) },
                {
                  path: 'admin',
                  element: <RequireAdmin />,
                  children: [
                    { path: 'nodes', lazy: async () => ({ Component: (await import('../pages/admin/NodesPage')).NodesPage }) },
                    { path: 'nodes/new', lazy: async () => ({ Component: (await import('../pages/admin/NewNodePage')).NewNodePage }) },
                    { path: 'nodes/:id', lazy: async () => ({ Component: (await import('../pages/admin/NodePage')).NodePage }) },
                    { path: 'users', lazy: async () => ({ Component: (await import('../pages/admin/UsersPage')).UsersPage }) },
                    { path: 'eggs', lazy: async () => ({ Component: (await import('../pages/admin/EggsPage')).EggsPage }) },
                    { path: 'eggs/:id', lazy: async () => ({ Component: (await import('../pages/admin/EggPage')).EggPage }) },
                    {
                      path: 'proxy',
                      lazy: async () => ({ Component: (await import('../pages/admin/proxy/ProxyPage')).ProxyPage }),
                      children: [
                        { index: true, element: <Navigate to="/admin/proxy/routes" replace /> },
                        { path: 'routes', lazy: async () => ({ Component: (await import('../pages/admin/proxy/RoutesPage')).RoutesPage }) },
                        { path: 'connections', lazy: async () => ({ Component: (await import('../pages/admin/proxy/ConnectionsPage')).ConnectionsPage }) },
                        { path: 'raw', lazy: async () => ({ Component: (await import('../pages/admin/proxy/RawPage')).RawPage }) },
                        { path: 'plugins', lazy: async () => ({ Component: (await import('../pages/admin/proxy/PluginsPage')).PluginsPage }) },
                        { path: 'cloudflare', lazy: async () => ({ Component: (await import('../pages/admin/proxy/CloudflarePage')).CloudflarePage }) },
                        { path: 'certificates', lazy: async () => ({ Component: (await import('../pages/admin/proxy/CertificatesPage')).CertificatesPage }) },
                        { path: 'history', lazy: async () => ({ Component: (await import('../pages/admin/proxy/HistoryPage')).HistoryPage }) },
                      ],
                    },
                    { path: 'proxy/new-route', lazy: async () => ({ Component: (await import('../pages/admin/proxy/form/RouteFormPage')).NewRoutePage }) },
                    { path: 'proxy/routes/:id', lazy: async () => ({ Component: (await import('../pages/admin/proxy/form/RouteFormPage')).RoutePage }) },
                    { path: 'proxy/new-connection', lazy: async () => ({ Component: (await import('../pages/admin/proxy/form/ConnectionFormPage')).NewConnectionPage }) },
                    { path: 'proxy/connections/:id', lazy: async () => ({ Component: (await import('../pages/admin/proxy/form/ConnectionFormPage')).ConnectionPage }) },
                    { path: 'servers/new', lazy: async () => ({ Component: (await import('../pages/admin/NewServerPage')).NewServerPage }) },
                  ],
                },
                { path: '*', element: <NotFoundPage /> },
              ],
            },
          ],
        },
      ],
    },
  ]);
}
