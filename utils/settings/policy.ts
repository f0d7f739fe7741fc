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

/** Lists of things with a name: those of the policy come first, and a person can't have others of that name. */
const keyed = { endpoints: 'id', recipes: 'id', webmails: 'origin', rules: 'id', templates: 'id', mailIn: 'address' } as const;
type Keyed = keyof typeof keyed;
const isKeyed = (name: SettingName): name is Keyed => Object.hasOwn(keyed, name);
/** Lists of words: those of the policy and the person's. */
const isWords = (name: SettingName): name is 'internalDomains' | 'nudgeFor' => name === 'internalDomains' || name === 'nudgeFor';

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
  if (isKeyed(name)) return [...(policy[name] ?? []), ...notIn(name, own[name] ?? [], policy)];
  if (isWords(name)) return [...new Set([...(policy[name] ?? []), ...(own[name] ?? [])])];
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
  if (isKeyed(name)) {
    const shown = notIn(name, before[name] ?? [], policy);
    return [...notIn(name, settings[name], policy), ...(before[name] ?? []).filter((item) => !shown.includes(item))];
  }
  if (isWords(name)) {
    const [set, kept] = [policy[name] ?? [], before[name] ?? []];
    return [...settings[name].filter((word) => !set.includes(word)), ...kept.filter((word) => set.includes(word))];
  }
  if (name === 'selectors') {
    const set = policy.selectors ?? {};
    return selectorsOf(selectorsIn(settings.selectors, set, false), selectorsIn(before.selectors ?? {}, set, true));
  }
  return settings[name];
}

function notIn(name: Keyed, list: readonly object[], policy: Policy): readonly object[] {
  const key = keyed[name];
  const taken = new Set((policy[name] ?? []).map((item) => Reflect.get(item, key)));
  return list.filter((item) => !taken.has(Reflect.get(item, key)));
}

type Selectors = Settings['selectors'];

function selectorsOf(own: Selectors, set: Selectors): Selectors {
  const ids = new Set([...Object.keys(own), ...Object.keys(set)]);
  return Object.fromEntries([...ids].map((id) => [id, { ...own[id], ...set[id] }]));
}

/** Those that the policy sets too, or those that it does not. */
function selectorsIn(all: Selectors, set: Selectors, isSet: boolean): Selectors {
  const left = Object.entries(all).map(
    ([id, names]) => [id, Object.fromEntries(Object.entries(names).filter(([name]) => (set[id]?.[name] !== undefined) === isSet))] as const,
  );
  return Object.fromEntries(left.filter(([, names]) => Object.keys(names).length > 0));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
