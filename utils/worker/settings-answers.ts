/** What the options ask: settings, endpoints, import and export. Credentials go in, and out only when asked. */
import type { Handlers } from '../answering.ts';
import type { Delivery } from '../core/delivery.ts';
import { RelaisError } from '../core/errors.ts';
import { ruleFor } from '../core/rules.ts';
import type { ManagedView, TestView } from '../options-views.ts';
import { capturesIn } from '../outbox/captures.ts';
import { resumed } from '../outbox/decide.ts';
import { changeDelivery, deliveriesIn, endpointsWithDue, removePause } from '../outbox/deliveries.ts';
import { engine } from '../recipes/engine.ts';
import type { Connection } from '../recipes/interface.ts';
import { assertOwn } from '../recipes/own.ts';
import { hasPermission } from '../settings/permissions.ts';
import type { ReadPolicy } from '../settings/policy.ts';
import type { Endpoint, OwnRecipe, Settings } from '../settings/schema.ts';
import { removeSecrets, secretNames, vaultState, writeSecrets } from '../settings/secrets.ts';
import { parseSettings, readAll, readSettings, writeSettings } from '../settings/storage.ts';
import { connectionOf, recipeOf } from './connection.ts';
import { engineContext } from './engine-context.ts';
import { forgetLists } from './lists.ts';
import { signInWindow } from './sign-in.ts';
import { ruleView } from './views.ts';

export interface SettingsContext {
  readonly settingsChanged: (settings: Settings) => Promise<void>;
}

type SettingsRoutes =
  | 'settings.opened'
  | 'settings.saved'
  | 'rules.tried'
  | 'endpoint.saved'
  | 'endpoint.removed'
  | 'endpoint.tested'
  | 'settings.imported'
  | 'settings.exported';

export function settingsAnswers({ settingsChanged }: SettingsContext): Pick<Handlers, SettingsRoutes> {
  return {
    async 'settings.opened'() {
      const { settings, ...read } = await readAll();
      return { settings, secrets: await secretNames(), managed: managedView(read), vault: await vaultState() };
    },

    async 'settings.saved'({ settings }) {
      return save(settings);
    },

    async 'rules.tried'({ rules }) {
      const captures = await Promise.all((['ready', 'submitted'] as const).map((status) => capturesIn(status, 1)));
      const [newest] = captures.flat().toSorted((one, other) => other.createdAt - one.createdAt);
      if (newest?.thread === undefined) return undefined;
      const { thread, origin, account } = newest;
      const hit = ruleFor(rules, { thread, origin, account });
      return { subject: thread.subject, ...(hit && { rule: ruleView(hit) }) };
    },

    async 'endpoint.saved'({ endpoint, secrets }) {
      const { settings, policy } = await readAll();
      await recipeOf(endpoint, settings.recipes);
      // Of an endpoint that the administrator set, only the credentials are the person's.
      const set = policy.endpoints?.find(({ id }) => id === endpoint.id);
      await keepSecrets(set ?? endpoint, settings.recipes, secrets);
      await forget(endpoint.id);
      if (set) return save(settings);
      const known = settings.endpoints.some(({ id }) => id === endpoint.id);
      const endpoints = known
        ? settings.endpoints.map((other) => (other.id === endpoint.id ? endpoint : other))
        : [...settings.endpoints, endpoint];
      return save({ ...settings, endpoints });
    },

    async 'endpoint.removed'({ endpointId }) {
      const settings = await readSettings();
      await removeSecrets(endpointId);
      await forget(endpointId);
      const { defaultEndpoint, ...rest } = settings;
      return save({
        ...rest,
        ...(defaultEndpoint !== undefined && defaultEndpoint !== endpointId && { defaultEndpoint }),
        endpoints: settings.endpoints.filter(({ id }) => id !== endpointId),
      });
    },

    async 'endpoint.tested'({ endpoint, secrets }) {
      return test(await connectionOf(endpoint, (await readSettings()).recipes, over(secrets)));
    },

    async 'settings.imported'({ document }) {
      const { secrets = {}, ...settings } = document;
      const parsed = parseSettings(settings);
      assertOwn(parsed.recipes);
      assertWhole(parsed);
      for (const endpoint of parsed.endpoints) await recipeOf(endpoint, parsed.recipes);
      const { settings: before, policy } = await readAll();
      for (const endpoint of parsed.endpoints) {
        const set = policy.endpoints?.find(({ id }) => id === endpoint.id);
        // Whoever wrote the file could else have what is stored here written into a ticket of theirs, on the same host.
        if (!set && usedBy(endpoint, before) !== usedBy(endpoint, parsed)) await removeSecrets(endpoint.id);
        const values = secrets[endpoint.id];
        if (values) await keepSecrets(set ?? endpoint, (set ? before : parsed).recipes, values);
        await forget(endpoint.id);
      }
      return save(parsed);
    },

    async 'settings.exported'({ withSecrets }) {
      const settings = await readSettings();
      if (!withSecrets) return settings;
      const secrets = await Promise.all(
        settings.endpoints.map(
          async (endpoint) => [endpoint.id, { ...(await connectionOf(endpoint, settings.recipes, (stored) => stored)).secrets }] as const,
        ),
      );
      return { ...settings, secrets: Object.fromEntries(secrets) };
    },
  };

  async function save(settings: Settings): Promise<Settings> {
    assertWhole(settings);
    const { settings: before, policy } = await readAll();
    // A mistake of the administrator's must not keep a person from saving anything.
    assertOwn(settings.recipes.filter(({ id }) => !policy.recipes?.some((set) => set.id === id)));
    // What holds from here on has the policy laid over it, whatever a page or a file said.
    const held = await writeSettings(settings);
    for (const { id, recipe } of held.endpoints) if (isChanged(recipe, before, held)) await forget(id);
    await settingsChanged(held);
    return held;
  }
}

/** Throws `bad-settings`. */
function assertWhole({ endpoints, defaultEndpoint }: Settings): void {
  const known = new Set(endpoints.map(({ id }) => id));
  if (known.size < endpoints.length) throw new RelaisError('bad-settings', 'Two ticket systems have the same id', { path: 'endpoints' });
  if (defaultEndpoint !== undefined && !known.has(defaultEndpoint)) {
    throw new RelaisError('bad-settings', 'The default ticket system is not there', { path: 'defaultEndpoint' });
  }
}

/** All that decides what a ticket system is asked, in the settings where it has this id. */
function usedBy({ id }: Endpoint, { endpoints, recipes }: Settings): string {
  const found = endpoints.find((endpoint) => endpoint.id === id);
  return JSON.stringify(found && [found.recipe, found.values, recipes.find((recipe) => recipe.id === found.recipe)]);
}

/** Stores what was typed over what is there for the same origins; elsewhere everything must be typed again. */
async function keepSecrets(endpoint: Endpoint, own: readonly OwnRecipe[], typed: Readonly<Record<string, string>>): Promise<void> {
  const connection = await connectionOf(endpoint, own, over(typed));
  await writeSecrets(endpoint.id, await engine.origins(connection).catch(() => []), connection.secrets);
}

/** An empty field keeps its stored value. */
function over(typed: Readonly<Record<string, string>>): (stored: Readonly<Record<string, string>>) => Readonly<Record<string, string>> {
  return (stored) => ({ ...stored, ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '')) });
}

function managedView({ policy, unreadable }: ReadPolicy): ManagedView {
  return {
    locked: policy.locked,
    endpoints: policy.endpoints?.map(({ id }) => id) ?? [],
    webmails: policy.webmails?.map(({ origin }) => origin) ?? [],
    rules: policy.rules?.map(({ id }) => id) ?? [],
    templates: policy.templates?.map(({ id }) => id) ?? [],
    recipes: policy.recipes?.map(({ id }) => id) ?? [],
    unreadable,
    ...(policy.requirePassphrase && { requirePassphrase: true as const }),
  };
}

async function test(connection: Connection): Promise<TestView> {
  const start = performance.now();
  try {
    const { ok, untried, identity, version, warnings } = await engine.test(connection, { ...engineContext(), signIn: signInWindow() });
    let queuesError: TestView['queuesError'];
    const [queues, priorities] = await Promise.all([
      engine.list(connection, 'queues', engineContext()).catch((thrown: unknown) => {
        queuesError = RelaisError.from(thrown).record();
        return undefined;
      }),
      engine.list(connection, 'priorities', engineContext()).catch(() => undefined),
    ]);
    return {
      ok,
      warnings,
      ...(untried && { untried }),
      ...(identity !== undefined && { identity }),
      ...(version !== undefined && { version }),
      ...(queues && { queues }),
      ...(queuesError && { queuesError }),
      ...(priorities && { priorities }),
    };
  } catch (thrown) {
    const error = RelaisError.from(thrown).record();
    const [origin = ''] = await engine.origins(connection).catch(() => []);
    const isAllowed = origin === '' ? undefined : await hasPermission(origin);
    const examined = { origin, isOnline: navigator.onLine, tookMs: performance.now() - start };
    return { ok: false, warnings: [], error, examined: { ...examined, ...(isAllowed !== undefined && { isAllowed }) } };
  }
}

function isChanged(recipe: string, before: Settings, after: Settings): boolean {
  const [one, other] = [before, after].map(({ recipes }) => JSON.stringify(recipes.find(({ id }) => id === recipe)));
  return one !== other;
}

/** What was learnt of an endpoint no longer holds once it changed: what its settings had stopped goes on too. */
async function forget(endpointId: string): Promise<void> {
  await forgetLists(endpointId);
  await removePause(endpointId);
  const isOver = ({ endpointId: other, error }: Delivery) => other === endpointId && ofSettings.includes(error?.code ?? '');
  for (const { id } of (await deliveriesIn('stopped', 10_000)).filter(isOver))
    await changeDelivery(id, (found) => (isOver(found) ? resumed(found, Date.now()) : undefined));
}

const ofSettings: readonly string[] = ['bad-settings', 'bad-recipe', 'no-endpoint'];

/** The administrator has set something else: what an older policy had stopped goes on. */
export async function policyChanged({ endpoints }: Settings): Promise<void> {
  for (const { id } of endpoints) await forget(id);
}

/** Pauses of endpoints that a permission was granted for end now. */
export async function endPauses(): Promise<void> {
  for (const endpointId of await endpointsWithDue()) await removePause(endpointId);
}
