/** What is wrong with a settings document, and where: said before anything is sent to the worker. */
import * as v from 'valibot';
import { exportSchema } from '../../utils/settings/schema.ts';

interface Place {
  readonly path: string;
  readonly message: string;
}

export type ReadDocument =
  | { readonly ok: true; readonly document: v.InferInput<typeof exportSchema> }
  | { readonly ok: false; readonly places: readonly Place[] };

const most = 20;

export function readDocument(text: string): ReadDocument {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (thrown) {
    return { ok: false, places: [{ path: '', message: thrown instanceof Error ? thrown.message : 'JSON' }] };
  }
  const result = v.safeParse(exportSchema, parsed);
  if (result.success) return { ok: true, document: result.output };
  return { ok: false, places: result.issues.slice(0, most).map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })) };
}
