/** Forwarded mail of public corpora: who wrote it, and what. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Participant } from '../../utils/core/thread.ts';
import { renderBody } from '../../utils/mail/render.ts';

interface Truth {
  readonly from: Participant;
  readonly body: string;
}

/** These are answers, whose name says `variant_4`: nothing in them was forwarded. */
const answer = /_variant_4\.txt$/;
/** This one's program wrote names only. */
const nameless = 'unknown_en_body_variant_12.txt';

export function forwards(folder: string): Record<string, number> {
  const truth = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Truth;
  const names = readdirSync(join(folder, 'crisp')).filter((name) => name.includes('_body') && name.endsWith('.txt'));
  const read = (name: string) => readFileSync(join(folder, 'crisp', name), 'utf8');
  const wrong: string[] = [];
  let from = 0;
  let body = 0;
  for (const name of names) {
    const { forwarded } = renderBody([{ text: read(name) }], subjectOf(folder, name)).shown;
    const isFrom = answer.test(name)
      ? forwarded === undefined
      : name === nameless
        ? forwarded?.from.name === truth.from.name
        : forwarded?.from.address === truth.from.address;
    const isBody = answer.test(name) ? forwarded === undefined : words(forwarded?.text ?? '') === words(truth.body);
    if (isFrom) from += 1;
    if (isBody) body += 1;
    if (!isFrom || !isBody) wrong.push(`${name}: ${JSON.stringify(forwarded)?.slice(0, 300)}`);
  }
  for (const line of wrong) console.info(`forward ${line}`);
  return { forward_from_rate: from / names.length, forward_body_rate: body / names.length };
}

/** The corpus keeps subjects beside the bodies; programs that need none have none there. */
function subjectOf(folder: string, body: string): string {
  const files = readdirSync(join(folder, 'crisp'));
  const own = body.replace('_body', '_subject');
  const common = [own, own.replace(/_variant_\d+(?:_\d+)?/, ''), own.replace(/_[a-z]{2}(?:_br)?_subject.*$/, '_subject.txt')];
  const found = common.find((name) => files.includes(name));
  return found ? readFileSync(join(folder, 'crisp', found), 'utf8').trim() : '';
}

function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
