import { describe, expect, it, vi } from 'vitest';
import { createEdits } from '../../utils/ui/edits.ts';
import type { CaptureView, EditPatch } from '../../utils/views.ts';
import { eventually } from '../support/eventually.ts';
import { deferred, memoryJournal } from './support.ts';

function setUp(journal = memoryJournal()) {
  const sent: EditPatch[] = [];
  const answers: ReturnType<typeof deferred<CaptureView | undefined>>[] = [];
  const saved = vi.fn();
  const failed = vi.fn();
  const edits = createEdits({
    captureId: 'c1',
    journal,
    send(patch) {
      sent.push(patch);
      const answer = deferred<CaptureView | undefined>();
      answers.push(answer);
      return answer.promise;
    },
    saved,
    failed,
  });
  return { edits, sent, answers, saved, failed, journal };
}

describe('edits', () => {
  it('go out with the first keystroke, and what comes meanwhile goes in one message', async () => {
    const { edits, sent, answers, saved } = setUp();
    edits.edit({ note: 'a' });
    edits.edit({ note: 'ab' });
    edits.edit({ note: 'abc', title: 't' });
    expect(sent).toEqual([{ note: 'a' }]);
    answers[0]?.resolve(undefined);
    await eventually(() => expect(sent).toEqual([{ note: 'a' }, { note: 'abc', title: 't' }]));
    expect(saved).not.toHaveBeenCalled();
    answers[1]?.resolve(undefined);
    await edits.settle();
    expect(saved).toHaveBeenCalledTimes(1);
  });

  it('lie in the journal until the worker has them', async () => {
    const { edits, answers, journal } = setUp();
    edits.edit({ note: 'a' });
    edits.edit({ title: 't' });
    expect(JSON.parse(journal.entries.get('unsaved:c1') ?? '')).toEqual({ note: 'a', title: 't' });
    answers[0]?.resolve(undefined);
    await eventually(() => expect(JSON.parse(journal.entries.get('unsaved:c1') ?? '')).toEqual({ title: 't' }));
    answers[1]?.resolve(undefined);
    await edits.settle();
    expect(journal.entries.size).toBe(0);
  });

  it('that an earlier page could not hand over go out first', async () => {
    const { edits, sent, answers, journal } = setUp(memoryJournal({ 'unsaved:c1': '{"note":"typed before"}' }));
    expect(edits.unsaved()).toEqual({ note: 'typed before' });
    expect(sent).toEqual([{ note: 'typed before' }]);
    answers[0]?.resolve(undefined);
    await edits.settle();
    expect(journal.entries.size).toBe(0);
  });

  it('survive a worker that fails, and go out with the next keystroke', async () => {
    const { edits, sent, answers, failed, journal } = setUp();
    edits.edit({ note: 'a' });
    answers[0]?.reject(new Error('gone'));
    await eventually(() => expect(failed).toHaveBeenCalledTimes(1));
    expect(journal.entries.get('unsaved:c1')).toContain('"a"');
    edits.edit({ title: 't' });
    expect(sent[1]).toEqual({ note: 'a', title: 't' });
    answers[1]?.resolve(undefined);
    await edits.settle();
  });

  it('are not left lying, however close to an answer they come', async () => {
    for (let microtasks = 0; microtasks < 12; microtasks += 1) {
      const { edits, sent, answers } = setUp();
      edits.edit({ note: 'a' });
      answers[0]?.resolve(undefined);
      for (let step = 0; step < microtasks; step += 1) await Promise.resolve();
      edits.edit({ note: 'ab' });
      await eventually(() => expect(sent).toHaveLength(2));
      answers[1]?.resolve(undefined);
      await edits.settle();
    }
  });

  it('are flushed without waiting when the page goes away', () => {
    const { edits, sent, journal } = setUp();
    edits.edit({ note: 'a' });
    edits.edit({ note: 'ab' });
    edits.flush();
    expect(sent).toEqual([{ note: 'a' }, { note: 'ab' }]);
    expect(journal.entries.get('unsaved:c1')).toContain('"ab"');
  });
});
