import { IconButton } from '../../../../components/Button';
import { useT } from '../../../../i18n/I18nProvider';
import { SCHEMES, plainChoices, choicesOf } from './choices';
import { listAt, textAt, useDocumentForm } from './documentForm';
import { DocCheck, DocNumber, DocSelect, DocText, Rows } from './fields';
import { without } from './NamesCard';

const AT = '/action/upstreams';

/** Where requests go: one line for each upstream, with its share where there are several. */
export function UpstreamRows() {
  const t = useT();
  const form = useDocumentForm();
  const upstreams = listAt(form, AT);
  const several = upstreams.length > 1;
  return (
    <>
      <Rows
        label={t('route.upstreams')}
        hint={several ? t('route.upstreamsHint') : undefined}
        error={upstreams.length === 0 ? form.problem(AT) : undefined}
        add={t('route.addUpstream')}
        onAdd={() => form.set(AT, [...upstreams, { scheme: textAt(form, `${AT}/0/scheme`, 'http'), host: '', port: 8080 }])}
      >
        {upstreams.map((_, index) => (
          <li key={index} className="upstream">
            <div className="row row--upstream">
              <DocSelect at={`${AT}/${index}/scheme`} label={t('route.scheme')} usual="http" choices={plainChoices(SCHEMES)} />
              {textAt(form, `${AT}/${index}/scheme`) === 'unix' ? (
                <DocText at={`${AT}/${index}/host`} label={t('route.socket')} example="/run/app.sock" mono kept />
              ) : (
                <DocText at={`${AT}/${index}/host`} label={t('route.host')} example="10.20.0.5" mono kept />
              )}
              {textAt(form, `${AT}/${index}/scheme`) !== 'unix' && <DocNumber at={`${AT}/${index}/port`} label={t('route.port')} />}
              {several && (
                <IconButton icon="trash" label={t('form.removeRow', { number: index + 1 })} onClick={() => form.set(AT, without(upstreams, index))} />
              )}
            </div>
            {several && (
              <div className="row row--share">
                <DocNumber at={`${AT}/${index}/weight`} label={t('route.weight')} example="1" />
                <DocNumber at={`${AT}/${index}/maxRequests`} label={t('route.maxRequests')} placeholder={t('form.any')} />
                <DocCheck at={`${AT}/${index}/backup`} label={t('route.backup')} />
              </div>
            )}
          </li>
        ))}
      </Rows>
      <div className="columns">
        <DocSelect at="/action/hostHeader/kind" label={t('route.hostHeader')} usual="keep" choices={choicesOf('hostHeader', ['keep', 'upstream', 'fixed'], t)} hint={t('route.hostHeaderHint')} />
        {textAt(form, '/action/hostHeader/kind') === 'fixed' && <DocText at="/action/hostHeader/value" label={t('route.hostHeaderValue')} mono />}
      </div>
    </>
  );
}
