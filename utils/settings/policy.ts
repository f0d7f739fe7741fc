/** What an administrator set (`storage.managed`), and how it lies under and over what a person chose. */
import * as v from 'valibot';
import { browser } from '../browser.ts';
import { emptySettings, type Policy, policySchema, type SettingName, type Settings, settingNames } from './schema.ts';

/** What a person chose: only what differs from the policy, so that a newer policy shows through. */
export type OwnSettings = Partial<Omit<Settings, 'version'>>;

export interface ReadPolicy {
  readonly policy: Policy;
  /** Settings in the policy that can't be read; each is left out, and the rest holds. */
  readonly unreadable: readonly string[];
}

/** The policy as the browser has it now; an empty one where there is none. */
export async function readPolicy(): Promise<ReadPolicy> {
  // Firefox rejects where no policy was made.
  const stored = await browser.storage.managed.get().catch(() => ({}));
  return parsePolicy(stored);
}

/** Setting by setting: a mistake in one costs that one. */
export function parsePolicy(document: Readonly<Record<string, unknown>>): ReadPolicy {
  const readable: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const [name, schema] of Object.entries(policySchema.entries)) {
    if (!Object.hasOwn(document, name)) continue;
    const result = v.safeParse(schema, document[name]);
    if (result.success) readable[name] = result.output;
    else unreadable.push([name, v.getDotPath(result.issues[0])].filter(Boolean).join('.'));
  }
  return { policy: v.parse(policySchema, readable), unreadable };
}

/** Lists, and by what of theirs two things are the same; words by themselves. Those of the policy come first, and a person can't have others of that name. */
const lists = {
  endpoints: 'id',
  recipes: 'id',
  webmails: 'origin',
  rules: 'id',
  templates: 'id',
  mailIn: 'address',
  internalDomains: undefined,
  nudgeFor: undefined,
} as const;
type ListName = keyof typeof lists;
const isList = (name: SettingName): name is ListName => Object.hasOwn(lists, name);

/** The settings that hold. Pure. */
export function laidOver(own: OwnSettings, policy: Policy): Settings {
  const merged: Record<string, unknown> = { ...emptySettings };
  for (const name of settingNames) {
    const value = settingFrom(name, own, policy);
    if (value !== undefined) merged[name] = value;
  }
  const { defaultEndpoint, ...rest } = merged as Settings;
  const isThere = rest.endpoints.some(({ id }) => id === defaultEndpoint);
  return { ...rest, ...(defaultEndpoint !== undefined && isThere && { defaultEndpoint }) };
}

function settingFrom(name: SettingName, own: OwnSettings, policy: Policy): unknown {
  const set = policy[name];
  if (set === undefined) return own[name];
  if (policy.locked.includes(name)) return set;
  if (isList(name)) return [...(policy[name] ?? []), ...listIn(name, own, policy, false)];
  if (name === 'selectors') return selectorsOf(own.selectors ?? {}, policy.selectors ?? {});
  return own[name] ?? set;
}

/**
 * What a person chose, out of the settings as a page sends them: nothing that the policy or a default gives already. What the
 * policy hides of what was chosen `before` stays, and comes back when the policy goes. Pure.
 */
export function ownIn(settings: Settings, policy: Policy, before: OwnSettings = {}): OwnSettings {
  const own: Record<string, unknown> = {};
  // Of a list only what is left over counts; a single value may well be chosen to be as if there were no policy.
  const begun = laidOver({}, policy);
  for (const name of settingNames) {
    const isHeld = policy.locked.includes(name) && policy[name] !== undefined;
    const value = isHeld ? before[name] : chosen(name, settings, policy, before);
    if (value === undefined) continue;
    const given = typeof value === 'object' && name !== 'appearance' ? emptySettings : begun;
    if (!isSame(value, given[name]) || isSame(value, before[name])) own[name] = value;
  }
  return own;
}

function chosen(name: SettingName, settings: Settings, policy: Policy, before: OwnSettings): unknown {
  if (isList(name)) return [...listIn(name, settings, policy, false), ...listIn(name, before, policy, true)];
  if (name === 'selectors') return selectorsOf(selectorsIn(settings, policy, false), selectorsIn(before, policy, true));
  return settings[name];
}

/** Of a list those that the policy has too, or those that it has not. */
function listIn(name: ListName, { [name]: list = [] }: OwnSettings, policy: Policy, isSet: boolean): readonly unknown[] {
  const key = lists[name];
  const keyOf = (item: unknown) => (key === undefined ? item : Reflect.get(item as object, key));
  const taken = new Set(policy[name]?.map(keyOf));
  return list.filter((item) => taken.has(keyOf(item)) === isSet);
}

type Selectors = Settings['selectors'];

function selectorsOf(own: Selectors, set: Selectors): Selectors {
  const ids = new Set([...Object.keys(own), ...Object.keys(set)]);
  return Object.fromEntries([...ids].map((id) => [id, { ...own[id], ...set[id] }]));
}

function selectorsIn({ selectors = {} }: OwnSettings, policy: Policy, isSet: boolean): Selectors {
  const left = Object.entries(selectors).map(([id, names]) => {
    const set = policy.selectors?.[id] ?? {};
    return [id, Object.fromEntries(Object.entries(names).filter(([name]) => Object.hasOwn(set, name) === isSet))] as const;
  });
  return Object.fromEntries(left.filter(([, names]) => Object.keys(names).length > 0));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
