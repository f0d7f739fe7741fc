/** What pages said of themselves: kept until the browser closes. */
import * as v from 'valibot';
import { browser } from '../browser.ts';
import { bumpRevision } from '../outbox/revision.ts';
import type { WebmailCheck } from '../views.ts';

const key = 'checks';
const stored = v.record(
  v.string(),
  v.object({ webmail: v.nullable(v.string()), missing: v.exactOptional(v.array(v.string())), at: v.number() }),
);

/** Origin → the last check there. */
export async function readChecks(): Promise<Readonly<Record<string, WebmailCheck>>> {
  const result = v.safeParse(stored, (await browser.storage.session.get(key))[key]);
  return result.success ? result.output : {};
}

/** Remembers one, and tells open pages of ours where it is news. */
export async function rememberCheck(origin: string, check: WebmailCheck): Promise<void> {
  const checks = await readChecks();
  const known = checks[origin];
  await browser.storage.session.set({ [key]: { ...checks, [origin]: check } });
  const isNews = known?.webmail !== check.webmail || known.missing?.join() !== check.missing?.join();
  if (isNews) await bumpRevision();
}
