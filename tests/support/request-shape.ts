/** What of a request must stay the same whatever a mail says: everything but the texts in it. */
import type { HttpRequest } from '../../utils/http.ts';

/** Names of fields whose text is a JSON document, as some systems want it. */
export async function documentsIn(requests: readonly HttpRequest[]): Promise<ReadonlySet<string>> {
  const fields = requests.flatMap(({ body }) => {
    if (body instanceof FormData) return [...body].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
    return typeof body === 'string' && /^[\w.%[\]-]+=/.test(body) ? [...new URLSearchParams(body)] : [];
  });
  return new Set(fields.flatMap(([name, text]) => (/^\{.*\}$/s.test(text) ? [name] : [])));
}

/** Lines that name the parts of a request. */
export async function shapeOf(request: HttpRequest, documents: ReadonlySet<string>): Promise<readonly string[]> {
  const { method, url, headers = {}, body } = request;
  const { origin, pathname, searchParams } = new URL(url);
  return [
    `${method} ${origin} ${pathname.split('/').length} segments`,
    ...[...searchParams.keys()].map((name) => `query ${name}`),
    ...Object.keys(headers).map((name) => `header ${name}`),
    ...(await bodyShape(body, headers['content-type'] ?? '', documents)),
  ];
}

async function bodyShape(body: HttpRequest['body'], type: string, documents: ReadonlySet<string>): Promise<readonly string[]> {
  const inner = (text: string, name: string) => (documents.has(name) ? valueShape(JSON.parse(text), name) : []);
  if (body === undefined) return ['no body'];
  if (body instanceof FormData)
    return [...body].flatMap(([name, value]) =>
      typeof value === 'string' ? [`part ${name}`, ...inner(value, name)] : [`file ${name} ${value.type}`],
    );
  const text = typeof body === 'string' ? body : await body.text();
  if (type.includes('json')) return valueShape(JSON.parse(text), 'body');
  if (type.includes('urlencoded'))
    return [...new URLSearchParams(text)].flatMap(([name, value]) => [`field ${name}`, ...inner(value, name)]);
  return ['raw body'];
}

function valueShape(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return [`${path} list of ${value.length}`, ...value.flatMap((entry, at) => valueShape(entry, `${path}.${at}`))];
  if (typeof value !== 'object' || value === null) return [`${path} ${value === null ? 'null' : typeof value}`];
  // A text in Atlassian's format has as many paragraphs as it has.
  if ('type' in value && value.type === 'doc' && 'version' in value)
    return [`${path} ${[...nodeTypes(value)].toSorted().join('+').replace('hardBreak+', '')}`];
  const [[, only] = []] = Object.entries(value);
  // osTicket names a file by the name of the field.
  if (Object.keys(value).length === 1 && typeof only === 'string' && only.startsWith('data:')) return [`${path} named file`];
  return Object.entries(value).flatMap(([name, entry]) => {
    // The text of a GraphQL query is ours to the letter: values travel as variables.
    if (name === 'query' && 'variables' in value) return [`${path}.query ${String(entry)}`];
    return valueShape(entry, `${path}.${name}`);
  });
}

function nodeTypes(node: object): Set<string> {
  const types = new Set<string>();
  if ('type' in node) types.add(String(node.type));
  if ('content' in node && Array.isArray(node.content))
    for (const child of node.content) for (const type of nodeTypes(child as object)) types.add(type);
  return types;
}
