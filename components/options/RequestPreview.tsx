import { t } from '../../utils/i18n.ts';
import type { Preview } from '../../utils/recipes/editor/preview.ts';

/** The requests that a sample thread would make, as they would leave; credentials are masked. */
export function RequestPreview({ preview }: { readonly preview: Preview | undefined }) {
  return (
    <section aria-label={t('previewTitle')} class="block">
      <h2>{t('previewTitle')}</h2>
      <p class="help">{t('previewHelp')}</p>
      {preview?.requests.map((request, index) => (
        // Requests have no name of their own, and never change places.
        <pre key={String(index)} class="request">
          <code>{textOf(request)}</code>
        </pre>
      ))}
      {preview === undefined && <p class="help">{t('previewNone')}</p>}
      {preview?.isPartial && <p class="help">{t('previewPartial')}</p>}
      {preview?.warnings.map((warning) => (
        <p key={warning} class="help">
          {warning}
        </p>
      ))}
    </section>
  );
}

function textOf({ method, url, headers, body }: Preview['requests'][number]): string {
  const lines = [`${method} ${url}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return body === '' ? lines.join('\n') : `${lines.join('\n')}\n\n${body}`;
}
