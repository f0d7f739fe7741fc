/**
 * Takes due deliveries to their ticket systems. One courier at a time in the whole browser profile (a Web Lock);
 * every step is stored before and after it happens, so that the worker may be stopped between any two lines.
 */
import type { Delivery, EndpointPause } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import type { Receipt } from '../core/ticket.ts';
import type { Connection, Engine, EngineContext, Found, Job, Progress } from '../recipes/interface.ts';
import { mendClock } from './clock.ts';
import { claimed, delivered, failed, interrupted, stepFinished, stepStarted } from './decide.ts';
import { changeDelivery, deliveriesIn, findPause, putPause, readDraft, removePause } from './deliveries.ts';
import { adopted, isFirstTry, isRepeat, isTakeable, jobOf, threadOf } from './job.ts';
import { forgetJournal } from './journal.ts';
import { nextLook } from './next-look.ts';
import { createPicker, type Picked, type Picker } from './pick.ts';

const lock = 'relais-outbox';
/** While it sends, an alarm this far off brings back a worker that was stopped in the middle. */
const watchMs = 60_000;

export interface CourierContext extends EngineContext {
  readonly engine: Engine;
  /** `undefined` where the endpoint was removed. */
  readonly connection: (endpointId: string) => Promise<Connection | undefined>;
  readonly random: () => number;
  /** Names this worker in the lease. */
  readonly holder: string;
  /** Told after every change, for badge, button and pages. */
  readonly changed: (delivery: Delivery) => Promise<void>;
  /** Wakes the worker then. */
  readonly wakeAt: (when: number | undefined, now: number) => Promise<void>;
}

export interface Courier {
  /** Looks for due deliveries and sends them; resolves when nothing is due any more and the next alarm is set. */
  look(): Promise<void>;
}

export function createCourier(context: CourierContext): Courier {
  let wanted = false;
  let running: Promise<void> | undefined;
  /** Resolves when somebody wants a look. */
  let called = Promise.withResolvers<void>();
  /** The same for a whole drain: a thousand deliveries don't read the settings a thousand times. */
  const connections = new Map<string, Promise<Connection | undefined>>();

  function connectionTo(endpointId: string): Promise<Connection | undefined> {
    const connection = connections.get(endpointId) ?? context.connection(endpointId);
    connections.set(endpointId, connection);
    return connection;
  }

  /** Whether somebody wants a look, who is then told apart from the next one. */
  function heard(): boolean {
    if (!wanted) return false;
    wanted = false;
    called = Promise.withResolvers();
    return true;
  }

  async function run(): Promise<void> {
    try {
      while (heard()) {
        await watch();
        await navigator.locks.request(lock, async () => {
          await reclaim();
          await mendClock(context.now());
          await drain();
        });
        const now = context.now();
        // What came due just after its turn, or is left for whatever reason, may not be passed over: nobody else comes back for it.
        const isLeft = (await createPicker(context.now).next(new Map())) !== undefined;
        await context.wakeAt(isLeft ? now : await nextLook(now), now);
      }
    } finally {
      // In the same breath as nobody was heard: who calls from now on starts the next run.
      running = undefined;
    }
  }

  async function watch(): Promise<void> {
    const now = context.now();
    await context.wakeAt(Math.min(now + watchMs, (await nextLook(now)) ?? Number.POSITIVE_INFINITY), now);
  }

  /** Whoever was sending is gone: the lock is ours. */
  async function reclaim(): Promise<void> {
    for (const { id } of await deliveriesIn('sending', 10_000)) {
      const changed = await changeDelivery(id, (delivery) =>
        delivery.state.status === 'sending' ? interrupted(delivery, context.now()) : undefined,
      );
      if (changed) await context.changed(changed);
    }
  }

  /** Sends what is due. Rejects at its end where something else than sending went wrong: the alarm that is set then stays. */
  async function drain(): Promise<void> {
    const picker = createPicker(context.now);
    const underWay = new Map<string, { endpointId: string; done: Promise<void> }>();
    let ended = 0;
    const broken: unknown[] = [];
    try {
      for (;;) {
        const endedBefore = ended;
        if (heard()) picker.lookAgain();
        const next = await picker.next(underWay);
        if (next) {
          const thread = threadOf(next.delivery);
          const done = attempt(next, picker)
            .catch((error: unknown) => void broken.push(error))
            .finally(() => {
              underWay.delete(thread);
              ended += 1;
            });
          underWay.set(thread, { endpointId: next.delivery.endpointId, done });
        } else if (underWay.size > 0) {
          await Promise.race([called.promise, ...[...underWay.values()].map(({ done }) => done)]);
        } else if (ended === endedBefore) {
          // Nothing to pick, and nothing ended meanwhile that had blocked another one.
          break;
        }
      }
    } finally {
      // Whoever has the lock next takes what is being sent for dead: nothing may be, whatever went wrong here.
      await Promise.all([...underWay.values()].map(({ done }) => done));
    }
    if (broken.length > 0) throw broken[0];
  }

  async function attempt(picked: Picked, picker: Picker): Promise<void> {
    const { id, endpointId } = picked.delivery;
    let { delivery } = picked;
    let isClaimed = false;
    let requestLeft = false;
    /** Claims it with the first change: until then nothing but questions was sent, and it may be taken back. */
    const changeOurs = async (change: (delivery: Delivery) => Delivery, durability?: 'relaxed'): Promise<boolean> => {
      const changed = await changeDelivery(
        id,
        (found) => {
          if (!isClaimed) return isTakeable(found, context.now()) ? change(claimed(found, context.holder, context.now())) : undefined;
          return found.state.status === 'sending' && found.state.holder === context.holder ? change(found) : undefined;
        },
        durability,
      );
      isClaimed = true;
      if (changed) delivery = changed;
      return changed !== undefined;
    };
    const update = async (change: (delivery: Delivery) => Delivery, durability?: 'relaxed'): Promise<void> => {
      if (!(await changeOurs(change, durability))) throw new RelaisError('interrupted', 'It was taken back');
    };
    try {
      const [connection, draft] = await Promise.all([connectionTo(endpointId), readDraft(id)]);
      if (!connection) throw new RelaisError('no-endpoint', 'This ticket system was removed');
      const job = jobOf(picked, draft, connection);
      if (job && isFirstTry(job)) await assertNew(job);
      const made =
        job === undefined
          ? adopted(picked)
          : await deliver(job, delivery, {
              started: async (step) => {
                await update((found) => stepStarted(found, step, context.holder, context.now()));
                if (!requestLeft) await context.changed(delivery);
                requestLeft = true;
              },
              finished: (step, out) => update((found) => stepFinished(found, step, out, context.now())),
            });
      const receipt = job && isFirstTry(job) ? await withTwin(job, made) : made;
      // Its steps are on disk: lost to a power cut, this would be found out again without a request.
      await update((found) => delivered(found, receipt, context.now()), 'relaxed');
      await forgetJournal(id);
      if (picker.isPaused(endpointId)) await removePause(endpointId);
      picker.paused(endpointId, undefined);
    } catch (thrown) {
      const error = RelaisError.from(thrown);
      if (error.code === 'unexpected') console.error('delivery', thrown);
      const paused = await findPause(endpointId);
      let pauseAfter: EndpointPause | undefined;
      const isChanged = await changeOurs((found) => {
        const outcome = failed(
          found,
          error.record(),
          { now: context.now(), random: context.random() },
          { requestLeft, isRepeat: isRepeat(picked.delivery, found), paused },
        );
        pauseAfter = outcome.pause;
        return outcome.delivery;
      });
      if (isChanged && pauseAfter) {
        await putPause(pauseAfter);
        picker.paused(endpointId, pauseAfter);
      }
    }
    await context.changed(delivery);
  }

  /** What was refused is looked for where that is possible; where it isn't, the system's word has to do. */
  async function deliver(job: Job, { error }: Delivery, progress: Progress): Promise<Receipt> {
    try {
      return await context.engine.deliver(job, context, progress);
    } catch (thrown) {
      if (error?.code !== 'rejected' || RelaisError.from(thrown).code !== 'cannot-look-up') throw thrown;
      return context.engine.deliver({ ...job, repeatAnyway: true }, context, progress);
    }
  }

  /** A colleague may have sent this thread from another browser: then a person says what to do. */
  async function assertNew({ connection, draft }: Job): Promise<void> {
    const found = await lookUp(connection, draft.reference);
    if (!found) return;
    const { ticketId, number, url } = found;
    throw new RelaisError('already-in-tickets', 'This thread has a ticket already', {
      ticketId,
      number,
      ...(url !== undefined && { url }),
    });
  }

  /** Two colleagues in the same second both found nothing before. The oldest ticket is named to the one who came second. */
  async function withTwin({ connection, draft }: Job, receipt: Receipt): Promise<Receipt> {
    const first = await lookUp(connection, draft.reference).catch(() => undefined);
    return first && first.ticketId !== receipt.ticketId ? { ...receipt, twin: first } : receipt;
  }

  /** `undefined` also where the system can't be asked. */
  async function lookUp(connection: Connection, reference: string): Promise<Found | undefined> {
    try {
      return await context.engine.lookUp(connection, reference, context);
    } catch (thrown) {
      if (RelaisError.from(thrown).code === 'cannot-look-up') return undefined;
      throw thrown;
    }
  }

  return {
    look() {
      wanted = true;
      called.resolve();
      // Perhaps because the settings changed.
      connections.clear();
      if (running) void watch();
      running ??= run();
      return running;
    },
  };
}
