/**
 * Mails to a ticket system from the command line, with the extension's own engine:
 *   npm run deliver -- --settings FILE --system ID a.eml b.eml …
 * The mails are one thread. A thread that the system knows already gets what is new. The last line is the receipt, as JSON.
 */
import { parseArgs } from 'node:util';
import type { Capture } from '../utils/core/capture.ts';
import { draftOf } from '../utils/core/draft.ts';
import { RelaisError } from '../utils/core/errors.ts';
import type { Receipt, TicketDraft } from '../utils/core/ticket.ts';
import { ticketWords } from '../utils/core/ticket-words.ts';
import { engine } from '../utils/recipes/engine.ts';
import type { Connection, EngineContext, Found } from '../utils/recipes/interface.ts';
import { type Chosen, openEndpoint, UsageError } from './cli/endpoint.ts';
import { say } from './cli/english.ts';
import { tellingContext } from './cli/exchange.ts';
import { type Mails, readMails } from './cli/mails.ts';
import { deliverThrough } from './cli/through.ts';
import { linesFor } from './cli/wrong.ts';

const usage = `npm run deliver -- --settings FILE [--system ID] MAIL.eml …
  --queue ID  --priority ID  --title TEXT  --requester ADDRESS  --note TEXT   instead of what settings and mails give
  --verbose                                                                   headers and bodies, secrets masked`;
const print = (line: string): void => console.log(line);
const word = { type: 'string' } as const;
const options = {
  settings: word,
  system: word,
  queue: word,
  priority: word,
  title: word,
  requester: word,
  note: word,
  verbose: { type: 'boolean', default: false },
} as const;
type Typed = ReturnType<typeof readWords>['values'];

function readWords() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

async function run(): Promise<Receipt> {
  const { values: typed, positionals: files } = readWords();
  if (files.length === 0) throw new UsageError('No mail was named');
  const chosen = await openEndpoint(typed.settings, typed.system);
  const mails = await readMails(files, chosen.internalDomains);
  const { connection } = chosen;
  const context = tellingContext({ print, verbose: typed.verbose, secrets: connection.secrets }, mails.readBlob);
  try {
    return await sendOn(connection, await draftFrom(mails, chosen, typed), context);
  } catch (thrown) {
    for (const line of (await linesFor(RelaisError.from(thrown), connection, 0)).lines) print(line);
    throw thrown;
  }
}

async function sendOn(connection: Connection, draft: TicketDraft, context: EngineContext): Promise<Receipt> {
  const found = await engine.lookUp(connection, draft.reference, context).catch(unlessImpossible);
  if (found === undefined) return deliverThrough(connection, { kind: 'create' }, draft, context, print);
  print(`The thread is in tickets already: #${found.number}`);
  if (!knowsMessages(connection)) return known(found);
  return deliverThrough(connection, { kind: 'append', ticketId: found.ticketId }, draft, context, print);
}

async function draftFrom({ thread }: Mails, { endpoint, connection }: Chosen, typed: Typed): Promise<TicketDraft> {
  const choice = (id: string | undefined) => (id === undefined ? undefined : { id, label: id });
  const [queue, priority] = [choice(typed.queue), choice(typed.priority)];
  const capture: Capture = {
    version: 1,
    id: 'mails',
    createdAt: 0,
    status: 'ready',
    origin: '',
    url: '',
    webmail: 'files',
    threadKey: thread.reference,
    expected: thread.messages.length,
    received: thread.messages.length,
    thread,
    edits: {
      ...(queue && { queue }),
      ...(priority && { priority }),
      ...(typed.title !== undefined && { title: typed.title }),
      ...(typed.requester !== undefined && { requester: typed.requester }),
      ...(typed.note !== undefined && { note: typed.note }),
    },
    sendWhenReady: false,
  };
  const needsQueue = connection.recipe.fields.queue === 'required';
  const {
    endpointId: _,
    action: __,
    ...draft
  } = await draftOf(capture, { endpoints: [{ id: endpoint.id, defaults: endpoint.defaults, needsQueue }] }, ticketWords(say));
  return draft;
}

/** Whether the recipe can tell which messages a ticket has: others would be added a second time. */
function knowsMessages({ recipe }: Connection): boolean {
  const adding = recipe.append.filter((step) => step.each === 'articles');
  return adding.length > 0 && adding.every((step) => step.find?.always === true);
}

function known(found: Found): Receipt {
  return {
    ...found,
    adopted: true,
    warnings: ['Nothing was added: this system can’t be asked which messages a ticket has'],
  };
}

function unlessImpossible(thrown: unknown): undefined {
  if (!(thrown instanceof RelaisError) || thrown.code !== 'cannot-look-up') throw thrown;
  print(`${thrown.message}: a new ticket is made`);
}

try {
  const receipt = await run();
  for (const warning of receipt.warnings) print(`Note: ${warning}`);
  print(JSON.stringify(receipt));
} catch (thrown) {
  if (thrown instanceof UsageError) {
    console.error(`${thrown.message}\n\n${usage}`);
    process.exitCode = 2;
  } else {
    const error = RelaisError.from(thrown);
    if (error.code === 'unexpected') console.error(thrown);
    print(JSON.stringify({ error: error.record() }));
    process.exitCode = 1;
  }
}
