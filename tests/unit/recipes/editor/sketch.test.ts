import { describe, expect, it } from 'vitest';
import { placesIn } from '../../../../utils/recipes/editor/answers.ts';
import { readCurl } from '../../../../utils/recipes/editor/curl.ts';
import { recipeOf } from '../../../../utils/recipes/editor/from-request.ts';
import { begin, change, redo, undo } from '../../../../utils/recipes/editor/history.ts';
import { suggestPlaces } from '../../../../utils/recipes/editor/places.ts';
import {
  addRequest,
  inspect,
  linesAt,
  placesOf,
  put,
  removeRequest,
  type Sketch,
  textAt,
  typeJson,
  typeLines,
} from '../../../../utils/recipes/editor/sketch.ts';

function sketch(): Sketch {
  const { request } = readCurl(`curl https://desk.example.org/v1/cases -d '{"subject":"x"}'`);
  if (request === undefined) throw new Error('Nothing was read');
  return { document: recipeOf(request, []).document, texts: {} };
}
const send = ['create', '0', 'send'];

describe('a sketch', () => {
  it('takes JSON as soon as it is some, keeps the text as typed, and says where it is none', () => {
    const typing = typeJson(sketch(), send, '{ "subject": "{{ draft.title }}", ');
    expect(inspect(typing)).toMatchObject({ faults: [{ path: 'create.0.send' }] });
    expect(textAt(typing, send)).toBe('{ "subject": "{{ draft.title }}", ');
    const typed = typeJson(typing, send, '{ "subject":   "{{ draft.title }}" }');
    expect(inspect(typed).faults).toEqual([]);
    expect(textAt(typed, send)).toBe('{ "subject":   "{{ draft.title }}" }');
  });

  it('says which place is wrong: the schema’s, and what is no expression', () => {
    expect(inspect(put(sketch(), ['note'], 'secret')).faults).toMatchObject([{ path: 'note' }]);
    expect(inspect(put(sketch(), send, { subject: '{{ draft. }}' })).faults).toMatchObject([{ path: 'create.0.send.subject' }]);
    expect(inspect(put(sketch(), ['id'], 'rt')).faults).toMatchObject([{ path: 'id' }]);
    expect(inspect(put(sketch(), ['docs'], 'javascript:alert(1)')).faults).toMatchObject([{ path: 'docs' }]);
    expect(inspect(put(sketch(), ['settings', '0', 'default'], { a: 1 })).faults).not.toEqual([]);
  });

  it('has several places in the answer, one a line', () => {
    const out = ['create', '0', 'out', 'ticketId'];
    const typed = typeLines(sketch(), out, 'case.id\n');
    expect(linesAt(typed, out)).toBe('case.id\n');
    expect(inspect(typed).recipe?.create[0]?.out.ticketId).toBe('case.id');
  });

  it('gets each further request, sound at once, and loses it again', () => {
    for (const task of ['append', 'find', 'read', 'queues', 'test'] as const) {
      const more = addRequest(sketch(), task);
      expect(inspect(more).faults, task).toEqual([]);
      const place = placesOf(more.document).find((one) => one.task === task);
      if (place === undefined) throw new Error(`No ${task}`);
      const less = removeRequest(more, place);
      expect(placesOf(less.document).map((one) => one.task)).toEqual(['create']);
      expect(inspect(less).recipe?.dedupe.class).toBe('none');
    }
  });
});

it('goes back and forth; typing on in one place is one step', () => {
  let history = begin('');
  for (const text of ['a', 'ab', 'abc']) history = change(history, text, 'title');
  history = change(history, 'other', 'body');
  history = undo(history);
  expect(history.present).toBe('abc');
  history = undo(history);
  expect(history.present).toBe('');
  expect(undo(history)).toBe(history);
  expect(redo(redo(redo(history))).present).toBe('other');
  expect(redo(change(history, 'new')).present).toBe('new');
});

describe('places by name', () => {
  it('are told by keys, their parents and the type of the example', () => {
    const { body, used } = suggestPlaces({
      issue: {
        summary: 'x',
        description: '<p>Hello</p>',
        project: { key: 'ABC' },
        priority: { id: 3 },
        assigned_to: 'ana',
        labels: ['mail'],
      },
      requester: { email: 'e', name: 'n', locale_id: 1 },
      external_id: '9',
      internal_note: 'n',
      attachments: [{ file_name: 'a', data: 'x', content_type: 'y' }],
      notify: true,
    });
    expect(body).toMatchObject({
      issue: {
        summary: '{{ draft.title }}',
        description: expect.stringContaining('$body($)'),
        project: { key: '{{ draft.queue.id }}' },
        priority: { id: '{{ $number(draft.priority.id) }}' },
        assigned_to: '{{ draft.assignee.id }}',
        labels: ['mail'],
      },
      requester: { email: '{{ draft.requester.address }}', name: '{{ draft.requester.name }}', locale_id: 1 },
      external_id: '{{ reference }}',
      internal_note: "{{ draft.note[$ != ''] }}",
      attachments: `{{ [draft.articles.files.{ "file_name": filename, "data": $file($), "content_type": mediaType }] }}`,
      notify: true,
    });
    expect([...used]).toContain('note');
  });

  it('stay as they were where nothing is known, and where places are already', () => {
    const example = { type: 'incident', count: 3, deep: [{ flag: false }], title: '{{ draft.title & "!" }}' };
    expect(suggestPlaces(example).body).toEqual(example);
  });
});

it('finds id, number and link in an answer, nearest to its root', () => {
  expect(placesIn({ 'ticket-data': { owner: { id: 1 }, id: 7, number: 'T7', html_url: 'https://a.example/7' } })).toEqual({
    ticketId: ['`ticket-data`.id'],
    number: ['`ticket-data`.number'],
    url: ['`ticket-data`.html_url'],
  });
  expect(placesIn([{ id: 1 }]).ticketId).toEqual(['$[0].id']);
  expect(placesIn('accepted')).toEqual({ ticketId: [], number: [], url: [] });
});
