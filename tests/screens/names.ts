/** Gives servers on loopback names of the web, so that pictures show addresses such as a person has. */
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSigned } from '../support/certificate.ts';

export interface Names {
  /** For Chromium: these names lead here, every other one nowhere. */
  readonly args: readonly string[];
  /** Answers what is asked under this name by the server that listens on this port. */
  lead(name: string, port: number): void;
  close(): Promise<void>;
}

/** Before any of the names leads somewhere, it answers 404. */
export async function startNames(names: readonly string[]): Promise<Names> {
  const ports = new Map<string, number>();
  const server = createServer(selfSigned(), (asked, response) => {
    const port = ports.get(asked.headers.host ?? '');
    if (port === undefined) return void response.writeHead(404).end();
    const { method, url, headers } = asked;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    args: [
      `--host-resolver-rules=${names.map((name) => `MAP ${name}:443 127.0.0.1:${port}`).join(',')},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1`,
      '--ignore-certificate-errors',
    ],
    lead: (name, to) => void ports.set(name, to),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
