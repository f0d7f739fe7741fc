import { plural, t } from '../../utils/i18n.ts';
import type { TestView } from '../../utils/views.ts';
import { ErrorWords, Notice } from '../Notice.tsx';

/** What "Test connection" found, in plain words. */
export function TestReport({ test }: { readonly test: TestView }) {
  if (!test.ok || test.error)
    return (
      <Notice tone="bad" live={true}>
        <p class="strong">{t('testFailed')}</p>
        <ErrorWords error={test.error ?? { code: 'unexpected', message: '', details: {} }} />
      </Notice>
    );
  const { identity, version, queues, warnings } = test;
  return (
    <Notice tone="good" live={true}>
      <p class="strong">{t('testWorked')}</p>
      <ul>
        {identity && <li dir="auto">{t('testIdentity', identity)}</li>}
        {version && <li>{t('testVersion', version)}</li>}
        <li>{queues ? plural('testQueues', queues.length) : t('testNoQueues')}</li>
        {warnings.map((warning) => (
          <li key={warning} class="help-bad">
            {warning}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
