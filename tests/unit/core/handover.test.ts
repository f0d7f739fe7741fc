import { describe, expect, it } from 'vitest';
import {
  type HandedState,
  type Handover,
  isRunning,
  needsPerson,
  nextThread,
  resumedHandover,
  withState,
} from '../../../utils/core/handover.ts';

const of = (...states: HandedState['status'][]): Handover => ({
  version: 1,
  id: 'h',
  createdAt: 0,
  origin: 'https://mail.example.org',
  tabId: 1,
  edits: {},
  threads: states.map((status, index) => ({
    captureId: `h-${index}`,
    message: { id: `INBOX/${index}`, at: {} },
    subject: '',
    state: (status === 'failed' ? { status, error: { code: 'no-thread', message: '', details: {} } } : { status }) as HandedState,
  })),
});
const failure = { code: 'webmail-closed', message: '', details: {} } as const;
const statuses = ({ threads }: Handover) => threads.map(({ state }) => state.status);

describe('a handover', () => {
  it('goes on with what a stopped worker had begun, then with the next', () => {
    expect(nextThread(of('taken', 'waiting', 'reading'))?.captureId).toBe('h-2');
    expect(nextThread(of('taken', 'waiting', 'waiting'))?.captureId).toBe('h-1');
    expect(nextThread(of('taken', 'failed'))).toBeUndefined();
  });

  it('runs until nothing is left, or until it is halted', () => {
    expect(isRunning(of('taken', 'waiting'))).toBe(true);
    expect(isRunning(of('taken', 'failed'))).toBe(false);
    expect(isRunning({ ...of('waiting'), halted: 'cancelled' })).toBe(false);
    expect(isRunning({ ...of('waiting'), halted: failure })).toBe(false);
  });

  it('needs its person where it can not go on, and at its end where something could not be sent', () => {
    expect(needsPerson({ ...of('waiting'), halted: failure })).toBe(true);
    expect(needsPerson(of('taken', 'failed'))).toBe(true);
    expect(needsPerson(of('waiting', 'failed'))).toBe(false);
    expect(needsPerson(of('taken', 'skipped'))).toBe(false);
    expect(needsPerson({ ...of('taken', 'waiting'), halted: 'cancelled' })).toBe(false);
  });

  it('tries again what failed, and nothing that was taken', () => {
    const again = resumedHandover({ ...of('taken', 'failed', 'waiting'), halted: failure });
    expect(statuses(again)).toEqual(['taken', 'waiting', 'waiting']);
    expect(again.halted).toBeUndefined();
  });

  it('changes one thread alone', () => {
    expect(statuses(withState(of('waiting', 'waiting'), 'h-1', { status: 'taken' }))).toEqual(['waiting', 'taken']);
  });
});
