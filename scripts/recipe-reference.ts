/** Every field of a recipe, out of the schema's own source with its comments: the last part of docs/recipes.md, written by `npm run schemas`. */
import { readFile } from 'node:fs/promises';

const mark = '<!-- From here on written by npm run schemas. -->';
const sources = ['recipe', 'call-schema', 'auth-schema', 'field-schema'];

/** What each part is called in a recipe; a part that isn't here is not a reader's business. */
const titles: Readonly<Record<string, string>> = {
  recipe: 'The recipe',
  field: 'A field of `settings`',
  auth: 'A way to sign in: an entry of `auth`',
  call: 'A call',
  step: 'A step of `create`, `append` and `test`',
  stepFind: '`find` of a step',
  look: 'A call that reads: `read`, and what a list, a search and a look-up are too',
  list: 'A list',
  paging: '`page` of a list',
  find: 'An entry of `dedupe.find`',
  dedupe: '`dedupe`',
  search: 'An entry of `search`',
  limits: '`limits`',
  rewrite: '`rewrite`',
  rule: 'A rule: an entry of `errors`',
  warning: 'An entry of `warn`',
  sign: '`sign` of a call',
};

interface Row {
  readonly name: string;
  readonly kind: string;
  readonly says: string;
}

/** Rows of each part, read line by line: the schemas are written one field a line, with its comment above. */
function partsOf(source: string): Map<string, Row[]> {
  const parts = new Map<string, Row[]>();
  let rows: Row[] = [];
  let comment: string[] = [];
  let outer: { readonly name: string; readonly indent: number }[] = [];
  for (const line of source.replace(/picklist\(\[[^\]]*\]/g, (many) => many.replace(/\s+/g, ' ')).split('\n')) {
    const start = /^(?:export )?const (\w+) = v\.(?:strictObject|union|variant)\(/.exec(line);
    const indent = line.search(/\S/);
    const text = line.trim();
    if (start) {
      rows = rowsOf(/strictObject\(\{ (.+) \}\);$/.exec(line)?.[1] ?? '', '', '');
      outer = [];
      parts.set(start[1] ?? '', rows);
      comment = [];
    } else if (indent === 0 && /^[}\]]/.test(text)) rows = [];
    else if (/^(?:\/\*\*|\*)/.test(text)) {
      const words = text.replace(/^\/?\*+\s?|\s*\*\/$/g, '');
      if (words !== '' && words !== '/') comment.push(words);
    } else {
      outer = outer.filter((within) => within.indent < indent);
      rows.push(...rowsOf(text, comment.join(' '), outer.map(({ name }) => name).join('.')));
      const opened = /^(\w+): .*\($|^(\w+): .*\(\{$/.exec(text);
      if (opened) outer.push({ name: opened[1] ?? opened[2] ?? '', indent });
      comment = [];
    }
  }
  return parts;
}

/** Rows of one line: a field, several in one object, or all of another part. */
function rowsOf(text: string, says: string, within: string): Row[] {
  const inside = /^v\.strictObject\(\{ (.+), \.\.\.when \}\),$/.exec(text)?.[1] ?? text;
  return inside.split(/, (?=(?:\w+: v\.|\w+: \w+[,)]|\w+: \w+$))(?![^{]*\}\))/).flatMap((entry, at) => {
    const whole = /^\.\.\.(\w+)\.entries,?(.*)/.exec(entry);
    if (whole) return [{ name: '…', kind: `everything of ${whole[1]}`, says }];
    const [, name, value] = /^(\w+): (.+?),?$/.exec(entry) ?? /^((\w+)),$/.exec(entry) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ name: within === '' ? name : `${within}.${name}`, kind: kindOf(value), says: at === 0 ? says : '' }];
  });
}

/** What may stand there, in a few words. */
function kindOf(value: string): string {
  const keys = /v\.strictObject\(\{ (.+) \}/.exec(value)?.[1]?.match(/\w+(?=: )/g);
  if (keys)
    return `${value.includes('v.array(v.strictObject') ? 'list of ' : ''}${value.includes('...call.entries') ? 'call with ' : ''}{ ${keys.map((key) => `\`${key}\``).join(', ')} }${need(value)}`;
  const choices = /picklist\(\[([^\]]+)\]/.exec(value)?.[1];
  const literal = /v\.literal\('?([\w-]+)'?\)/.exec(value)?.[1];
  const named =
    /\b(template|sentence|key|kinds|headers|expression|rule|step|call|list|find|search|look|field|auth|dedupe|limits|rewrite|sign|methods|paging|stepFind|warning|before)\b/;
  const what =
    choices?.replaceAll("'", '`').replace(/,? $/, '') ??
    (literal && `\`${literal}\``) ??
    named.exec(value)?.[1] ??
    ['boolean', 'number', 'record', 'strictObject', 'string'].find((type) => value.includes(`v.${type}`)) ??
    (value.endsWith('(') ? 'strictObject' : 'any JSON');
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    sentence: 'text',
    key: 'a word of letters and digits',
    kinds: 'where it is listed',
    headers: 'names and templates',
    record: 'names and values',
    strictObject: 'object',
    methods: 'method of HTTP',
    before: 'call with an `id`',
    stepFind: 'see below',
    warning: 'see below',
  };
  const shown = words[what] ?? what;
  const many = value.includes('v.array(')
    ? `list of ${shown}`
    : value.includes('v.record(') && shown !== words.record
      ? `names and ${shown}s`
      : shown;
  return `${many}${need(value)}`;
}

function need(value: string): string {
  return value.startsWith('v.optional') ? '' : ', required';
}

/** The page with its last part as the schema has it now. */
export async function withReference(page: string): Promise<string> {
  const parts = new Map<string, readonly Row[]>();
  for (const name of sources) {
    const source = await readFile(new URL(`../utils/recipes/${name}.ts`, import.meta.url), 'utf8');
    for (const [part, rows] of partsOf(source)) parts.set(part, rows);
  }
  const tables = Object.entries(titles).map(([part, title]) => {
    const lines = (parts.get(part) ?? []).map(({ name, kind, says }) => `| ${name === '…' ? '…' : `\`${name}\``} | ${kind} | ${says} |`);
    return `### ${title}\n\n| field | is | |\n| --- | --- | --- |\n${lines.join('\n')}`;
  });
  const text = page.split(mark)[0]?.trimEnd() ?? '';
  return `${text}\n\n${mark}\n\n## Every field\n\n${tables.join('\n\n')}\n`;
}
