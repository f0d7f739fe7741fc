/**
 * At start: merges the two homes of what must not be lost. Costs three reads where nothing happened. A database that the
 * browser threw away is filled again from the journal; a journal that was thrown away is written again from the database.
 */
import type { Capture } from '../core/capture.ts';
import type { Delivery } from '../core/delivery.ts';
import type { Loss } from '../core/loss.ts';
import type { TicketDraft } from '../core/ticket.ts';
import { openBlobs } from './blobs.ts';
import { capturesIn, findCapture, findCaptured, putCapture, putCaptured } from './captures.ts';
import { database } from './database.ts';
import { isOpen } from './decide.ts';
import { deliveriesIn, findDelivery, putDelivery, readDraft } from './deliveries.ts';
import {
  forgetJournal,
  isJournalWhole,
  journalBlob,
  journalBlobKeys,
  journalIds,
  journalPiece,
  markJournalWhole,
  readJournal,
  readJournalBlob,
} from './journal.ts';
import { hadDatabase, markRecovered, rememberDatabase } from './loss.ts';

/** The step that a restored delivery is taken to be in the middle of. */
export type StepInDoubt = (delivery: Delivery, draft: TicketDraft) => Promise<string | undefined>;

/** The loss that was found, and is stored for the person to read; `undefined` where nothing is gone. */
export async function recover(now: number, stepInDoubt: StepInDoubt): Promise<Loss | undefined> {
  const [isRecovered, had] = await Promise.all([(await database()).get('marks', 'recovered'), hadDatabase()]);
  let lost: Loss | undefined;
  if (!isRecovered) {
    let [restored, missing] = [0, 0];
    for (const id of await journalIds()) {
      const outcome = await restore(id, now, stepInDoubt).catch(torn);
      if (outcome === 'restored') restored++;
      if (outcome === 'missing') missing++;
    }
    // A new database after an installation or a wipe finds nothing to bring back.
    if (had || restored + missing > 0) lost = { at: now, restored, missing };
    await markRecovered(lost);
  }
  if (!had) await rememberDatabase();
  if (!(await isJournalWhole())) {
    await rewriteJournal();
    await markJournalWhole();
  }
  return lost;
}

/** `nothing` was to be done, or the journal names what it does not have: `missing`. */
type Outcome = 'restored' | 'missing' | 'nothing';

/** What the browser can't read of the journal stops nothing else. All other failures may pass: the next start tries again. */
function torn(thrown: unknown): Outcome {
  if (thrown instanceof DOMException && ['NotFoundError', 'NotReadableError', 'DataError'].includes(thrown.name)) return 'missing';
  throw thrown;
}

async function restore(id: string, now: number, stepInDoubt: StepInDoubt): Promise<Outcome> {
  const pieces = await readJournal(id);
  const captured = pieces.find((piece) => piece.kind === 'captured');
  const edits = pieces.find((piece) => piece.kind === 'edits')?.edits;
  const submitted = pieces.find((piece) => piece.kind === 'delivery');
  const delivery = await findDelivery(id);
  if (delivery && !isOpen(delivery)) {
    await forgetJournal(id);
    return 'nothing';
  }
  // The capture comes back last: one that is there is there with all it has.
  if (captured || !submitted ? await findCapture(id) : delivery) return 'nothing';
  // Of what was typed, the thread itself is gone.
  if (!captured && !submitted) return Object.keys(edits ?? {}).length > 0 ? 'missing' : 'nothing';
  const [blobs, keys] = await Promise.all([openBlobs(), journalBlobKeys(id)]);
  for (const key of keys) {
    const blob = await readJournalBlob(key);
    if (blob) await blobs.write(key, blob);
  }
  if (submitted && !delivery) await putDelivery(await asUnknown(submitted, now, stepInDoubt), submitted.draft);
  if (captured) {
    await putCaptured(captured.captured);
    await putCapture(asPreparing(captured.capture, edits));
  }
  // Without one of its sources it fails where all can see it, and has to be sent again.
  return captured?.captured.messages.every(({ blob }) => blob === undefined || keys.includes(blob)) === false ? 'missing' : 'restored';
}

/** Prepared again from its sources: that also writes its attachments again, under the same keys. */
function asPreparing(capture: Capture, edits: Capture['edits'] | undefined): Capture {
  const { error: _, ...rest } = capture;
  return { ...rest, status: 'preparing', edits: edits ?? capture.edits };
}

/** How far it had got went with the database: its first step may have worked. */
async function asUnknown(
  { delivery, draft }: { readonly delivery: Delivery; readonly draft: TicketDraft },
  now: number,
  stepInDoubt: StepInDoubt,
): Promise<Delivery> {
  const step = delivery.inDoubt?.step ?? (await stepInDoubt(delivery, draft));
  return step === undefined
    ? delivery
    : { ...delivery, inDoubt: { step, since: now }, state: { status: 'unsure', since: now, dueAt: now } };
}

async function rewriteJournal(): Promise<void> {
  const open = await Promise.all(
    (['held', 'waiting', 'sending', 'unsure', 'stopped'] as const).map((status) => deliveriesIn(status, 100_000)),
  );
  for (const delivery of open.flat()) {
    await journalPiece(delivery.id, { kind: 'delivery', delivery, draft: await readDraft(delivery.id) });
    await rewriteCapture(delivery.id);
  }
  for (const status of ['ready', 'preparing', 'failed'] as const)
    for (const { id } of await capturesIn(status, 100_000)) await rewriteCapture(id);
}

async function rewriteCapture(id: string): Promise<void> {
  const [capture, captured] = await Promise.all([findCapture(id), findCaptured(id)]);
  if (!capture || !captured) return;
  const blobs = await openBlobs();
  for (const { blob } of captured.messages) if (blob !== undefined) await journalBlob(blob, await blobs.read(blob));
  const { thread: _, ...plain } = capture;
  await journalPiece(id, { kind: 'captured', capture: plain, captured });
  await journalPiece(id, { kind: 'edits', edits: capture.edits });
}
