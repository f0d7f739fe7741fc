// @vitest-environment jsdom
import { act } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { overlay } from '../../utils/ui/overlay.ts';
import { eventually } from '../support/eventually.ts';
import { openPopup, viewOf } from './popup-support.tsx';

describe('a stored keystroke', () => {
  it('draws no message again, however often the worker tells all of them', async () => {
    let told = viewOf('ready').capture;
    const { model } = await openPopup(viewOf('ready'), {
      // As an answer crosses from the worker: the same words in new objects.
      'draft.edited': ({ edits }) => {
        told = structuredClone(told && overlay(told, edits as never));
        return told;
      },
      'capture.opened': () => structuredClone(told),
    });
    const before = model.thread.view.value?.messages;
    await act(async () => {
      model.thread.edit({ note: 'Call back' });
      await eventually(() => expect(told?.note).toBe('Call back'));
      await model.changed();
    });
    expect(model.thread.view.value?.note).toBe('Call back');
    expect(model.thread.view.value?.messages).toBe(before);
  });

  it('draws them again where they changed', async () => {
    let told = viewOf('ready').capture;
    const { model, container } = await openPopup(viewOf('ready'), { 'capture.opened': () => told });
    told = told && { ...told, messages: told.messages.slice(1) };
    const rows = container.querySelectorAll('#panel-thread [aria-labelledby=messages] > li').length;
    await act(() => model.changed());
    expect(container.querySelectorAll('#panel-thread [aria-labelledby=messages] > li')).toHaveLength(rows - 1);
  });
});
