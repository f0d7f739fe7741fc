import { plural, t } from '../../utils/i18n.ts';
import type { TestView } from '../../utils/options-views.ts';
import { diagnose } from '../../utils/recipes/doctor.ts';
import { findingSentence } from '../../utils/ui/findings.ts';
import { errorQuotation } from '../../utils/ui/words.ts';
import { ErrorWords, Notice } from '../Notice.tsx';

/** What "Test connection" found, in plain words. */
export function TestReport({ test }: { readonly test: TestView }) {
  if (!test.ok || test.error)
    return (
      <Notice tone="bad" live={true}>
        <p class="strong">{t('testFailed')}</p>
        <Wrong {...test} />
      </Notice>
    );
  const { untried, identity, version, queues, queuesError, warnings } = test;
  const said = queuesError && errorQuotation(queuesError);
  return (
    <Notice tone={untried ? 'warning' : 'good'} live={true}>
      <p class="strong">{t(untried ? 'testReached' : 'testWorked')}</p>
      {untried && <p>{t('testUntried')}</p>}
      <ul>
        {identity && <li dir="auto">{t('testIdentity', identity)}</li>}
        {version && <li>{t('testVersion', version)}</li>}
        {queuesError ? (
          <li class="help-bad">
            {t('listMissing')} {said && <q dir="auto">{said}</q>}
          </li>
        ) : (
          <li>{queues ? plural('testQueues', queues.length) : t('testNoQueues')}</li>
        )}
        {warnings.map((warning) => (
          <li key={warning} class="help-bad">
            {warning}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What the doctor found, and what the system itself said; just the error where nobody examined it. */
function Wrong({ examined, error = { code: 'unexpected', message: '', details: {} } }: TestView) {
  if (examined === undefined) return <ErrorWords error={error} />;
  const findings = diagnose({ ...examined, error });
  const said = errorQuotation(error);
  return (
    <>
      {findings.length > 1 && <p>{t('findingOneOf')}</p>}
      {findings.length > 1 ? (
        <ul>
          {findings.map((finding) => (
            <li key={finding.code} dir="auto">
              {findingSentence({ ...finding, sure: true })}
            </li>
          ))}
        </ul>
      ) : (
        findings.map((finding) => (
          <p key={finding.code} dir="auto">
            {findingSentence(finding)}
          </p>
        ))
      )}
      {said !== undefined && (
        <q class="said" dir="auto">
          {said}
        </q>
      )}
    </>
  );
}
