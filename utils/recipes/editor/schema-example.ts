/** An example of what a JSON Schema describes: its own example where it has one, else its properties. Ends whatever refers to whatever. */

export type Json = { readonly [name: string]: unknown };

const deepest = 12;
const mostProperties = 60;
const mostSchemas = 2_000;

/** What `value` points to in the document, or the value itself. */
export function resolve(root: Json, value: unknown, depth = 0): unknown {
  if (!isObject(value) || typeof value.$ref !== 'string') return value;
  if (depth > deepest || !value.$ref.startsWith('#/')) return undefined;
  let found: unknown = root;
  for (const part of value.$ref.slice(2).split('/')) {
    const name = unescaped(part);
    found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return resolve(root, found, depth + 1);
}

interface Walk {
  readonly root: Json;
  /** What a server fills in itself: not sent, but answered. */
  readonly isAnswer: boolean;
  /** Schemas that may yet be visited: those that refer to each other would never end. */
  left: number;
}

/** Required properties, and those that a ticket system may well want to hear of; all of them where none is required. */
export function requestExample(root: Json, schema: unknown): unknown {
  return exampleOf({ root, isAnswer: false, left: mostSchemas }, schema, 0);
}

/** The same of what comes back. */
export function answerExample(root: Json, schema: unknown): unknown {
  return exampleOf({ root, isAnswer: true, left: mostSchemas }, schema, 0);
}

function exampleOf(walk: Walk, schema: unknown, depth: number): unknown {
  walk.left -= 1;
  const found = resolve(walk.root, schema);
  if (!isObject(found) || depth > deepest || walk.left < 0) return undefined;
  if (found.example !== undefined) return found.example;
  if (Array.isArray(found.examples) && found.examples.length > 0) return found.examples[0];
  if (found.default !== undefined) return found.default;
  if (found.const !== undefined) return found.const;
  if (Array.isArray(found.enum) && found.enum.length > 0) return found.enum[0];
  for (const name of ['oneOf', 'anyOf']) {
    const [first] = Array.isArray(found[name]) ? found[name] : [];
    if (first !== undefined && found.properties === undefined) return exampleOf(walk, first, depth + 1);
  }
  const parts = Array.isArray(found.allOf) ? found.allOf.map((part) => exampleOf(walk, part, depth + 1)) : [];
  if (isObject(found.properties) || parts.length > 0)
    return Object.fromEntries([...parts.filter(isObject), objectExample(walk, found, depth)].flatMap((part) => Object.entries(part)));
  const type = Array.isArray(found.type) ? found.type.find((one) => one !== 'null') : found.type;
  switch (type) {
    case 'array':
      return [exampleOf(walk, found.items, depth + 1)].filter((entry) => entry !== undefined);
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'object':
      return {};
    default:
      return type === undefined ? undefined : 'text';
  }
}

const wanted =
  /subject|title|summary|descri|body|message|comment|mail|requester|customer|contact|queue|group|project|prior|urgen|external|note|attach/i;

function objectExample(walk: Walk, schema: Json, depth: number): Json {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = Object.entries(isObject(schema.properties) ? schema.properties : {}).slice(0, mostProperties);
  const kept = properties.filter(([name, entry]) => {
    if (walk.isAnswer) return true;
    const property = resolve(walk.root, entry);
    if (isObject(property) && property.readOnly === true) return false;
    return required.size === 0 || required.has(name) || wanted.test(name);
  });
  return Object.fromEntries(
    kept.flatMap(([name, entry]) => {
      const value = exampleOf(walk, entry, depth + 1);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
