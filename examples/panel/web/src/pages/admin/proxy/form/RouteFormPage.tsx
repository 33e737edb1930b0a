import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { panel, toApiError } from '../../../../api';
import type { Report } from '../../../../api/proxyTypes';
import { queries } from '../../../../api/queries';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { Skeleton } from '../../../../components/Feedback';
import { PageHeader } from '../../../../components/Page';
import { useT } from '../../../../i18n/I18nProvider';
import { titleOf } from '../../../../proxy/describe';
import type { HttpRoute, JsonObject } from '../../../../proxy/document';
import { routeProblems } from '../../../../proxy/routeProblems';
import { idOf } from '../../../../proxy/values';
import { NotFoundPage } from '../../../NotFoundPage';
import { DeleteRoute } from './DeleteRoute';
import { DocumentFormProvider } from './documentForm';
import { EditorFrame } from './EditorFrame';
import { HttpRouteFields } from './HttpRouteFields';
import { useRouteEditor } from './useRouteEditor';

const PARENT = '/admin/proxy/routes';
const FRESH: JsonObject = {
  id: '', enabled: true, exposure: 'public', action: { type: 'proxy', upstreams: [{ scheme: 'http', host: '', port: 8080 }] },
};

export function NewRoutePage() {
  return <RouteForm saved={null} />;
}

/** One route of the document, as it is now: what was kept of it from before is not good enough to change it. */
export function RoutePage() {
  const t = useT();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({ ...queries.route(id), gcTime: 0, refetchOnWindowFocus: false });
  // What is typed stays, also if somebody deletes the route meanwhile.
  if (data) return <RouteForm key={id} saved={data} />;
  if (error && toApiError(error).status === 404) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={t('route.title')} parent={{ to: PARENT, label: t('proxy.tabRoutes') }} />
      {error ? <ErrorNotice error={toApiError(error)} title={t('proxy.failed')} onRetry={() => void refetch()} /> : <Skeleton rows={4} tall />}
    </>
  );
}

function RouteForm({ saved }: { saved: { route: HttpRoute; etag: string } | null }) {
  const t = useT();
  const navigate = useNavigate();
  const { data: listed } = useQuery({ ...queries.routes(), enabled: saved === null });
  const suggest = (route: JsonObject) => {
    const [domain] = (route['domains'] ?? []) as string[];
    return idOf(domain ?? String(route['name'] ?? ''), (id) => listed?.items.some((other) => other.id === id) ?? false);
  };
  const leave = (report: Report) => void navigate(PARENT, { state: { report } });
  const editor = useRouteEditor<HttpRoute>({
    calls: panel.proxy.routes,
    saved,
    initial: (saved?.route as unknown as JsonObject | undefined) ?? FRESH,
    validate: routeProblems,
    complete: (route) => (route['id'] ? route : { ...route, id: suggest(route) }),
    onSaved: leave,
  });
  const title = saved ? titleOf(saved.route) : t('route.new');
  const footer = saved && <DeleteRoute calls={panel.proxy.routes} id={saved.route.id} title={title} onDeleted={leave} />;
  return (
    <EditorFrame title={title} parent={{ to: PARENT, label: t('proxy.tabRoutes') }} editor={editor} footer={footer}>
      <DocumentFormProvider value={editor.form}>
        <HttpRouteFields key={editor.version} editor={editor} idHint={suggest(editor.form.value)} />
      </DocumentFormProvider>
    </EditorFrame>
  );
}
