import type { Difference } from '../../../api/proxyTypes';
import { useT } from '../../../i18n/I18nProvider';
import type { Json } from '../../../proxy/document';
import { spread, subjectsOf, type Subject, type SubjectPart } from '../../../proxy/subjects';

/** Enough to see what a change is; of a longer list the number says the rest. */
const MOST = 100;
/** What is longer can be scrolled, by the keyboard, too. */
const TALL_LINES = 14;

/** What changes, thing by thing: what was there, and what is there then. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  const t = useT();
  const subjects = subjectsOf(differences);
  return (
    <>
      <ul className="differences" aria-label={t('plan.differences')}>
        {subjects.slice(0, MOST).map((subject) => (
          <li key={`${subject.kind} ${subject.name}`} className="subject" data-change={subject.change}>
            <SubjectHead subject={subject} />
            <ul className="subject__parts">
              {subject.parts.map((part) => (
                <Part key={part.place} part={part} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {subjects.length > MOST && <p className="muted">{t.count('plan.more', subjects.length - MOST)}</p>}
    </>
  );
}

function SubjectHead({ subject: { kind, name, change } }: { subject: Subject }) {
  const t = useT();
  const sign = change === 'added' ? 'add' : change === 'removed' ? 'remove' : 'change';
  return (
    <p className="subject__head">
      <span className="plan-sign" data-sign={sign}>
        {t(`subjectChange.${change}`)}
      </span>
      <span>{t(`subject.${kind}`)}</span>
      {name !== '' && <strong>{name}</strong>}
    </p>
  );
}

function Part({ part: { place, words, before, after } }: { part: SubjectPart }) {
  return (
    <li className="difference" data-place={place}>
      {words !== '' && <code className="difference__place">{words}</code>}
      {before !== undefined && (
        <del className="difference__before">
          <Value value={before} />
        </del>
      )}
      {after !== undefined && (
        <ins className="difference__after">
          <Value value={after} />
        </ins>
      )}
    </li>
  );
}

function Value({ value }: { value: Json }) {
  const text = spread(value);
  return (
    <span className="difference__value" {...(text.split('\n').length > TALL_LINES ? { tabIndex: 0 } : {})}>
      {text}
    </span>
  );
}
