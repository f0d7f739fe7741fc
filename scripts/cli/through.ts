/** A delivery from beginning to end, as the outbox does it: every step kept, what is in doubt looked up before it is repeated. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FinishedStep } from '../../utils/core/delivery.ts';
import { RelaisError, remedies } from '../../utils/core/errors.ts';
import type { Action, Receipt, TicketDraft } from '../../utils/core/ticket.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection, EngineContext } from '../../utils/recipes/interface.ts';

const mostAttempts = 6;
const longestWaitMs = 120_000;

/** Resolves with the receipt; throws what a person must see to. `print` is told of waits. */
export async function deliverThrough(
  connection: Connection,
  action: Action,
  draft: TicketDraft,
  context: EngineContext,
  print: (line: string) => void,
): Promise<Receipt> {
  const finished: Record<string, FinishedStep> = {};
  let doubt: { readonly step: string; readonly since: number } | undefined;
  for (let attempt = 1; ; attempt += 1) {
    let started: string | undefined;
    try {
      return await engine.deliver(
        { connection, action, draft, finished: { ...finished }, ...(doubt && { inDoubt: doubt.step, inDoubtSince: doubt.since }) },
        context,
        {
          started: async (step) => {
            started = step;
          },
          finished: async (step, out) => {
            finished[step] = { at: context.now(), out };
            if (step === started) started = undefined;
            if (step === doubt?.step) doubt = undefined;
          },
        },
      );
    } catch (thrown) {
      const error = RelaisError.from(thrown);
      const remedy = remedies[error.code];
      if (remedy === 'check' && started !== undefined) doubt = { step: started, since: context.now() };
      const wait = typeof error.details.retryAfterMs === 'number' ? error.details.retryAfterMs : 2_000 * attempt;
      if ((remedy !== 'check' && remedy !== 'retry') || attempt >= mostAttempts || wait > longestWaitMs) throw error;
      print(`${error.code}: ${error.message}. Next try in ${Math.ceil(wait / 1_000)} s`);
      await sleep(wait);
    }
  }
}
