/**
 * Checks a request against a slice of a vendor's OpenAPI document, more strictly than the document does: most leave their
 * schemas open, so a property that is not declared counts as a fault.
 */
import type { RecordedRequest } from './exchanges.ts';

type Node = Readonly<Record<string, unknown>>;

export interface Contract extends Node {
  readonly paths: Readonly<Record<string, Node>>;
  readonly servers?: readonly { readonly url: string }[];
}

/** Faults of a request, a line each; `undefined` where the slice has no such operation. */
export function faultsIn(contract: Contract, { method, url, headers, body }: RecordedRequest): readonly string[] | undefined {
  const { pathname, searchParams } = new URL(url);
  const found = operationOf(contract, method.toLowerCase(), pathname);
  if (found === undefined) return undefined;
  const parameters = [...list(found.item.parameters), ...list(found.operation.parameters)].map((entry) => resolve(contract, entry));
  const known = new Set(parameters.flatMap(({ in: place, name }) => (place === 'query' ? [baseOf(String(name))] : [])));
  const queries = [...searchParams.keys()].filter((name) => !known.has(baseOf(name))).map((name) => `query ${name}: not declared`);
  return [...queries, ...bodyFaults(contract, found.operation, headers['content-type'], body)];
}

function operationOf(contract: Contract, method: string, path: string): { readonly item: Node; readonly operation: Node } | undefined {
  const prefixes = [
    '',
    ...(contract.servers ?? []).map(({ url }) => (URL.canParse(url, 'https://x/') ? new URL(url, 'https://x/').pathname : '')),
  ];
  const fits = prefixes.flatMap((prefix) => {
    const rest = prefix.length > 1 && path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return Object.entries(contract.paths).filter(([template, item]) => isObject(item[method]) && matches(template, rest));
  });
  // `/tickets/search` before `/tickets/{id}`.
  const [best] = fits.toSorted(([one], [other]) => placeholders(one) - placeholders(other));
  return best === undefined ? undefined : { item: best[1], operation: best[1][method] as Node };
}

function matches(template: string, path: string): boolean {
  const pattern = template.split(/\{[^}]+\}/).map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^/]+')}$`).test(path);
}

function placeholders(template: string): number {
  return template.split('{').length;
}

function bodyFaults(contract: Contract, operation: Node, type: string | undefined, body: unknown): readonly string[] {
  const content = object(resolve(contract, operation.requestBody ?? {}).content);
  if (body === undefined) return [];
  const isMultipart = Array.isArray(body) && type === undefined;
  const names = Object.keys(content);
  const name = names.find((candidate) => candidate.includes(isMultipart ? 'multipart' : ((type ?? 'json').split(';')[0]?.trim() ?? '')));
  const declared = object(content[name ?? names.find((candidate) => candidate.includes('json')) ?? names[0] ?? '']).schema;
  if (declared === undefined) return names.length === 0 ? ['body: none is declared'] : [];
  if (isMultipart) {
    const known = propertiesOf(contract, declared);
    const parts = body.map((part) => baseOf(String(object(part).name)));
    return known === undefined ? [] : parts.filter((part) => !known.has(part)).map((part) => `part ${part}: not declared`);
  }
  return typeof body === 'string' ? [] : valueFaults(contract, declared, body, 'body', 0);
}

function valueFaults(contract: Contract, given: unknown, value: unknown, path: string, depth: number): readonly string[] {
  const schema = resolve(contract, given);
  if (depth > 12 || Object.keys(schema).length === 0) return [];
  if (value === null) return schema.nullable === true || typesOf(schema).includes('null') ? [] : [`${path}: null`];
  const ways = [...list(schema.oneOf), ...list(schema.anyOf)];
  const faults: string[] = [];
  if (ways.length > 0) {
    const each = ways.map((way) => valueFaults(contract, { allOf: [way, { ...schema, oneOf: [], anyOf: [] }] }, value, path, depth + 1));
    return each.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return [`${path}: ${typeof value} instead of ${types.join(' or ')}`];
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) faults.push(`${path}: ${JSON.stringify(value)} is none of the values`);
  if (Array.isArray(value)) {
    const items = resolve(contract, schema.items ?? {});
    faults.push(...value.flatMap((entry, at) => valueFaults(contract, items, entry, `${path}.${at}`, depth + 1)));
  } else if (isObject(value)) faults.push(...objectFaults(contract, schema, value, path, depth));
  return faults;
}

function objectFaults(contract: Contract, schema: Node, value: Node, path: string, depth: number): readonly string[] {
  const known = propertiesOf(contract, schema);
  const missing = requiredOf(contract, schema).filter((name) => value[name] === undefined);
  return [
    ...missing.map((name) => `${path}.${name}: required`),
    ...Object.entries(value).flatMap(([name, entry]) => {
      if (known === undefined) return [];
      const schemas = known.get(name);
      if (schemas === undefined) return [`${path}.${name}: not declared`];
      return schemas.flatMap((one) => valueFaults(contract, one, entry, `${path}.${name}`, depth + 1));
    }),
  ];
}

/** Declared properties, those of every part of an `allOf` too; `undefined` for a free-form map, which declares none. */
function propertiesOf(contract: Contract, given: unknown): ReadonlyMap<string, readonly unknown[]> | undefined {
  const schema = resolve(contract, given);
  const found = new Map<string, unknown[]>();
  const add = (name: string, one: unknown): void => void found.set(name, [...(found.get(name) ?? []), one]);
  for (const [name, one] of Object.entries(object(schema.properties))) add(name, one);
  for (const part of [...list(schema.allOf), ...list(schema.oneOf), ...list(schema.anyOf)])
    for (const [name, schemas] of propertiesOf(contract, part) ?? []) for (const one of schemas) add(name, one);
  return found.size === 0 ? undefined : found;
}

function requiredOf(contract: Contract, given: unknown): readonly string[] {
  const schema = resolve(contract, given);
  return [...list(schema.required).map(String), ...list(schema.allOf).flatMap((part) => requiredOf(contract, part))];
}

function resolve(contract: Contract, given: unknown): Node {
  const node = object(given);
  if (typeof node.$ref !== 'string') return node;
  let at: unknown = contract;
  for (const step of node.$ref.replace(/^#\//, '').split('/'))
    at = object(at)[decodeURIComponent(step.replaceAll('~1', '/').replaceAll('~0', '~'))];
  return resolve(contract, at);
}

function typesOf({ type }: Node): readonly string[] {
  return Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** `custom_fields[cf_reference]`, `tags[]`: what stands before the brackets is what is declared. */
function baseOf(name: string): string {
  return name.split('[')[0] ?? name;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function object(value: unknown): Node {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
