/** What is typed, laid over what the worker last said. Pure. */
import type { Target } from '../core/capture.ts';
import type { CaptureView, EditPatch } from '../views.ts';

type Chosen = 'queue' | 'priority' | 'assignee' | 'type' | 'tags' | 'endpointId';

/** The capture as the person sees it: a typed value wins; one that was taken back (`null`) is empty until the worker tells the default. */
export function overlay(view: CaptureView, typed: EditPatch): CaptureView {
  const { queue, priority, assignee, type, tags, endpointId, ...rest } = view;
  const leftOut = typed.leftOut && new Set(typed.leftOut);
  const pick = <Key extends Chosen>(key: Key): { [K in Key]?: NonNullable<CaptureView[K]> } => {
    const value = typed[key] === undefined ? view[key] : typed[key];
    return value === null || value === undefined ? {} : ({ [key]: value } as { [K in Key]?: NonNullable<CaptureView[K]> });
  };
  return {
    ...rest,
    ...pick('queue'),
    ...pick('priority'),
    ...pick('assignee'),
    ...pick('type'),
    ...pick('tags'),
    ...pick('endpointId'),
    title: typed.title ?? view.title,
    requester: typed.requester ?? view.requester,
    note: typed.note ?? view.note,
    target: typed.target === null ? targetWithout(view) : (typed.target ?? view.target),
    messages: leftOut
      ? view.messages.map((message) => ({
          ...message,
          ticked: !leftOut.has(message.id),
          attachments: message.attachments.map((file) => ({ ...file, ticked: !leftOut.has(file.id) })),
        }))
      : view.messages,
  };
}

/** Where it goes when nobody chose. */
function targetWithout({ known }: CaptureView): Target {
  return known ? { kind: 'append', ticketId: known.ticketId, number: known.number } : { kind: 'new' };
}

/** Ids of the messages and attachments that are not ticked. */
export function leftOutOf(view: CaptureView): readonly string[] {
  return view.messages.flatMap((message) => [
    ...(message.ticked ? [] : [message.id]),
    ...message.attachments.filter(({ ticked }) => !ticked).map(({ id }) => id),
  ]);
}

/**
 * Which typed values still stand when a newer view has come: those that are not stored yet, and texts that the worker
 * keeps in another form than typed (trimmed, filled in), so that nothing changes under the cursor. `answer` tells
 * whether the view is the answer to our own edit; if not, a text that differs was changed elsewhere and gives way.
 */
export function stillTyped(typed: EditPatch, unsaved: EditPatch, last: CaptureView, next: CaptureView, answer: boolean): EditPatch {
  const stands = (key: string) => {
    if (key in unsaved) return true;
    if (key !== 'title' && key !== 'requester' && key !== 'note') return false;
    return typed[key] !== next[key] && (answer || last[key] === next[key]);
  };
  return Object.fromEntries(Object.entries(typed).filter(([key]) => stands(key)));
}

/** A newer view in which every part that says the same as before is the very same: what shows it needn't be drawn again. */
export function keepingSame(last: CaptureView, next: CaptureView): CaptureView {
  const known: Readonly<Record<string, unknown>> = { ...last };
  const parts = Object.entries(next).map(([key, value]) => [key, says(value) === says(known[key]) ? known[key] : value]);
  return Object.fromEntries(parts) as CaptureView;
}

const says = (value: unknown) => JSON.stringify(value);

/** Its messages still come in. */
export function isBeingRead(capture: CaptureView | undefined): boolean {
  return capture?.status === 'collecting' || capture?.status === 'preparing';
}
