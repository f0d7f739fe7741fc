/** Runs the steps that are left of a delivery, in order, and never one twice that may have worked. */
import type { FinishedStep } from '../core/delivery.ts';
import { RelaisError, remedies } from '../core/errors.ts';
import type { Receipt, TicketDraft } from '../core/ticket.ts';
import { withAnswer } from './answer.ts';
import type { Step } from './call-schema.ts';
import { type Doubt, resolveDoubt } from './doubt.ts';
import type { Job, Progress } from './interface.ts';
import { findTicket, type Out } from './look-up.ts';
import { describeTicket, stored, text } from './receipt.ts';
import { send } from './request.ts';
import type { Run } from './run.ts';
import { fillText, isTrue, type Scope, valueOver } from './template.ts';

/** A delivery under way. `finished` grows; outputs are in the scope as `steps`. */
export interface Flow {
  readonly run: Run;
  readonly job: Job;
  readonly progress: Progress;
  readonly finished: Record<string, FinishedStep>;
  /** A ticket that was found and not made: parts of it may be missing, or be there already. */
  adopted: boolean;
}

export function isUnsafe(step: Step): boolean {
  return (step.effect ?? (step.method === 'GET' ? 'none' : step.as === 'upload' ? 'repeatable' : 'unsafe')) === 'unsafe';
}

/** Runs the flow to its end and gives the receipt. `warnings` were known before. */
export async function runFlow(flow: Flow, draft: TicketDraft, noteReference: string, warnings: readonly string[]): Promise<Receipt> {
  const { run, job } = flow;
  const steps = job.action.kind === 'create' ? run.recipe.create : run.recipe.append;
  assertKnownDoubt(job, steps);
  for (const step of steps) await runStep(flow, step, { ...run.scope, draft, noteReference, action: job.action });
  const made = ticketOf(flow);
  if (made.ticketId === undefined) throw new RelaisError('unreadable-answer', 'The ticket system gave no ticket', {});
  if (!steps.some((step) => isUnsafe(step) && Object.keys(flow.finished).some((key) => key === step.id || key.startsWith(`${step.id}/`)))) {
    throw new RelaisError('rejected', `${run.recipe.name} is not set up for this`, { said: 'Nothing can be added to a ticket there' });
  }
  const found = await describeTicket(run, made.ticketId, made.out, run.scope);
  const told = Object.values(flow.finished).flatMap(({ out }) =>
    Array.isArray(out.warnings) ? out.warnings.filter((entry) => typeof entry === 'string') : [],
  );
  return { ...found, ...(flow.adopted ? { adopted: true } : {}), warnings: [...new Set([...warnings, ...told])] };
}

async function runStep(flow: Flow, step: Step, base: Scope): Promise<void> {
  for (const { key, scope } of await itemsOf(step, { ...base, ...ticketScope(flow), steps: outputsOf(flow) })) {
    if (isFinished(flow, step, key)) continue;
    const seen = { ...scope, ...ticketScope(flow), steps: outputsOf(flow), adopted: flow.adopted };
    const doubted = flow.job.inDoubt === key;
    // A step that was under way is never left out, even if its condition reads otherwise by now.
    if (!doubted && step.when !== undefined && !(await isTrue(step.when, seen))) continue;
    const out = (await there(flow, step, key, seen, doubted)) ?? (await attempt(flow, step, key, seen));
    await finish(flow, key, out);
  }
}

/** What the step would give, where its work is found to be done already. */
async function there(flow: Flow, step: Step, key: string, scope: Scope, doubted: boolean): Promise<Out | undefined> {
  const looks = doubted || (step.find !== undefined && (step.find.always || flow.adopted));
  if (!looks || !isUnsafe(step)) return undefined;
  const doubt: Doubt = { flow, step, key, scope, doubted };
  const out = await resolveDoubt(doubt);
  if (out !== undefined && step.as === 'create') flow.adopted = true;
  return out;
}

async function attempt(flow: Flow, step: Step, key: string, scope: Scope): Promise<Out> {
  const { run } = flow;
  const unsafe = isUnsafe(step);
  try {
    if (unsafe) await flow.progress.started(key);
    const headers = step.as === 'create' ? idempotency(flow) : {};
    const { answer, out: told } = await send(run, step, scope, { purpose: purposeOf(flow, step), safe: !unsafe, headers });
    const out = step.as === 'create' && text(told.ticketId) === undefined ? await named(run, step, scope, answer.status) : told;
    const warnings: string[] = [];
    const seen = withAnswer(scope, answer);
    for (const warning of step.warn) {
      if ((await valueOver(warning.when, seen, answer.body)) === true) warnings.push((await fillText(warning.say, seen)) ?? '');
    }
    return warnings.length === 0 ? out : { ...out, warnings };
  } catch (thrown) {
    const error = RelaisError.from(thrown);
    if (!step.optional || remedies[error.code] !== 'stop' || error.code === 'unexpected')
      throw withPlace(error, key, ticketOf(flow).ticketId);
    const why = typeof error.details.said === 'string' ? error.details.said : error.message;
    return { refused: true, warnings: [`${key}: ${why}`] };
  }
}

/** What a new ticket would have told of itself. Whatever goes wrong here, the ticket may be there: the outcome is unknown. */
async function named(run: Run, step: Step, scope: Scope, status: number): Promise<Out> {
  let cause: unknown;
  const found = step.thenFind
    ? await findTicket(run, scope).catch((thrown: unknown) => {
        cause = thrown;
        return undefined;
      })
    : undefined;
  if (found !== undefined) return found;
  throw new RelaisError('unreadable-answer', 'The answer to the new ticket names no ticket', { status }, { cause });
}

async function finish(flow: Flow, key: string, out: Out): Promise<void> {
  const kept = stored(out);
  await flow.progress.finished(key, kept);
  flow.finished[key] = { at: flow.run.context.now(), out: kept };
}

/** One entry for a single step, one per item for a repeated one. */
async function itemsOf(step: Step, base: Scope): Promise<readonly { readonly key: string; readonly scope: Scope }[]> {
  if (step.each === undefined) return [{ key: step.id, scope: base }];
  const draft = base.draft as TicketDraft;
  if (step.each === 'articles') {
    return draft.articles.map((article, index) => ({ key: `${step.id}/${article.id}`, scope: { ...base, item: article, article, index } }));
  }
  if (step.each === 'files') {
    const files = draft.articles.flatMap((article) => article.files.map((item) => ({ article, item })));
    return files.map(({ article, item }, index) => ({ key: `${step.id}/${item.id}`, scope: { ...base, item, article, index } }));
  }
  const items = await valueOver(step.each.items, base, base);
  return (Array.isArray(items) ? items : items === undefined ? [] : [items]).map((item: unknown, index) => {
    const id = typeof item === 'object' && item !== null && 'id' in item ? text(item.id) : undefined;
    return { key: `${step.id}/${id ?? index}`, scope: { ...base, item, index } };
  });
}

function isFinished(flow: Flow, step: Step, key: string): boolean {
  const finished = flow.finished[key];
  return finished !== undefined && (step.maxAgeMs === undefined || flow.run.context.now() - finished.at < step.maxAgeMs);
}

/** `steps.<id>` is what a step gave; of a repeated step, what each item gave by its id. */
function outputsOf(flow: Flow): Readonly<Record<string, unknown>> {
  const steps: Record<string, unknown> = {};
  for (const [key, { out }] of Object.entries(flow.finished)) {
    const slash = key.indexOf('/');
    if (slash < 0) steps[key] = out;
    else steps[key.slice(0, slash)] = { ...(steps[key.slice(0, slash)] as object | undefined), [key.slice(slash + 1)]: out };
  }
  return steps;
}

/** The ticket as far as steps have told; for an append, the ticket that was named until one tells better. */
export function ticketOf({ finished, job }: Pick<Flow, 'finished' | 'job'>): { readonly ticketId: string | undefined; readonly out: Out } {
  const out: Record<string, unknown> = {};
  for (const step of Object.values(finished))
    for (const name of ['ticketId', 'number', 'url']) if (step.out[name] !== undefined) out[name] = step.out[name];
  return { ticketId: text(out.ticketId) ?? (job.action.kind === 'append' ? job.action.ticketId : undefined), out };
}

function ticketScope(flow: Flow): { readonly ticket?: Readonly<Record<string, unknown>> } {
  const { ticketId, out } = ticketOf(flow);
  return ticketId === undefined ? {} : { ticket: { id: ticketId, number: text(out.number) ?? ticketId } };
}

function idempotency({ run, job }: Flow): Readonly<Record<string, string>> {
  const { key } = run.recipe.dedupe;
  return key === undefined ? {} : { [key.header.toLowerCase()]: job.draft.reference };
}

function purposeOf({ job }: Flow, step: Step): string {
  if (!isUnsafe(step) && step.method === 'GET') return 'read';
  return step.as === 'create' ? 'create' : job.action.kind === 'create' ? 'create' : 'append';
}

/** A step in doubt that this recipe doesn't have (it was updated since) can't be looked up. */
function assertKnownDoubt({ inDoubt, repeatAnyway }: Job, steps: readonly Step[]): void {
  if (inDoubt === undefined || repeatAnyway || steps.some((step) => inDoubt === step.id || inDoubt.startsWith(`${step.id}/`))) return;
  throw new RelaisError('cannot-look-up', `The recipe has no step ${inDoubt} any more`, { step: inDoubt });
}

function withPlace(error: RelaisError, step: string, ticketId: string | undefined): RelaisError {
  return new RelaisError(
    error.code,
    error.message,
    { ...error.details, step, ...(ticketId === undefined ? {} : { ticketId }) },
    { cause: error },
  );
}
