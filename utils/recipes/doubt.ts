/** A step that may have worked: looked up before it is repeated. */
import { RelaisError } from '../core/errors.ts';
import { outputs, withAnswer } from './answer.ts';
import type { Step } from './call-schema.ts';
import { findTicket, type Out } from './look-up.ts';
import { send } from './request.ts';
import type { Flow } from './steps.ts';
import { type Scope, valueOver } from './template.ts';

export interface Doubt {
  readonly flow: Flow;
  readonly step: Step;
  readonly key: string;
  readonly scope: Scope;
  /** An earlier attempt ended without an answer; otherwise somebody else may have done the work. */
  readonly doubted: boolean;
}

/**
 * What the step would have given where its work is there; `undefined` when it may be done (again).
 * Throws a `check` error with `retryAfterMs` while the work may not show yet, and `cannot-look-up` where only a person can tell.
 */
export async function resolveDoubt(doubt: Doubt): Promise<Out | undefined> {
  const { flow, step, key, scope, doubted } = doubt;
  const { run, job } = flow;
  if (doubted && job.repeatAnyway) return undefined;
  const isTicket = step.as === 'create';
  if (isTicket && isStillIdempotent(doubt)) return undefined;
  const found = isTicket ? await findTicket(run, scope) : await findDone(doubt);
  if (found !== undefined) {
    forget(doubt);
    return { ...found, ...(isTicket ? { adopted: true } : {}) };
  }
  if (!doubted) return undefined;
  const isAsked = isTicket || step.find !== undefined;
  if (!isAsked && !step.optional)
    throw new RelaisError('cannot-look-up', `${run.recipe.name} can't be asked whether it was done`, { step: key });
  assertWaited(doubt);
  forget(doubt);
  return isAsked ? undefined : { refused: true, warnings: [`${key}: it is not known whether this arrived`] };
}

async function findDone({ flow, step, scope }: Doubt): Promise<Out | undefined> {
  if (step.find === undefined) return undefined;
  const { answer } = await send(flow.run, step.find, scope, { purpose: 'look-up', safe: true });
  const seen = withAnswer(scope, answer);
  return (await valueOver(step.find.found, seen, answer.body)) === true ? outputs(step.find, answer, scope) : undefined;
}

/** Within its time the system's own key makes a repeat harmless, which is surer than any look-up. */
function isStillIdempotent({ flow, key }: Doubt): boolean {
  const { key: native } = flow.run.recipe.dedupe;
  return native !== undefined && flow.job.inDoubt === key && flow.run.context.now() - sinceOf({ flow, key }) < native.ttlMs;
}

/** A server may still be at work on a request whose sender is gone, and a search index lags: finding nothing counts only later. */
function assertWaited({ flow, key }: Doubt): void {
  const { lagMs, looks } = flow.run.recipe.dedupe;
  const waited = flow.run.context.now() - sinceOf({ flow, key });
  if (waited >= lagMs * looks) return;
  const next = lagMs * Math.ceil((waited + 1) / lagMs) - waited;
  throw new RelaisError('interrupted', 'Nothing was found yet: looked for once more', {
    retryAfterMs: next,
    step: key,
  });
}

/** When a doubt was first met in this worker, for callers that don't say since when it lasts. A restart only makes it wait anew. */
const firstMet = new Map<string, number>();

function sinceOf({ flow, key }: Pick<Doubt, 'flow' | 'key'>): number {
  if (flow.job.inDoubtSince !== undefined) return flow.job.inDoubtSince;
  const name = nameOf(flow, key);
  const known = firstMet.get(name);
  if (known !== undefined) return known;
  if (firstMet.size > 10_000) firstMet.clear();
  const now = flow.run.context.now();
  firstMet.set(name, now);
  return now;
}

function forget({ flow, key }: Doubt): void {
  firstMet.delete(nameOf(flow, key));
}

function nameOf({ run, job }: Flow, key: string): string {
  return `${run.base} ${job.draft.reference} ${key}`;
}
