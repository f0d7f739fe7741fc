/** The values a person gave for a recipe's fields: completed, put in order, checked. */
import { RelaisError } from '../core/errors.ts';
import { compile } from './expression.ts';
import type { Recipe, SettingsField } from './recipe.ts';
import { isTrue, split } from './template.ts';

type Values = Readonly<Record<string, string>>;

/** Values with defaults, trimmed, addresses cut to their base. Throws `bad-settings` naming the field. Secrets are not needed here. */
export async function readSettings(recipe: Pick<Recipe, 'settings'>, values: Values): Promise<Values> {
  const settings: Record<string, string> = {};
  for (const field of recipe.settings) {
    if (field.kind === 'secret') continue;
    settings[field.key] = tidy(field, (values[field.key] ?? '').trim() || (field.default ?? ''));
  }
  for (const field of recipe.settings) {
    if (field.kind === 'secret' || !(await isShown(field, settings))) continue;
    checkValue(field, settings[field.key] ?? '');
  }
  return settings;
}

/** Throws `bad-settings` when a secret that is needed is missing. */
export async function checkSecrets(recipe: Pick<Recipe, 'settings'>, settings: Values, secrets: Values): Promise<void> {
  for (const field of recipe.settings) {
    if (field.kind !== 'secret' || !field.required || (secrets[field.key] ?? '') !== '') continue;
    if (!(await isShown(field, settings))) continue;
    throw fault(field, `“${field.label}” is missing`);
  }
}

/** Whether a field is asked for at all with these values. */
export async function isShown(field: SettingsField, settings: Values): Promise<boolean> {
  return field.when === undefined || isTrue(field.when, { settings });
}

function tidy(field: SettingsField, value: string): string {
  if (field.kind !== 'url' || value.includes('{{') || !URL.canParse(value)) return value;
  if (field.cut === undefined) return value;
  const url = new URL(value);
  let path = url.pathname;
  for (const piece of field.cut) {
    const at = path.indexOf(piece);
    if (at >= 0) path = path.slice(0, at);
  }
  return `${url.origin}${path}`.replace(/\/+$/, '');
}

function checkValue(field: SettingsField, value: string): void {
  if (value === '') {
    if (field.required) throw fault(field, `“${field.label}” is missing`);
    return;
  }
  if (field.kind === 'url') checkAddress(field, value);
  if (field.kind === 'choice' && !field.options?.some((option) => option.id === value))
    throw fault(field, `“${field.label}”: not one of the choices`);
  if (field.kind === 'expression' && compile(value) === undefined) throw fault(field, `“${field.label}” is not an expression`);
  if (field.kind === 'json') checkJson(field, value);
}

function checkAddress(field: SettingsField, value: string): void {
  const start = /^https?:\/\/[^/{}?#]+/i.exec(value)?.[0];
  if (start === undefined || !URL.canParse(start)) throw fault(field, `“${field.label}” must be an address that begins with https://`);
  if (new URL(start).username !== '' || new URL(start).password !== '')
    throw fault(field, `“${field.label}” must not hold a name or a password`);
  checkTemplates(field, value);
}

function checkJson(field: SettingsField, value: string): void {
  let document: unknown;
  try {
    document = JSON.parse(value);
  } catch {
    throw fault(field, `“${field.label}” is not JSON`);
  }
  const texts = (node: unknown): string[] =>
    typeof node === 'string' ? [node] : typeof node === 'object' && node !== null ? Object.values(node).flatMap(texts) : [];
  for (const text of texts(document)) checkTemplates(field, text);
}

function checkTemplates(field: SettingsField, text: string): void {
  try {
    split(text);
  } catch (thrown) {
    throw fault(field, `“${field.label}”: ${thrown instanceof Error ? thrown.message : 'not a template'}`);
  }
}

function fault(field: SettingsField, message: string): RelaisError {
  return new RelaisError('bad-settings', message, { field: field.key });
}
