import { t } from '../../utils/i18n.ts';

/** Stands where the form will be, with its heights, so that nothing jumps. */
export function FormSkeleton() {
  return (
    <div class="form skeleton" role="status">
      <span class="sr-only">{t('loading')}</span>
      {[0, 1, 2, 3].map((line) => (
        <div key={line} class="skeleton-field" />
      ))}
      <div class="skeleton-field skeleton-note" />
    </div>
  );
}

/** Stands where the messages will be while the webmail hands them over. */
export function Collecting({
  received,
  expected,
  isPreparing,
}: {
  readonly received: number;
  readonly expected: number;
  readonly isPreparing: boolean;
}) {
  const words = isPreparing ? t('preparing') : expected > 0 ? t('collectingOf', received, expected) : t('collecting');
  return (
    <section class="list-section">
      <div class="collecting">
        <progress aria-label={t('collecting')} max={Math.max(1, expected)} value={isPreparing || expected === 0 ? undefined : received} />
        <span role="status">{words}</span>
      </div>
      <ul class="rows" aria-hidden="true">
        {Array.from({ length: Math.min(3, Math.max(1, expected)) }, (_, index) => (
          <li key={index} class="row skeleton-row" />
        ))}
      </ul>
    </section>
  );
}
