/** What of a draft belongs where, told by the names in an example body: `subject` is the title, `contact.email` the requester. */
import { isPlaceholder, isSecretName, keyFor } from './credentials.ts';

/** Something of the draft that can be put into a request. */
export interface Insertable {
  readonly id: InsertableId;
  /** With its braces. */
  readonly template: string;
}

const heading = "$heading($, ['from', 'to', 'cc', 'date'])";
const rest = "draft.incomplete[$ != ''], 'Ref: ' & reference";

/** In the order in which they are offered. */
export const templates = {
  title: '{{ draft.title }}',
  text: `{{ $join([draft.articles.(${heading} & '\\n\\n' & text), ${rest}], '\\n\\n') }}`,
  html: `{{ $join([draft.articles.($html(${heading}) & $body($)), $html(draft.incomplete & ' Ref: ' & reference)], '<hr>') }}`,
  requesterAddress: '{{ draft.requester.address }}',
  requesterName: '{{ draft.requester.name }}',
  queue: '{{ draft.queue.id }}',
  priority: '{{ draft.priority.id }}',
  assignee: '{{ draft.assignee.id }}',
  note: "{{ draft.note[$ != ''] }}",
  reference: '{{ reference }}',
  sourceUrl: '{{ draft.sourceUrl }}',
  files: "{{ [draft.articles.files.{ 'filename': filename, 'type': mediaType, 'content': $file($) }] }}",
  ticketId: '{{ ticket.id }}',
} as const;
export type InsertableId = keyof typeof templates;
export const insertables: readonly Insertable[] = Object.entries(templates).map(([id, template]) => ({ id: id as InsertableId, template }));

/** Places that somebody put there already; `{{subject}}` of other tools is none. */
const filledIn = /\{\{[^{}]*\b(?:draft|settings|secrets|reference|ticket|steps)\b/;
const people = /^(?:requester|customer|contact|client|user|reporter|from|sender|author|caller|person|created_?by|end_?user)$/i;
/** First hit wins; tried against the last name of a path. */
const names: readonly (readonly [RegExp, InsertableId])[] = [
  [
    /^(?:external|client|source|foreign)?_?-?(?:reference|external_?id|correlation_?id|unique_?id|external_?reference|client_?ref|ref)$/i,
    'reference',
  ],
  [/^(?:(?:internal|private|agent|staff)_?-?(?:note|comment|remark)s?|work_?notes?)$/i, 'note'],
  [/^(?:ticket_?)?(?:subject|title|summary|headline|short_?description|topic)$/i, 'title'],
  [/^(?:html(?:_?body)?|body_?html|description_?html|message_?html|content_?html)$/i, 'html'],
  [/^(?:description|body|text|content|message|details?|comment|article|plain_?text|text_?body|body_?text|notes|first_?message)$/i, 'text'],
  [
    /^(?:queue|category|group|project|department|team|inbox|mailbox|board|column|section|topic|service_?desk)s?(?:_?(?:id|name|key|code|slug))?$/i,
    'queue',
  ],
  [/^(?:priority|urgency|severity)(?:_?(?:id|name|code|level))?$/i, 'priority'],
  [/^(?:assignee|owner|agent|assigned_?to|assigned_?user|responsible|technician)(?:_?(?:id|name|login|email))?$/i, 'assignee'],
  [
    /^(?:(?:requester|customer|contact|client|reporter|sender|from|user|caller)_?)?(?:e_?mail|mail|email_?address|mail_?address)$/i,
    'requesterAddress',
  ],
  [/^(?:requester|customer|contact|client|reporter|sender|caller|from|customer_?user)$/i, 'requesterAddress'],
  [/^(?:requester|customer|contact|client|reporter|sender|caller|from|user)_?(?:full_?|display_?)?name$/i, 'requesterName'],
  [/^(?:source_?url|source_?link|permalink)$/i, 'sourceUrl'],
];

export interface Suggested {
  /** The body with places in it. */
  readonly body: unknown;
  /** What of the draft it now holds. */
  readonly used: ReadonlySet<InsertableId>;
  /** Secrets that stood in the body: label and value by the key under which they are known now. */
  readonly secrets: Readonly<Record<string, { readonly label: string; readonly value: string }>>;
}

/** Puts places of the draft where the names of the keys ask for them; what nothing is known about stays as it was. */
export function suggestPlaces(example: unknown, takenKeys: readonly string[] = []): Suggested {
  const used = new Set<InsertableId>();
  const secrets: Record<string, { label: string; value: string }> = {};
  const take = (id: InsertableId, sample: unknown): string => {
    used.add(id);
    return typeof sample === 'number' ? templates[id].replace(/^\{\{ (.*) \}\}$/s, '{{ $number($1) }}') : templates[id];
  };
  const visit = (value: unknown, path: readonly string[]): unknown => {
    const name = path.at(-1) ?? '';
    if (path.length > 40) return value;
    if (Array.isArray(value)) {
      const files = filesTemplate(name, value);
      if (files === undefined) return value.map((entry) => visit(entry, path));
      used.add('files');
      return files;
    }
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, visit(entry, [...path, key])]));
    if (typeof value === 'string' && filledIn.test(value)) return value;
    if (typeof value === 'boolean' || value === null || name === '') return value;
    // `{ "project": { "key": "ABC" } }` is no secret.
    if (typeof value === 'string' && isSecretName(name) && !/^key$/i.test(name)) {
      const key = keyFor(name, [...takenKeys, ...Object.keys(secrets)]);
      secrets[key] = { label: name, value: isPlaceholder(value) ? '' : value };
      return `{{ secrets.${key} }}`;
    }
    const id = placeOf(path, value);
    return id === undefined ? value : take(id, value);
  };
  return { body: visit(example, []), used, secrets };
}

function placeOf(path: readonly string[], value: string | number | unknown): InsertableId | undefined {
  const name = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (people.test(parent)) {
    if (/^(?:id|uid|login)$/i.test(name)) return undefined;
    if (/mail|^address$/i.test(name)) return 'requesterAddress';
    if (/^(?:(?:full|display)_?)?name$/i.test(name)) return 'requesterName';
  }
  if (/^(?:id|name|key|value|slug|code)$/i.test(name) && parent !== '') return queueLike(parent);
  const id = names.find(([pattern]) => pattern.test(name))?.[1];
  if (id === 'text' && typeof value === 'string' && /<(?:p|br|div|b|html)\b/i.test(value)) return 'html';
  const takesText =
    id === 'title' || id === 'text' || id === 'html' || id === 'note' || id === 'requesterAddress' || id === 'requesterName';
  return takesText && typeof value === 'number' ? undefined : id;
}

/** `{ "project": { "key": "ABC" } }` */
function queueLike(parent: string): InsertableId | undefined {
  const id = names.find(([pattern]) => pattern.test(parent))?.[1];
  return id === 'queue' || id === 'priority' || id === 'assignee' ? id : undefined;
}

const fileValues: readonly (readonly [RegExp, string])[] = [
  [/^(?:content_?base64|base64|content|data|body|file|file_?data|file_?content|contents|payload|bytes)$/i, '$file($)'],
  [/^(?:file_?)?name$|title/i, 'filename'],
  [/type|mime/i, 'mediaType'],
  [/size|length/i, 'size'],
];

/** A list of objects with a name and a content, under a name such as `attachments`. */
function filesTemplate(name: string, list: readonly unknown[]): string | undefined {
  const [first] = list;
  if (!/attach|files?$|upload|document/i.test(name) || typeof first !== 'object' || first === null) return undefined;
  const pairs = Object.keys(first).flatMap((key) => {
    const found = fileValues.find(([pattern]) => pattern.test(key));
    return found === undefined ? [] : [[key, found[1]] as const];
  });
  if (!pairs.some(([, expression]) => expression === '$file($)')) return undefined;
  return `{{ [draft.articles.files.{ ${pairs.map(([key, expression]) => `${JSON.stringify(key)}: ${expression}`).join(', ')} }] }}`;
}
