/** What each fault does on the wire. `act` carries the request out at the system; without it the system never hears of it. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { LateFault } from './faults.ts';
import { type Answer, answerWith, onWire } from './wire.ts';

export interface Scene {
  readonly socket: Socket;
  readonly response: ServerResponse;
  readonly act: () => Promise<Answer>;
  /** In [0, 1), the same for the same request of the same seed. */
  readonly chance: number;
}

/** Longer than the extension waits for anything in these runs. */
const patience = 100_000;

const gateway = page(502, '<html><body><h1>502 Bad Gateway</h1></body></html>');
const login = page(200, '<!doctype html><html><title>Sign in</title><form><input type="password"></form></html>');
const limited = json(429, 'Too many requests');
const internal = json(500, 'Internal error');

/** A fault as the client and the system meet it; resolves when both have seen all of it. */
export type Inflict = (scene: Scene) => void | Promise<void>;

export const inflictions: Readonly<Record<LateFault, Inflict>> = {
  cut: ({ socket }) => void socket.destroy(),
  'rate-limited-with-time': ({ response, chance }) =>
    answerWith(response, { ...limited, headers: { ...limited.headers, 'retry-after': String(1 + Math.floor(chance * 3)) } }),
  'rate-limited': ({ response }) => answerWith(response, limited),
  'error-500': ({ response }) => answerWith(response, internal),
  'bad-gateway': ({ response }) => answerWith(response, gateway),
  'login-page': ({ response }) => answerWith(response, login),
  redirect: ({ response }) => answerWith(response, { status: 302, headers: { location: '/sign-in' }, body: Buffer.alloc(0) }),

  async 'cut-after-body'({ socket, act }) {
    const work = act();
    socket.destroy();
    await work;
  },
  async 'cut-before-answer'({ socket, act }) {
    await act();
    socket.destroy();
  },
  async 'cut-during-answer'({ socket, response, act }) {
    const { status, headers, body } = await act();
    response.writeHead(status, { ...headers, 'content-length': String(body.length) });
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => socket.destroy());
  },
  'error-500-after': (scene) => instead(scene, () => internal),
  'bad-gateway-after': (scene) => instead(scene, () => gateway),
  'refused-422-after': (scene) => instead(scene, () => json(422, 'A notification could not be sent')),
  'truncated-json-after': (scene) =>
    instead(scene, (answer) => ({ ...answer, body: answer.body.subarray(0, Math.floor(answer.body.length * 0.6)) })),
  'empty-after': (scene) => instead(scene, (answer) => ({ ...answer, body: Buffer.alloc(0) })),
  'garbage-behind-answer': (scene) => instead(scene, (answer) => ({ ...answer, body: Buffer.concat([answer.body, answer.body]) })),
  async 'answer-twice'({ socket, response, act }) {
    const answer = await act();
    response.once('finish', () => socket.write(onWire(answer)));
    answerWith(response, answer);
  },
  async slow({ response, act, chance }) {
    const answer = await act();
    await pause(1_000 + chance * 4_000);
    answerWith(response, answer);
  },

  async 'late-after-cut'({ socket, act, chance }) {
    socket.destroy();
    await pause(1_000 + chance * 6_000);
    await act();
  },
  async 'late-after-time-out'({ socket, response, act, chance }) {
    await givenUp(response);
    socket.destroy();
    await pause(500 + chance * 2_500);
    await act();
  },
  async 'time-out-after'({ socket, response, act }) {
    await act();
    await givenUp(response);
    socket.destroy();
  },
};

/** The system does its work, and the client hears something else. */
async function instead({ response, act }: Scene, change: (answer: Answer) => Answer): Promise<void> {
  answerWith(response, change(await act()));
}

/** Resolves when the client has closed the connection, or after a time in which any client would have. */
function givenUp(response: ServerResponse): Promise<unknown> {
  if (response.closed) return Promise.resolve();
  const late = new AbortController();
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  return Promise.race([closed, pause(patience, undefined, { signal: late.signal }).catch(() => undefined)]).finally(() => late.abort());
}

function page(status: number, html: string): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(html) };
}

function json(status: number, message: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ message })) };
}
