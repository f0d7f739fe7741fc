/**
 * "Test connection" from the command line: `npm run doctor -- --settings FILE [--system ID]`. Says what is wrong and what to
 * do about it; the last line is the outcome, as JSON.
 */
import { parseArgs } from 'node:util';
import { RelaisError } from '../utils/core/errors.ts';
import { engine } from '../utils/recipes/engine.ts';
import { openEndpoint, UsageError } from './cli/endpoint.ts';
import { say } from './cli/english.ts';
import { tellingContext } from './cli/exchange.ts';
import { linesFor } from './cli/wrong.ts';

const usage = 'npm run doctor -- --settings FILE [--system ID] [--verbose]';
const print = (line: string): void => console.log(line);

async function examine(): Promise<boolean> {
  const { values } = parseArgs({
    options: { settings: { type: 'string' }, system: { type: 'string' }, verbose: { type: 'boolean', default: false } },
  });
  const { connection } = await openEndpoint(values.settings, values.system);
  const context = tellingContext({ print, verbose: values.verbose, secrets: connection.secrets }, async () => new Blob());
  const start = performance.now();
  try {
    const result = await engine.test(connection, context);
    const list = await engine.list(connection, 'queues', context).catch((thrown: unknown) => RelaisError.from(thrown));
    const queues = list instanceof RelaisError ? undefined : list;
    print(say(result.untried ? 'testReached' : 'testWorked'));
    if (result.untried) print(say('testUntried'));
    if (result.identity !== undefined) print(say('testIdentity', result.identity));
    if (result.version !== undefined) print(say('testVersion', result.version));
    if (list instanceof RelaisError) print(`${say('listMissing')} “${list.details.said ?? list.message}”`);
    else print(queues ? say('testQueuesOther', String(queues.length)) : say('testNoQueues'));
    for (const warning of result.warnings) print(`Note: ${warning}`);
    print(JSON.stringify({ ...result, ...(queues && { queues }), ...(list instanceof RelaisError && { queuesError: list.record() }) }));
    return true;
  } catch (thrown) {
    const error = RelaisError.from(thrown);
    if (error.code === 'unexpected') console.error(thrown);
    const { findings, lines } = await linesFor(error, connection, performance.now() - start);
    for (const line of lines) print(line);
    print(JSON.stringify({ ok: false, findings, error: error.record() }));
    return false;
  }
}

try {
  process.exitCode = (await examine()) ? 0 : 1;
} catch (thrown) {
  if (!(thrown instanceof UsageError) && !(thrown instanceof TypeError)) throw thrown;
  console.error(`${thrown.message}\n\n${usage}`);
  process.exitCode = 2;
}
