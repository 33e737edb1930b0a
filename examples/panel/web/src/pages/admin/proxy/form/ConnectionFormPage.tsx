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
import type { JsonObject, L4Listen, L4Route } from '../../../../proxy/document';
import { l4Problems } from '../../../../proxy/routeProblems';
import { idOf } from '../../../../proxy/values';
import { NotFoundPage } from '../../../NotFoundPage';
import { ConnectionFields } from './ConnectionFields';
import { DeleteRoute } from './DeleteRoute';
import { DocumentFormProvider } from './documentForm';
import { EditorFrame } from './EditorFrame';
import { useRouteEditor } from './useRouteEditor';

const PARENT = '/admin/proxy/connections';
const FRESH: JsonObject = {
  id: '', enabled: true, listen: [{ protocol: 'tcp', host: '' }], upstreams: [{ host: '' }], tls: 'pass', policy: 'round-robin',
};

export function NewConnectionPage() {
  return <ConnectionForm saved={null} />;
}

export function ConnectionPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({ ...queries.l4Route(id), gcTime: 0, refetchOnWindowFocus: false });
  // What is typed stays, also if somebody deletes the route meanwhile.
  if (data) return <ConnectionForm key={id} saved={data} />;
  if (error && toApiError(error).status === 404) return <NotFoundPage />;
  return (
    <>
      <PageHeader title={t('l4.title')} parent={{ to: PARENT, label: t('proxy.tabConnections') }} />
      {error ? <ErrorNotice error={toApiError(error)} title={t('proxy.failed')} onRetry={() => void refetch()} /> : <Skeleton rows={4} tall />}
    </>
  );
}

function ConnectionForm({ saved }: { saved: { route: L4Route; etag: string } | null }) {
  const t = useT();
  const navigate = useNavigate();
  const { data: listed } = useQuery({ ...queries.l4Routes(), enabled: saved === null });
  const suggest = (route: JsonObject) => {
    const [listen] = (route['listen'] ?? []) as unknown as L4Listen[];
    const name = String(route['name'] ?? '') || `${listen?.protocol ?? 'tcp'}-${listen?.port ?? ''}`;
    return idOf(name, (id) => listed?.items.some((other) => other.id === id) ?? false);
  };
  const leave = (report: Report) => void navigate(PARENT, { state: { report } });
  const editor = useRouteEditor<L4Route>({
    calls: panel.proxy.l4Routes,
    saved,
    initial: (saved?.route as unknown as JsonObject | undefined) ?? FRESH,
    validate: l4Problems,
    complete: (route) => (route['id'] ? route : { ...route, id: suggest(route) }),
    onSaved: leave,
  });
  const title = saved ? titleOf(saved.route) : t('l4.new');
  const footer = saved && <DeleteRoute calls={panel.proxy.l4Routes} id={saved.route.id} title={title} onDeleted={leave} />;
  return (
    <EditorFrame title={title} parent={{ to: PARENT, label: t('proxy.tabConnections') }} editor={editor} footer={footer}>
      <DocumentFormProvider value={editor.form}>
        <ConnectionFields key={editor.version} editor={editor} idHint={suggest(editor.form.value)} />
      </DocumentFormProvider>
    </EditorFrame>
  );
}
