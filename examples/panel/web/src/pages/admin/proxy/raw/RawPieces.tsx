import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { panel, toApiError } from '../../../../api';
import type { RawOverrides } from '../../../../api/proxy';
import type { Report } from '../../../../api/proxyTypes';
import { queries } from '../../../../api/queries';
import { Button } from '../../../../components/Button';
import { ConfirmDialog } from '../../../../components/Dialog';
import { ErrorNotice } from '../../../../components/ErrorNotice';
import { EmptyState, Skeleton } from '../../../../components/Feedback';
import { useT } from '../../../../i18n/I18nProvider';
import { ReportNotice } from '../ReportNotice';
import { RawEditor } from './RawEditor';
import { patchText } from './patch';

/** All pieces, and the one that is edited. */
export function RawPieces() {
  const t = useT();
  const { data, error, refetch } = useQuery(queries.raw());
  const [edited, setEdited] = useState<{ index: number | null; all: RawOverrides } | null>(null);
  if (edited) return <RawEditor all={edited.all} index={edited.index} onClose={() => setEdited(null)} />;
  const add = data && (
    <Button variant="primary" icon="plus" onClick={() => setEdited({ index: null, all: data })}>
      {t('raw.new')}
    </Button>
  );
  return (
    <>
      {error && <ErrorNotice error={toApiError(error)} title={t('raw.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={2} tall />}
      {data?.items.length === 0 && (
        <EmptyState icon="code" title={t('raw.none')} action={add}>
          {t('raw.noneText')}
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <>
          <div className="list-bar">
            <p className="muted list-bar__words">{t('raw.lead')}</p>
            <div className="list-bar__actions">{add}</div>
          </div>
          <PieceList all={data} onEdit={(index) => setEdited({ index, all: data })} />
        </>
      )}
    </>
  );
}

function PieceList({ all, onEdit }: { all: RawOverrides; onEdit: (index: number) => void }) {
  const t = useT();
  const [asked, setAsked] = useState<number | null>(null);
  const client = useQueryClient();
  const [report, setReport] = useState<Report | null>(null);
  const remove = async (gone: number) => {
    setReport(await panel.proxy.saveRaw(all.items.filter((_, index) => index !== gone), all.etag));
    void client.invalidateQueries({ queryKey: ['proxy'] });
  };
  return (
    <>
      {report && <ReportNotice report={report} />}
      <ul className="pieces">
        {all.items.map((piece, index) => (
          <li key={index} className="piece" data-point={piece.point}>
            <div className="piece__head">
              <div className="piece__words">
                <h2>{piece.reason || t('raw.noReason')}</h2>
                <p className="piece__tags">
                  <span className="tag">{piece.engine}</span>
                  <span className="tag">{t.find(`rawPoint.${piece.point}`) ?? piece.point}</span>
                  {piece.route && <code className="tag">{piece.route}</code>}
                </p>
              </div>
              <div className="piece__actions">
                <Button small icon="edit" onClick={() => onEdit(index)}>
                  {t('raw.edit')}
                </Button>
                <Button small variant="danger" icon="trash" onClick={() => setAsked(index)}>
                  {t('raw.remove')}
                </Button>
              </div>
            </div>
            <pre className="piece__patch" tabIndex={0}>
              {patchText(piece.patch)}
            </pre>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <ConfirmDialog
          title={t('raw.removeTitle')}
          action={t('raw.remove')}
          onClose={() => setAsked(null)}
          onConfirm={() => remove(asked)}
        >
          <p>{t('raw.removeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
