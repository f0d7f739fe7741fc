import { describe, expect, it } from 'vitest';
import type { Capture, DraftEdits } from '../../../utils/core/capture.ts';
import { type DraftDefaults, draftOf, formOf, type ThreadTicket } from '../../../utils/core/draft.ts';
import type { Rule } from '../../../utils/core/rules.ts';
import { captureOf, words } from '../../support/records.ts';

const billing = { id: '5', label: 'Billing' };
const high = { id: 'h', label: 'High' };
const ana = { id: '7', label: 'Ana' };
const rule = (give: Rule['give'], when: Rule['when'] = { subject: ['devis'] }): Rule => ({ id: 'r1', name: 'Quotes', when, give });
const settingsWith = (...rules: Rule[]): DraftDefaults => ({
  endpoints: [
    { id: 'rt', needsQueue: true, defaults: { queue: { id: '3', label: 'Support' } } },
    { id: 'znuny', needsQueue: true, defaults: { priority: { id: '3', label: 'Normal' } } },
  ],
  rules,
  templates: [{ id: 'call', text: '{{requester}}, {{title}}, {{queue}}, {{me}}, {{date}}, {{ticket}}' }],
  today: '3 Mar 2026',
});
const capture = (edits: DraftEdits = {}, change: Partial<Capture> = {}): Capture => ({ ...captureOf('c1'), edits, ...change });

describe('a rule that matches', () => {
  it('chooses ticket system, queue, priority, assignee and the beginning of the note', () => {
    const form = formOf(
      capture({}, { account: 'lead@example.org' }),
      settingsWith(rule({ endpointId: 'znuny', queue: billing, priority: high, assignee: ana, template: 'call' })),
    );
    expect(form).toMatchObject({
      endpointId: 'znuny',
      queue: billing,
      priority: high,
      assignee: ana,
      note: 'Client, Devis, Billing, lead@example.org, 3 Mar 2026, {{ticket}}',
      rule: { rule: { name: 'Quotes' }, because: [{ on: 'subject', word: 'devis' }] },
    });
  });

  it('is sent by without anybody typing', async () => {
    expect(await draftOf(capture(), settingsWith(rule({ endpointId: 'znuny', queue: billing })), words)).toMatchObject({
      endpointId: 'znuny',
      queue: billing,
      priority: { label: 'Normal' },
    });
  });

  it('sends nothing of its template that nobody could fill in, and what a person left standing', async () => {
    const settings = settingsWith(rule({ queue: billing, template: 'call' }));
    expect((await draftOf(capture(), settings, words)).note).not.toContain('{{');
    expect((await draftOf(capture({ note: 'See {{ticket}}' }), settings, words)).note).toBe('See {{ticket}}');
  });

  it('gives way to what was typed, field by field, an emptied note too', () => {
    const settings = settingsWith(rule({ queue: billing, priority: high, template: 'call' }));
    const other = { id: '9', label: 'Other' };
    expect(formOf(capture({ queue: other, note: '' }), settings)).toMatchObject({ queue: other, priority: high, note: '' });
  });

  it('gives tags, until they are taken back', () => {
    const settings = settingsWith(rule({ tags: [billing] }));
    expect(formOf(capture(), settings).tags).toEqual([billing]);
    expect(formOf(capture({ tags: [high] }), settings).tags).toEqual([high]);
    expect(formOf(capture({ tags: [] }), settings)).not.toHaveProperty('tags');
  });

  it('says nothing of a system that somebody chose instead', () => {
    const form = formOf(capture({ endpointId: 'rt' }), settingsWith(rule({ endpointId: 'znuny', queue: billing, assignee: ana })));
    expect(form).toMatchObject({ endpointId: 'rt', queue: { label: 'Support' } });
    expect(form).not.toHaveProperty('rule');
    expect(form).not.toHaveProperty('assignee');
  });

  it('holds for the default system where it names none, and for none where its own is gone', () => {
    expect(formOf(capture(), { ...settingsWith(rule({ queue: billing })), defaultEndpoint: 'znuny' }).queue).toEqual(billing);
    expect(formOf(capture({ endpointId: 'rt' }), { ...settingsWith(rule({ queue: billing })), defaultEndpoint: 'znuny' }).queue).toEqual({
      id: '3',
      label: 'Support',
    });
    const gone = formOf(capture(), settingsWith(rule({ endpointId: 'gone', queue: billing })));
    expect(gone).toMatchObject({ endpointId: 'rt', queue: { label: 'Support' } });
    expect(gone).not.toHaveProperty('rule');
  });

  it('leaves a thread in the ticket that it has, and its note unwritten there', () => {
    const ticket: ThreadTicket = { endpointId: 'rt', ticketId: '1', number: '4711', messages: new Set(['m1', 'm2', 'm3']) };
    const form = formOf(capture(), settingsWith(rule({ endpointId: 'znuny', template: 'call' })), [ticket]);
    expect(form).toMatchObject({ endpointId: 'rt', target: { kind: 'append', number: '4711' }, note: '' });
    expect(formOf(capture(), settingsWith(rule({ template: 'call' })), [ticket]).note).toBe('');
  });

  it('is not asked before the thread is there', () => {
    const { thread: _, ...collecting } = capture();
    expect(formOf(collecting, settingsWith(rule({ queue: billing }, {}))).queue?.label).toBe('Support');
  });
});
