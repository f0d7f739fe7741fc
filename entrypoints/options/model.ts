/** What the options page knows: the settings as the worker holds them, and one form in the making. */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Service } from '../../components/options/HostedWebmails.tsx';
import { coalesced } from '../../utils/core/coalesced.ts';
import { type ErrorRecord, RelaisError } from '../../utils/core/errors.ts';
import type { VaultState } from '../../utils/core/passphrase.ts';
import type { LedgerPage, ManagedView, TestView } from '../../utils/options-views.ts';
import type { Endpoint, Settings } from '../../utils/settings/schema.ts';
import type { Ask } from '../../utils/ui/ask.ts';
import type { OutboxCounts, WebmailCheck } from '../../utils/views.ts';

/** The browser's permissions, as far as this page needs them. */
export interface Permissions {
  has(origin: string): Promise<boolean>;
  /** Called within a click, before anything is awaited. */
  request(origins: readonly string[]): Promise<boolean>;
  remove(origin: string): Promise<void>;
}

export interface OptionsModel {
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** Endpoint id → names of the secret fields that have a stored value. */
  readonly secrets: ReadonlySignal<Readonly<Record<string, readonly string[]>>>;
  /** Origin → whether the browser lets Relais in. Absent: not asked yet. */
  readonly granted: ReadonlySignal<Readonly<Record<string, boolean>>>;
  /** Origin → the last self-check there. */
  readonly checks: ReadonlySignal<Readonly<Record<string, WebmailCheck>>>;
  readonly managed: ReadonlySignal<ManagedView>;
  readonly vault: ReadonlySignal<VaultState>;
  /** Origins that the administrator set and the browser doesn't let Relais into yet. */
  readonly refused: ReadonlySignal<readonly string[]>;
  readonly problem: ReadonlySignal<ErrorRecord | undefined>;
  refresh(): Promise<void>;
  /** Resolves with whether it was stored; the reason is then in `problem`. */
  save(patch: Partial<Settings>): Promise<boolean>;
  saveEndpoint(endpoint: Endpoint, secrets: Readonly<Record<string, string>>): Promise<boolean>;
  removeEndpoint(id: string): Promise<boolean>;
  test(endpoint: Endpoint, secrets: Readonly<Record<string, string>>): Promise<TestView>;
  /** Asks the browser for the origin first: call it within a click. */
  addWebmail(origin: string): Promise<'added' | 'refused' | 'failed'>;
  /** Asks the browser for all of its origins at once: call it within a click. */
  switchOn(service: Service): Promise<void>;
  /** Takes these webmails out of the settings, and gives their permissions back. */
  switchOff(service: Pick<Service, 'origins' | 'elsewhere'>): Promise<void>;
  /** A page of this webmail without its words; `undefined` where none is open. */
  skeletonOf(origin: string): Promise<string | undefined>;
  allow(origins: readonly string[]): Promise<boolean>;
  checkPermissions(): Promise<void>;
  importDocument(document: unknown): Promise<boolean>;
  exportDocument(withSecrets: boolean): Promise<string | undefined>;
  forgetSecrets(endpointId: string): Promise<boolean>;
  /** Part of the ledger; rejects as the worker does. */
  ledger(words: string, before?: number): Promise<LedgerPage>;
  /** All of it, newest first. */
  wholeLedger(): Promise<LedgerPage['rows']>;
  /** What stands in the outbox; `undefined` where it can't be told. */
  counts(): Promise<OutboxCounts | undefined>;
  wipe(): Promise<boolean>;
}

const unmanaged: ManagedView = { locked: [], endpoints: [], webmails: [], rules: [], templates: [], recipes: [], unreadable: [] };

type Export = Parameters<typeof JSON.stringify>[0];

export function createOptionsModel(
  ask: Ask,
  permissions: Permissions,
  originsIn: (endpoint: Endpoint, recipes: Settings['recipes']) => Promise<readonly string[]>,
): OptionsModel {
  const settings = signal<Settings>();
  const secrets = signal<Readonly<Record<string, readonly string[]>>>({});
  const granted = signal<Readonly<Record<string, boolean>>>({});
  const checks = signal<Readonly<Record<string, WebmailCheck>>>({});
  const managed = signal(unmanaged);
  const vault = signal<VaultState>('none');
  const refused = signal<readonly string[]>([]);
  const problem = signal<ErrorRecord>();

  const originsOf = (endpoint: Endpoint) => originsIn(endpoint, settings.value?.recipes ?? []);

  async function attempt<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
    try {
      const value = await run();
      problem.value = undefined;
      return value;
    } catch (thrown) {
      problem.value = RelaisError.from(thrown).record();
      return undefined;
    }
  }

  async function take(next: Settings): Promise<true> {
    settings.value = next;
    await checkPermissions();
    return true;
  }

  /** For what answers nothing. */
  async function settled(run: () => Promise<unknown>): Promise<boolean> {
    const done = await attempt(() => run().then(() => true));
    if (done) await refresh();
    return done ?? false;
  }

  const refresh = coalesced(async () => {
    await attempt(async () => {
      const answer = await ask('settings.opened', {});
      secrets.value = answer.secrets;
      managed.value = answer.managed;
      vault.value = answer.vault;
      await take(answer.settings);
      checks.value = await ask('checks.opened', {});
    });
  });

  async function checkPermissions(): Promise<void> {
    const known = settings.value;
    if (known === undefined) return;
    const ofEndpoints = await Promise.all(
      known.endpoints.map(async (endpoint) => ({ id: endpoint.id, origins: await originsOf(endpoint).catch(() => []) })),
    );
    const origins = [...new Set([...known.webmails.map(({ origin }) => origin), ...ofEndpoints.flatMap((of) => of.origins)])];
    granted.value = Object.fromEntries(await Promise.all(origins.map(async (origin) => [origin, await permissions.has(origin)] as const)));
    const { endpoints, webmails } = managed.value;
    const set = new Set([...webmails, ...ofEndpoints.flatMap((of) => (endpoints.includes(of.id) ? of.origins : []))]);
    refused.value = [...set].filter((origin) => granted.value[origin] === false);
  }

  /** Settings are saved whole: what others changed meanwhile is read first. */
  async function change(patch: (current: Settings) => Partial<Settings>): Promise<boolean> {
    const done = await attempt(async () => {
      const { settings: current } = await ask('settings.opened', {});
      return take(await ask('settings.saved', { settings: { ...current, ...patch(current) } }));
    });
    return done ?? false;
  }

  return {
    settings,
    secrets,
    granted,
    checks,
    managed,
    vault,
    refused,
    problem,
    refresh,
    save: (patch) => change(() => patch),
    async saveEndpoint(endpoint, typed) {
      const done = await attempt(async () => take(await ask('endpoint.saved', { endpoint, secrets: { ...typed } })));
      if (done) await refresh();
      return done ?? false;
    },
    async removeEndpoint(endpointId) {
      return (await attempt(async () => take(await ask('endpoint.removed', { endpointId })))) ?? false;
    },
    async test(endpoint, typed) {
      try {
        return await ask('endpoint.tested', { endpoint, secrets: { ...typed } });
      } catch (thrown) {
        return { ok: false, warnings: [], error: RelaisError.from(thrown).record() };
      }
    },
    async addWebmail(origin) {
      const allowed = permissions.request([origin]);
      if (!(await allowed)) return 'refused';
      const stored = await change(({ webmails }) => ({ webmails: [...webmails.filter((other) => other.origin !== origin), { origin }] }));
      return stored ? 'added' : 'failed';
    },
    async switchOn({ origins, elsewhere = [], adapter }) {
      const allowed = permissions.request([...origins, ...elsewhere]);
      // A switch that the browser refused goes back by itself: nothing was stored.
      if (!(await allowed)) return checkPermissions();
      const added = origins.map((origin) => ({ origin, ...(adapter !== undefined && { adapter }) }));
      await change(({ webmails }) => ({ webmails: [...webmails.filter(({ origin }) => !origins.includes(origin)), ...added] }));
    },
    async switchOff({ origins, elsewhere = [] }) {
      const stored = await change(({ webmails }) => ({ webmails: webmails.filter(({ origin }) => !origins.includes(origin)) }));
      if (!stored) return;
      const used =
        settings.value === undefined
          ? []
          : (await Promise.all(settings.value.endpoints.map((endpoint) => originsOf(endpoint).catch(() => [])))).flat();
      // A ticket system on the same host keeps its permission.
      const hosts = new Set(used.map((other) => new URL(other).host));
      for (const origin of [...origins, ...elsewhere]) if (!hosts.has(new URL(origin).host)) await permissions.remove(origin);
      await checkPermissions();
    },
    async skeletonOf(origin) {
      try {
        return await ask('skeleton.wanted', { origin });
      } catch {
        return undefined;
      }
    },
    async allow(origins) {
      const allowed = await permissions.request(origins);
      await checkPermissions();
      return allowed;
    },
    checkPermissions,
    async importDocument(document) {
      // Checked field by field before it comes here, and again by the worker.
      const done = await attempt(async () => take(await ask('settings.imported', { document: document as Settings })));
      if (done) await refresh();
      return done ?? false;
    },
    forgetSecrets: (endpointId) => settled(() => ask('secrets.forgotten', { endpointId })),
    ledger: (words, before) => ask('ledger.opened', { words, ...(before !== undefined && { before }) }),
    async wholeLedger() {
      const rows: LedgerPage['rows'][number][] = [];
      let before: number | undefined;
      do {
        const page: LedgerPage = await ask('ledger.opened', { limit: 1_000, ...(before !== undefined && { before }) });
        rows.push(...page.rows);
        before = page.next;
      } while (before !== undefined);
      return rows;
    },
    counts: () =>
      ask('outbox.opened', { limit: 1 }).then(
        ({ counts }) => counts,
        () => undefined,
      ),
    // A page's own storage holds words that were typed and not handed over yet.
    wipe: () => settled(() => ask('everything.wiped', {}).then(() => localStorage.clear())),
    async exportDocument(withSecrets) {
      const document: Export | undefined = await attempt(() => ask('settings.exported', { withSecrets }));
      return document === undefined ? undefined : `${JSON.stringify(document, undefined, 2)}\n`;
    },
  };
}
