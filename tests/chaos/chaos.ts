/** One run: clicks, deliveries, faults, stopped workers and killed browsers at once; then the servers are asked. */
import { setTimeout as pause } from 'node:timers/promises';
import type { OutboxRow } from '../../utils/views.ts';
import { chance, randomWait } from './chance.ts';
import { type Counted, count, type Trouble } from './count.ts';
import type { FaultPlan } from './faults.ts';
import { type Ground, layGround, type SystemName } from './ground.ts';
import type { MadeThread } from './mails.ts';
import { createPerson, type Person } from './person.ts';
import type { ProxyEvent } from './proxy.ts';

export interface ChaosOptions {
  readonly captures: number;
  readonly seed: number;
  readonly systems: readonly SystemName[];
  readonly faults?: FaultPlan;
  /** See `ProxyOptions`. */
  readonly keepAlive?: boolean;
  /** Requests and clicks between two stops of the worker, and two kills of the browser, on average. */
  readonly stopEvery?: number;
  readonly killEvery?: number;
  /** All of it ends by then; what is not delivered is counted as left. */
  readonly deadlineMs: number;
  readonly say?: (line: string) => void;
}

export interface ChaosResult extends Omit<Counted, 'troubles'> {
  readonly seed: number;
  readonly keep_alive: boolean;
  readonly captures: number;
  /** Clicks that the page said were taken. */
  readonly taken: number;
  readonly unsure_left: number;
  /** Rows about a capture that was cut short, beside the one that a second click made of the same thread. */
  readonly cut_short_left: number;
  readonly worker_stops: number;
  readonly browser_kills: number;
  readonly faults: number;
  readonly faults_by_kind: Readonly<Record<string, number>>;
  readonly clicked_again: number;
  readonly retry_now: number;
  readonly send_again_anyway: number;
  readonly add_to_ticket: number;
  readonly requests: number;
  readonly seconds: number;
  /** What is wrong, with the story of each delivery as the proxies saw it. */
  readonly stories: readonly Story[];
  /** What still stood in the outbox, and why. */
  readonly left: readonly string[];
}

export interface Story extends Trouble {
  readonly events: readonly string[];
}

export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { captures, seed, systems, keepAlive = true, deadlineMs, say = () => undefined } = options;
  const faults = options.faults ?? { rate: 0.35, most: 4, mostLong: Math.ceil(captures / 60) };
  const start = Date.now();
  const ground = await layGround({ captures, seed, systems, faults, keepAlive });
  try {
    const isLate = () => Date.now() - start > deadlineMs;
    const person = createPerson(ground.browser, isLate);
    const ended = new AbortController();
    for (const proxy of ground.proxies) proxy.setFaulty(true);
    const { left, cutShort, taken, stops, kills } = await storm({ ground, person, options, isLate, ended });
    for (const proxy of ground.proxies) proxy.setFaulty(false);
    await Promise.all(ground.proxies.map((proxy) => proxy.settled()));
    say('asking the servers what they hold …');
    const { troubles, ...counted } = await count(taken, ground.systems, left);
    const events = ground.proxies.flatMap((proxy) => proxy.events).sort((a, b) => a.at - b.at);
    const kinds = sums(ground.proxies.map((proxy) => proxy.counts));
    return {
      seed,
      keep_alive: keepAlive,
      captures,
      taken: taken.length,
      ...counted,
      unsure_left: left.length,
      cut_short_left: cutShort,
      worker_stops: stops,
      browser_kills: kills,
      faults: Object.values(kinds).reduce((sum, times) => sum + times, 0),
      faults_by_kind: kinds,
      clicked_again: person.counts.clickedAgain,
      retry_now: person.counts.retryNow,
      send_again_anyway: person.counts.sendAgainAnyway,
      add_to_ticket: person.counts.addToTicket,
      requests: events.length,
      seconds: Math.round((Date.now() - start) / 1_000),
      stories: troubles.map((trouble, place) => ({
        ...trouble,
        // Told once per thread.
        events: troubles[place - 1]?.mark === trouble.mark ? [] : storyOf(trouble, events, start),
      })),
      left,
    };
  } finally {
    await ground.close();
  }
}

interface Storm {
  readonly ground: Ground;
  readonly person: Person;
  readonly options: ChaosOptions;
  readonly isLate: () => boolean;
  readonly ended: AbortController;
}

/** Clicks, presses, stops and kills side by side until the outbox is empty, or time is up. */
async function storm({ ground, person, options, isLate, ended }: Storm) {
  const { seed, systems, stopEvery = 14, killEvery = 70, say = () => undefined } = options;
  const { browser, threads } = ground;
  const taken: MadeThread[] = [];
  let stops = 0;
  let kills = 0;
  let cutShort = 0;
  let left: readonly string[] = [];
  const ticks = () => taken.length + ground.proxies.reduce((sum, { events }) => sum + events.length, 0);

  async function clicks(): Promise<void> {
    for (const [place, thread] of threads.entries()) {
      if (isLate()) return;
      const system = systems[Math.floor(place / 4) % systems.length];
      if (system && place % 4 === 0) await stubbornly(() => ground.sendTo(system), isLate);
      await person.send(thread, ground.addressOf(thread));
      taken.push(thread);
    }
  }

  /** Resolves when everything was taken and nothing is open any more. */
  async function presses(clicking: { done: boolean }): Promise<void> {
    let nextWord = 0;
    for (let empty = 0; empty < 2 && !isLate(); ) {
      const wasClicking = !clicking.done;
      try {
        const rows = await person.press();
        const open = rows.filter((row) => !isCutShort(row));
        cutShort = rows.length - open.length;
        left = open.map(
          ({ title, status, error, attempts }) =>
            `${title}: ${status} after ${attempts} attempts, ${error?.code ?? ''} ${error?.message ?? ''}`,
        );
        if (Date.now() > nextWord) {
          nextWord = Date.now() + 30_000;
          say(`${taken.length} taken, ${open.length} open (${summary(open)}), ${stops} stops, ${kills} kills`);
        }
        empty = open.length === 0 && !wasClicking ? empty + 1 : 0;
      } catch (error) {
        // The worker was stopped, or the browser killed, while it was asked: asked again.
        empty = 0;
        if (Date.now() > nextWord + 30_000) {
          nextWord = Date.now();
          say(`no answer for half a minute: ${error}`);
        }
      }
      await pause(1_500);
    }
  }

  /** Harm comes with the traffic, so that a slow machine is not harmed more than a quick one; up to two seconds after it. */
  async function disturb(mean: number, name: string, harm: () => Promise<void>): Promise<void> {
    let at = ticks();
    for (let turn = 0; ; turn++) {
      at += 1 + randomWait(mean, seed, name, turn);
      while (ticks() < at) {
        if (ended.signal.aborted) return;
        await pause(50);
      }
      await pause(chance(seed, name, turn, 'later') * 2_000);
      if (ended.signal.aborted) return;
      await harm();
    }
  }

  const clicking = { done: false };
  const clicked = clicks().finally(() => {
    clicking.done = true;
  });
  const disturbances = Promise.all([
    disturb(stopEvery, 'stop', async () => {
      await browser.stopWorker().then(
        () => {
          stops += 1;
        },
        // The browser was killed at this very moment.
        () => undefined,
      );
    }),
    disturb(killEvery, 'kill', async () => {
      await browser.kill();
      kills += 1;
    }),
  ]);
  disturbances.catch(() => undefined);
  try {
    await Promise.all([clicked, presses(clicking)]);
  } finally {
    ended.abort();
    await disturbances;
  }
  return { left, cutShort, taken, stops, kills };
}

function summary(rows: readonly OutboxRow[]): string {
  const times = new Map<string, number>();
  for (const { status, error } of rows) {
    const name = error ? `${status} ${error.code}` : status;
    times.set(name, (times.get(name) ?? 0) + 1);
  }
  return [...times].map(([name, count]) => `${count} ${name}`).join(', ');
}

/** The page never said that it was taken, and the person clicked again. */
function isCutShort({ kind, error }: OutboxRow): boolean {
  return kind === 'draft' && error?.code === 'capture-interrupted';
}

async function stubbornly(act: () => Promise<void>, isLate: () => boolean): Promise<void> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (isLate()) throw error;
      await pause(200);
    }
  }
}

function sums(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const one of counts) for (const [name, times] of Object.entries(one)) all[name] = (all[name] ?? 0) + times;
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => a.localeCompare(b)));
}

/** Everything that was asked about the thread, and about the tickets that were made of it. */
function storyOf({ reference }: Trouble, events: readonly ProxyEvent[], start: number): string[] {
  const made = new Set(
    events.flatMap(({ whose, system, ticket, request }) =>
      whose === reference && ticket && !request.startsWith('GET') ? [`${system} ${ticket}`] : [],
    ),
  );
  const about = ({ system, request }: ProxyEvent) => made.has(`${system} ${/\/ticket\/(\d+)/i.exec(request)?.[1]}`);
  return events.filter((event) => event.whose === reference || about(event)).map((event) => told(event, start));
}

function told({ at, system, request, fault, answered, done, ticket, complaint }: ProxyEvent, start: number): string {
  const seconds = (time: number) => ((time - start) / 1_000).toFixed(1);
  const answer = answered === undefined ? 'never passed on' : `${answered}${ticket ? ` ticket ${ticket}` : ''} at ${seconds(done ?? at)} s`;
  return `${seconds(at)} s ${system} ${request} → ${answer}${fault ? `, ${fault}` : ''}${complaint ? `, which said ${complaint}` : ''}`;
}
