/** What went wrong, for a person: in the words of “Test connection”, and in the system's own. */
import type { ErrorCode, RelaisError } from '../../utils/core/errors.ts';
import { diagnose } from '../../utils/recipes/doctor.ts';
import { engine } from '../../utils/recipes/engine.ts';
import type { Connection } from '../../utils/recipes/interface.ts';
import { say } from './english.ts';

/** These are no faults of a connection: the error's own sentence says what it is about. */
const ofDelivery: readonly ErrorCode[] = ['draft-incomplete', 'interrupted', 'cannot-look-up', 'mail-needed'];

/** Lines, the best guess first. `tookMs`: how long it took to fail, where that may tell something. */
export async function linesFor(error: RelaisError, connection: Connection, tookMs: number) {
  const [origin = ''] = await engine.origins(connection).catch(() => []);
  const findings = ofDelivery.includes(error.code) ? [] : diagnose({ error: error.record(), origin, tookMs });
  const told = findings.map(({ code, sure, about }) => {
    const sentence = say(`finding_${code}`, about);
    return sure ? sentence : say('findingProbably', sentence);
  });
  const { said } = error.details;
  const lines = [...(findings.length === 0 ? [error.message] : told), ...(typeof said === 'string' ? [`“${said}”`] : [])];
  return { findings, lines };
}
