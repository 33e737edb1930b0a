import type { ComponentType } from 'react';
import { createBrowserRouter, Navigate } from 'react-router';
import { loadCode } from '../components/loadCode';
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
        { path: '/login', lazy: page('LoginPage', () => import('../pages/LoginPage')) },
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
                { path: 'servers', lazy: page('ServersPage', () => import('../pages/servers/ServersPage')) },
                {
                  path: 'servers/:uuid',
                  lazy: page('ServerPage', () => import('../pages/servers/ServerPage')),
                  children: [
                    { index: true, lazy: page('ConsoleTab', () => import('../pages/servers/ConsoleTab')) },
                    { path: 'install', lazy: page('InstallTab', () => import('../pages/servers/InstallTab')) },
                    { path: 'schedules', lazy: page('SchedulesTab', () => import('../pages/servers/SchedulesTab')) },
                    { path: 'backups', lazy: page('BackupsTab', () => import('../pages/servers/BackupsTab')) },
                    { path: 'users', lazy: page('SubusersTab', () => import('../pages/servers/SubusersTab')) },
                    { path: 'files/*', lazy: page('FilesTab', () => import('../pages/servers/FilesTab')) },
                    { path: 'domains', lazy: page('DomainsTab', () => import('../pages/servers/DomainsTab')) },
                    { path: 'startup', lazy: page('StartupTab', () => import('../pages/servers/StartupTab')) },
                    { path: 'settings', lazy: page('SettingsTab', () => import('../pages/servers/SettingsTab')) },
                  ],
                },
                { path: 'account', lazy: page('AccountPage', () => import('../pages/account/AccountPage')) },
                {
                  path: 'admin',
                  element: <RequireAdmin />,
                  children: [
                    { path: 'nodes', lazy: page('NodesPage', () => import('../pages/admin/NodesPage')) },
                    { path: 'nodes/new', lazy: page('NewNodePage', () => import('../pages/admin/NewNodePage')) },
                    { path: 'nodes/:id', lazy: page('NodePage', () => import('../pages/admin/NodePage')) },
                    { path: 'users', lazy: page('UsersPage', () => import('../pages/admin/UsersPage')) },
                    { path: 'eggs', lazy: page('EggsPage', () => import('../pages/admin/EggsPage')) },
                    { path: 'eggs/:id', lazy: page('EggPage', () => import('../pages/admin/EggPage')) },
                    {
                      path: 'proxy',
                      lazy: page('ProxyPage', () => import('../pages/admin/proxy/ProxyPage')),
                      children: [
                        { index: true, element: <Navigate to="/admin/proxy/routes" replace /> },
                        { path: 'routes', lazy: page('RoutesPage', () => import('../pages/admin/proxy/RoutesPage')) },
                        { path: 'connections', lazy: page('ConnectionsPage', () => import('../pages/admin/proxy/ConnectionsPage')) },
                        { path: 'raw', lazy: page('RawPage', () => import('../pages/admin/proxy/RawPage')) },
                        { path: 'plugins', lazy: page('PluginsPage', () => import('../pages/admin/proxy/PluginsPage')) },
                        { path: 'cloudflare', lazy: page('CloudflarePage', () => import('../pages/admin/proxy/CloudflarePage')) },
                        { path: 'certificates', lazy: page('CertificatesPage', () => import('../pages/admin/proxy/CertificatesPage')) },
                        { path: 'history', lazy: page('HistoryPage', () => import('../pages/admin/proxy/HistoryPage')) },
                      ],
                    },
                    { path: 'proxy/new-route', lazy: page('NewRoutePage', () => import('../pages/admin/proxy/form/RouteFormPage')) },
                    { path: 'proxy/routes/:id', lazy: page('RoutePage', () => import('../pages/admin/proxy/form/RouteFormPage')) },
                    { path: 'proxy/new-connection', lazy: page('NewConnectionPage', () => import('../pages/admin/proxy/form/ConnectionFormPage')) },
                    { path: 'proxy/connections/:id', lazy: page('ConnectionPage', () => import('../pages/admin/proxy/form/ConnectionFormPage')) },
                    { path: 'servers/new', lazy: page('NewServerPage', () => import('../pages/admin/NewServerPage')) },
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

/** The named component of a module. */
function page<N extends string>(name: N, load: () => Promise<Record<N, ComponentType>>) {
  return async () => ({ Component: (await loadCode(load))[name] });
}
