/** Finds a ticket by its reference. A hit is worth nothing until the reference was read in it and compared. */
import { RelaisError } from '../core/errors.ts';
import { outputs } from './answer.ts';
import type { Find } from './recipe.ts';
import { send, sendLook } from './request.ts';
import type { Run } from './run.ts';
import { isTrue, type Scope, valueOver } from './template.ts';

export type Out = Readonly<Record<string, unknown>>;
const mostHits = 20;

/** What the create step would have given, of the ticket that carries the reference; `undefined` when there is none. */
export async function findTicket(run: Run, scope: Scope): Promise<Out | undefined> {
  const finds = await findsOf(run);
  if (finds.length === 0) throw new RelaisError('cannot-look-up', `${run.recipe.name} can't be asked whether it was done`);
  for (const find of finds) {
    const hit = await firstProven(run, find, scope);
    if (hit !== undefined) return hit;
  }
  await assertSight(run, scope);
  return undefined;
}

async function findsOf(run: Run): Promise<readonly Find[]> {
  if (run.recipe.dedupe.class === 'none') return [];
  const finds: Find[] = [];
  for (const find of run.recipe.dedupe.find) if (find.when === undefined || (await isTrue(find.when, run.scope))) finds.push(find);
  return finds;
}

async function firstProven(run: Run, find: Find, scope: Scope): Promise<Out | undefined> {
  const sent = await sendLook(run, find, scope, 'look-up').catch((thrown: unknown) => {
    // Some systems answer "not found" where others give an empty list.
    if (thrown instanceof RelaisError && thrown.code === 'not-found') return undefined;
    throw thrown;
  });
  if (sent === undefined) return undefined;
  const items = await valueOver(find.items, sent.scope, sent.answer.body);
  for (const item of (Array.isArray(items) ? items : [items]).slice(0, mostHits)) {
    const id = await valueOver(find.itemId, sent.scope, item);
    if (typeof id !== 'string' && typeof id !== 'number') continue;
    if (find.itemReference !== undefined && (await valueOver(find.itemReference, sent.scope, item)) !== scope.reference) continue;
    const proven = await prove(run, { ...scope, ticket: { id: String(id) } });
    if (proven === undefined) continue;
    const out: Record<string, unknown> = { ticketId: String(id), ...proven };
    for (const [name, expression] of Object.entries(find.itemOut ?? {})) out[name] = await valueOver(expression, sent.scope, item);
    return out;
  }
  return undefined;
}

/** Outputs of the proof; `undefined` when the ticket is somebody else's or gone. */
async function prove(run: Run, scope: Scope): Promise<Out | undefined> {
  const { proof } = run.recipe.dedupe;
  if (proof === undefined) return {};
  try {
    const { answer } = await send(run, proof, scope, { purpose: 'look-up', safe: true });
    if ((await valueOver(proof.ours, scope, answer.body)) !== true) return undefined;
    return await outputs(proof, answer, scope);
  } catch (thrown) {
    if (thrown instanceof RelaisError && thrown.code === 'not-found') return undefined;
    throw thrown;
  }
}

/** Nothing found proves nothing where this user may create tickets but not see them. */
async function assertSight(run: Run, scope: Scope): Promise<void> {
  const { sight } = run.recipe.dedupe;
  if (sight === undefined || (sight.when !== undefined && !(await isTrue(sight.when, scope)))) return;
  const { answer } = await send(run, sight, scope, { purpose: 'look-up', safe: true });
  if ((await valueOver(sight.sees, scope, answer.body)) === true) return;
  throw new RelaisError('cannot-look-up', 'This account sees no ticket: finding none proves nothing');
}
