/** A mail that was forwarded as an attachment. */
import { type Forwarded, ownText } from '../core/thread.ts';
import { type FoundFile, readBody } from './body.ts';
import { isReport } from './delivery-report.ts';
import { readHead } from './head.ts';
import { firstHeader } from './headers.ts';
import { readParts } from './parts.ts';
import { renderBody } from './render.ts';

/** Who wrote the attached mail and what; `undefined` where there is none, several, or a machine that returns one. */
export function readAttachedMail(files: readonly FoundFile[]): Forwarded | undefined {
  const [mail, ...others] = files.filter(({ mediaType }) => mediaType === 'message/rfc822' || mediaType === 'message/global');
  if (!mail || others.length > 0 || files.some(({ mediaType }) => isReport(mediaType))) return undefined;
  const { root } = readParts(mail.read().bytes);
  const { from, to, cc, subject, sentAt } = readHead(root.headers);
  if (from.address === '') return undefined;
  const { shown } = renderBody(readBody(root).pieces, subject);
  const date = firstHeader(root.headers, 'date') ?? '';
  return { from, to, cc, subject, date, ...(sentAt ? { sentAt } : {}), text: ownText(shown) };
}
