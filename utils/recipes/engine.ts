/** One engine for every ticket system: what differs is in the recipe. */

import { RelaisError, remedies } from '../core/errors.ts';
import { articleReference } from '../core/reference.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { fitFiles } from './files.ts';
import type { Connection, Engine, EngineContext, TestResult } from './interface.ts';
import { readList } from './lists.ts';
import { findTicket } from './look-up.ts';
import { describeTicket, text } from './receipt.ts';
import type { Recipe } from './recipe.ts';
import { send, sendLook } from './request.ts';
import { addresses, openRun } from './run.ts';
import { searchTickets } from './search.ts';
import { readSettings } from './settings.ts';
import { runFlow } from './steps.ts';
import { fillText, isTrue } from './template.ts';

export const engine: Engine = {
  async deliver(job, context, progress) {
    const { draft, warnings } = fitFiles(job.draft, job.connection.recipe.limits);
    const run = await openRun(job.connection, context, draft);
    if (job.action.kind === 'create') assertChosen(job.connection.recipe, draft);
    const adopted = Object.values(job.finished).some(({ out }) => out.adopted === true);
    const { mail } = job.connection.recipe;
    if (mail !== undefined && job.action.kind === 'create')
      throw new RelaisError('mail-needed', 'A person must send this by mail', { to: (await fillText(mail, run.scope)) ?? '' });
    const flow = { run, job, progress, finished: { ...job.finished }, adopted };
    return runFlow(flow, draft, await noteReference(draft), warnings);
  },

  async lookUp(connection, reference, context) {
    const run = await openRun(connection, context);
    const out = await findTicket(run, { ...run.scope, reference });
    const ticketId = text(out?.ticketId);
    return out === undefined || ticketId === undefined ? undefined : describeTicket(run, ticketId, out);
  },

  async read(connection, ticketId, context) {
    const run = await openRun(connection, context);
    const { read } = connection.recipe;
    const known =
      read === undefined ? {} : (await sendLook(run, read, { ...run.scope, ticket: { id: ticketId, number: ticketId } }, 'read')).out;
    const ticket = await describeTicket(run, text(known.ticketId) ?? ticketId, known);
    const told = (['title', 'state', 'queue', 'owner'] as const).flatMap((name) => {
      const value = text(known[name]);
      return value === undefined ? [] : [[name, value] as const];
    });
    return { ...ticket, ...Object.fromEntries(told) };
  },

  async list(connection, name, context, within) {
    return readList(await openRun(connection, context), name, within);
  },

  async search(connection, text, context) {
    return searchTickets(await openRun(connection, context), text);
  },

  async test(connection, context) {
    try {
      return await runTest(connection, context);
    } catch (thrown) {
      throw await sharper(thrown, connection, context);
    }
  },

  async origins({ recipe, values }) {
    return (await addresses(recipe, await readSettings(recipe, values))).origins;
  },
};

async function runTest(connection: Connection, context: EngineContext): Promise<TestResult> {
  const { recipe } = connection;
  const run = await openRun(connection, context);
  const steps: Record<string, unknown> = {};
  const told: Record<string, string> = {};
  const warnings: string[] = [];
  let calls = 0;
  for (const step of recipe.test) {
    // Where only the look-up can be asked, it is asked for a reference that no thread has.
    const scope = { ...run.scope, steps, reference: 'relais-00000000000000000000' };
    if (step.when !== undefined && !(await isTrue(step.when, scope))) continue;
    try {
      const { out } = await send(run, step, scope, { purpose: 'test', safe: true });
      calls += 1;
      steps[step.id] = out;
      for (const name of ['identity', 'version']) told[name] ||= text(out[name]) ?? '';
      const warning = text(out.warning);
      if (warning !== undefined) warnings.push(warning);
    } catch (thrown) {
      if (!step.optional || !(thrown instanceof RelaisError) || remedies[thrown.code] !== 'stop') throw thrown;
    }
  }
  // Nothing can be asked without making a ticket. Whether anybody answers there can be, and is.
  const [origin] = run.origins;
  if (calls === 0 && origin !== undefined) await context.http({ purpose: 'test', method: 'GET', url: `${origin}/` });
  if (recipe.note === 'public') warnings.push('This system can’t keep notes internal: the requester may see them');
  const { identity, version } = told;
  return {
    ok: true,
    warnings,
    ...(calls === 0 ? { untried: true } : {}),
    ...(identity ? { identity } : {}),
    ...(version ? { version } : {}),
  };
}

/** "Offline", but does the server answer at its root? Then it is the address behind it that is wrong (Znuny hangs up on an unknown web service). */
async function sharper(thrown: unknown, connection: Connection, context: EngineContext): Promise<unknown> {
  if (!(thrown instanceof RelaisError) || !['offline', 'connection-lost'].includes(thrown.code)) return thrown;
  const [origin] = await engine.origins(connection);
  try {
    await context.http({ purpose: 'test', method: 'GET', url: `${origin}/` });
  } catch {
    return thrown;
  }
  return new RelaisError('not-found', 'The server answers, but hangs up at this address: check the address and the names in it', {
    ...thrown.details,
  });
}

function assertChosen(recipe: Recipe, draft: TicketDraft): void {
  for (const name of ['queue', 'priority', 'assignee', 'type', 'tags'] as const) {
    if (recipe.fields[name] === 'required' && draft[name] === undefined)
      throw new RelaisError('draft-incomplete', `${recipe.name} needs a ${name}`, { field: name });
  }
}

/** Marks the note: two different notes on one ticket must not be taken for each other. */
async function noteReference(draft: TicketDraft): Promise<string> {
  return (await articleReference(draft.reference, `note ${draft.note}`)).replace(/-m([a-z0-9]+)$/, '-n$1');
}
