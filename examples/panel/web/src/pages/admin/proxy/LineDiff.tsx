import { Fragment, useMemo } from 'react';
import { useT } from '../../../i18n/I18nProvider';
import { commonIndent, diffLines, folded, type DiffLine } from '../../../proxy/lineDiff';

const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

/** Two texts as one: lines that go, lines that come, and some around them. */
export function LineDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const t = useT();
  const parts = useMemo(() => folded(diffLines(before, after)), [before, after]);
  const indent = commonIndent(parts);
  return (
    <div className="line-diff" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">{t('diff.before')}</th>
            <th scope="col">{t('diff.after')}</th>
            <th scope="col">{t('diff.change')}</th>
            <th scope="col">{t('diff.line')}</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part, index) => (
            <Fragment key={index}>
              {part.kind === 'gap' ? (
                <tr className="line-diff__gap">
                  <td colSpan={4}>{t.count('diff.gap', part.count)}</td>
                </tr>
              ) : (
                part.lines.map((line, place) => <Line key={place} line={line} indent={indent} />)
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ line, indent }: { line: DiffLine; indent: number }) {
  const t = useT();
  return (
    <tr className={`line-diff__line line-diff__line--${line.kind}`}>
      <td className="line-diff__number">{line.before ?? ''}</td>
      <td className="line-diff__number">{line.after ?? ''}</td>
      <td className="line-diff__sign">
        <span aria-hidden="true">{SIGNS[line.kind]}</span>
        <span className="visually-hidden">{line.kind === 'added' ? t('diff.added') : line.kind === 'removed' ? t('diff.removed') : ''}</span>
      </td>
      <td className="line-diff__text">{line.text.slice(indent)}</td>
    </tr>
  );
}
