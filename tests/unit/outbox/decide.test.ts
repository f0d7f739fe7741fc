import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../utils/core/delivery.ts';
import { type ErrorCode, remedies } from '../../../utils/core/errors.ts';
import {
  appended,
  backOff,
  claimed,
  delivered,
  dueOf,
  failed,
  halted,
  interrupted,
  isBeyond,
  policy,
  repeated,
  resumed,
  stepFinished,
  stepStarted,
} from '../../../utils/outbox/decide.ts';
import { deliveryOf } from '../../support/records.ts';

const chance = { now: 1_000_000, random: 0.5 };
const error = (code: ErrorCode, details = {}) => ({ code, message: code, details });
const sending = (): Delivery => claimed(deliveryOf('d1'), 'worker', 0);
const inDoubt = (): Delivery => stepStarted(sending(), 'create', 'worker', 0);

describe('what becomes of a delivery', () => {
  it('knows a state for every error code', () => {
    for (const code of Object.keys(remedies) as ErrorCode[]) {
      const { delivery, pause } = failed(inDoubt(), error(code), chance, { requestLeft: true });
      expect(delivery.state.status, code).not.toBe('sending');
      expect(pause !== undefined, code).toBe(remedies[code] === 'pause');
    }
  });

  it('looks an unknown outcome up before it repeats', () => {
    expect(failed(inDoubt(), error('connection-lost'), chance, { requestLeft: true }).delivery).toMatchObject({
      inDoubt: { step: 'create', since: 0 },
      state: { status: 'unsure', since: 1_000_000 },
    });
    expect(interrupted(inDoubt(), 5)).toMatchObject({ inDoubt: { step: 'create' }, state: { status: 'unsure', dueAt: 5 } });
    expect(interrupted(sending(), 5)).toMatchObject({ state: { status: 'waiting', dueAt: 5 } });
  });

  it('keeps a refused step in doubt: some systems refuse what they have made', () => {
    const { delivery } = failed(inDoubt(), error('rejected'), chance, { requestLeft: true });
    expect(delivery).toMatchObject({ state: { status: 'stopped' }, inDoubt: { step: 'create' } });
    expect(resumed(delivery, 9)).toMatchObject({ state: { status: 'unsure', dueAt: 9 } });
  });

  it('takes "not now" for an answer, but not that of a look-up', () => {
    for (const code of ['rate-limited', 'unauthorised'] as const) {
      expect(failed(inDoubt(), error(code), chance, { requestLeft: true }).delivery.inDoubt, code).toBeUndefined();
      expect(failed(inDoubt(), error(code), chance, { requestLeft: false }).delivery.inDoubt?.step, code).toBe('create');
    }
  });

  it('takes a redirect and a web page for no answer: a script behind a form answers so when it is done', () => {
    for (const code of ['redirected', 'login-page'] as const) {
      const { delivery, pause } = failed(inDoubt(), error(code), chance, { requestLeft: true });
      expect(delivery, code).toMatchObject({ state: { status: 'unsure' }, inDoubt: { step: 'create' } });
      expect(pause, code).toHaveProperty('retryAt');
    }
  });

  it('waits as long as the server says, and then a little more', () => {
    const { delivery } = failed(sending(), error('rate-limited', { retryAfterMs: 600_000 }), chance, { requestLeft: false });
    const due = dueOf(delivery) ?? 0;
    expect(due).toBeGreaterThanOrEqual(chance.now + 600_000);
    expect(due).toBeLessThanOrEqual(chance.now + 600_000 + policy.firstWait);
  });

  it('does not try a wrong password again by itself', () => {
    expect(failed(sending(), error('unauthorised'), chance, { requestLeft: true }).pause).not.toHaveProperty('retryAt');
    expect(failed(sending(), error('offline'), chance, { requestLeft: false }).pause).toHaveProperty('retryAt');
  });

  it('doubles its waits, each with half of it left to chance, and never beyond its bounds', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, random) => {
        const ceiling = Math.min(policy.longestWait, policy.firstWait * 2 ** Math.min(attempts, 30));
        const wait = backOff(attempts, random);
        expect(wait).toBeGreaterThanOrEqual(Math.max(policy.shortestWait, Math.floor(ceiling / 2)));
        expect(wait).toBeLessThanOrEqual(ceiling);
      }),
    );
  });

  it('lets a person repeat what can not be looked up, until the step is done', () => {
    const stopped = failed(inDoubt(), error('cannot-look-up'), chance, { requestLeft: false }).delivery;
    const again = repeated(stopped, 9);
    expect(again).toMatchObject({ repeatAnyway: true, inDoubt: { step: 'create' }, state: { status: 'unsure', dueAt: 9 } });
    const started = stepStarted(claimed(again, 'worker', 10), 'create', 'worker', 10);
    expect(stepFinished(started, 'create', { ticketId: '7' }, 11)).not.toHaveProperty('repeatAnyway');
  });

  it('takes a person’s "send again anyway" for one time: what came of that is in doubt like everything', () => {
    const again = repeated(failed(inDoubt(), error('cannot-look-up'), chance, { requestLeft: false }).delivery, 9);
    const started = stepStarted(claimed(again, 'worker', 10), 'create', 'worker', 10);
    const lost = failed(started, error('timeout'), chance, { requestLeft: true }).delivery;
    expect(lost).toMatchObject({ inDoubt: { step: 'create' }, state: { status: 'unsure' } });
    expect(lost).not.toHaveProperty('repeatAnyway');
    expect(interrupted(started, 11)).not.toHaveProperty('repeatAnyway');
    // Nothing left for it yet: the word still stands.
    expect(failed(claimed(again, 'worker', 10), error('offline'), chance, { requestLeft: false }).delivery.repeatAnyway).toBe(true);
  });

  it('does not take "not now" for an answer to what was sent before', () => {
    const again = failed(inDoubt(), error('rate-limited'), chance, { requestLeft: true, isRepeat: true }).delivery;
    expect(again).toMatchObject({ inDoubt: { step: 'create' }, state: { status: 'unsure' } });
  });

  it('lets a person take back what waits, and nothing that is on its way or there', () => {
    expect(halted(deliveryOf('d1'))?.state.status).toBe('stopped');
    expect(halted(sending())).toBeUndefined();
    expect(halted(delivered(sending(), { ticketId: '1', number: '1', warnings: [] }, 99))).toBeUndefined();
  });

  it('lets a person add to the ticket that a colleague made', () => {
    const stopped = failed(sending(), error('already-in-tickets', { ticketId: '7' }), chance, { requestLeft: false }).delivery;
    expect(stopped.state.status).toBe('stopped');
    expect(appended(stopped, '7', 9)).toMatchObject({ action: { kind: 'append', ticketId: '7' }, state: { status: 'waiting', dueAt: 9 } });
  });

  it('does not believe a server that says to come back in a year, nor a time beyond all waiting', () => {
    const { delivery } = failed(sending(), error('rate-limited', { retryAfterMs: 1e15 }), chance, { requestLeft: true });
    expect(isBeyond(dueOf(delivery) ?? 0, chance.now)).toBe(false);
    expect(isBeyond(chance.now + 365 * 24 * 60 * 60_000, chance.now)).toBe(true);
  });

  it('never forgets a finished step or a step in doubt, whatever happens in whatever order', () => {
    const codes = Object.keys(remedies) as ErrorCode[];
    const event = fc.oneof(
      fc.constant('claim' as const),
      fc.constant('start' as const),
      fc.constant('finish' as const),
      fc.constant('interrupt' as const),
      fc.constant('resume' as const),
      fc.record({ code: fc.constantFrom(...codes), requestLeft: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let delivery = deliveryOf('d1');
        let steps = 0;
        for (const [now, happened] of events.entries()) {
          const before = delivery;
          if (happened === 'claim') delivery = claimed(delivery, 'worker', now);
          else if (happened === 'start') delivery = stepStarted(delivery, `step${steps}`, 'worker', now);
          else if (happened === 'finish') delivery = stepFinished(delivery, `step${steps++}`, { id: '1' }, now);
          else if (happened === 'interrupt') delivery = interrupted(delivery, now);
          else if (happened === 'resume') delivery = resumed(delivery, now);
          else delivery = failed(delivery, error(happened.code), { now, random: 0.3 }, happened).delivery;
          expect(Object.keys(delivery.finished)).toEqual(expect.arrayContaining(Object.keys(before.finished)));
          if (typeof happened === 'string' && happened !== 'finish' && happened !== 'start')
            expect(delivery.inDoubt).toEqual(before.inDoubt);
          if (delivery.inDoubt !== undefined) expect(delivery.state.status).not.toBe('waiting');
        }
        expect(delivered(delivery, { ticketId: '1', number: '1', warnings: [] }, 99)).not.toHaveProperty('inDoubt');
      }),
    );
  });
});
