/** `npm run bench -- mail`: how well mail is understood, beside libraries on the same input in the same run. */
import './dom.ts';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Section } from './section.ts';

/** Public corpora lie outside the project; where they are absent nothing is measured, and that is said. */
const corpora = process.env.RELAIS_CORPORA ?? join(process.cwd(), '../shared/corpora');

export const mail: Section = async () => {
  if (!existsSync(corpora)) {
    console.info('mail: skipped, there are no corpora at ../shared/corpora');
    return { results: {} };
  }
  const { replies } = await import('./mail-replies.ts');
  const { forwards } = await import('./mail-forwards.ts');
  const { mime } = await import('./mail-mime.ts');
  return {
    results: {
      ...(await mime(join(corpora, 'mime'))),
      ...(await replies(join(corpora, 'replies'))),
      ...forwards(join(corpora, 'forwards')),
    },
    bars: {
      mime_from_rate: { atLeast: 1 },
      mime_subject_rate: { atLeast: 0.97 },
      mime_date_rate: { atLeast: 1 },
      mime_messageid_rate: { atLeast: 1 },
      mime_crashes: { atMost: 0 },
      slowest_mail_ms: { atMost: 1_000 },
      reply_own_text_lost: { atMost: 0 },
      forward_from_rate: { atLeast: 0.95 },
      forward_body_rate: { atLeast: 0.95 },
    },
  };
};
