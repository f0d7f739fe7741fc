/** Threads made up for a run: one to three messages, accents everywhere, a small file, no two alike. */
import { createHash } from 'node:crypto';
import { chance } from './chance.ts';

export interface MadeFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface MadeMessage {
  readonly raw: Buffer;
  /** A sentence that stands in its text and nowhere else. */
  readonly sentence: string;
  readonly files: readonly MadeFile[];
}

export interface MadeThread {
  /** In its subject and in nothing else of any run: tickets are found by it without asking Relais. */
  readonly mark: string;
  readonly subject: string;
  readonly client: string;
  /** First Message-ID, without angle brackets. */
  readonly root: string;
  /** Oldest first. */
  readonly messages: readonly MadeMessage[];
}

const matters = [
  'Vitrine réfrigérée fêlée',
  'Dégât des eaux à l’étage',
  'Façade à repeindre',
  'Clé du garage égarée',
  'Chaudière où naît un bruit',
];
const clients = ['helene@brasserie-leonard.test', 'zoe@atelier-cesar.test', 'francois@hotel-noel.test'];
const colleague = 'Camille Vernier <camille@example.org>';

/** The thread number `index` of a run. `run` differs from run to run, also with the same seed: servers keep what they have. */
export function makeThread(run: string, seed: number, index: number): MadeThread {
  const pick = <Value>(list: readonly Value[], what: string): Value => {
    const found = list[Math.floor(chance(seed, index, what) * list.length)];
    if (found === undefined) throw new Error('An empty list');
    return found;
  };
  const mark = `${run}x${String(index).padStart(4, '0')}`;
  const subject = `${pick(matters, 'matter')} – devis n° ${mark}`;
  const client = pick(clients, 'client');
  const ids = ['a', 'b', 'c'].slice(0, pick([1, 1, 2, 3], 'length')).map((letter) => `chaos.${mark}.${letter}@mail.example.test`);
  const messages = ids.map((id, place): MadeMessage => {
    const sentence = `Élément ${place + 1} du dossier ${mark} : l’été où naîtra la pièce n’a pas été reçu.`;
    const files = chance(seed, index, 'file', place) < 0.6 ? [madeFile(seed, mark, index, place)] : [];
    const [from, to] = place === 1 ? [colleague, client] : [client, colleague];
    return { sentence, files, raw: written({ id, earlier: ids.slice(0, place), from, to, subject, place, index, sentence, files }) };
  });
  return { mark, subject, client, root: ids[0] ?? '', messages };
}

function madeFile(seed: number, mark: string, index: number, place: number): MadeFile {
  const size = 300 + Math.floor(chance(seed, index, 'size', place) * 12_000);
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, block) =>
    createHash('sha256').update(`${mark} ${place} ${block}`).digest(),
  );
  return { name: `releve-${mark}-${place}.bin`, bytes: Buffer.concat(blocks).subarray(0, size) };
}

interface Parts {
  readonly id: string;
  readonly earlier: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly place: number;
  readonly index: number;
  readonly sentence: string;
  readonly files: readonly MadeFile[];
}

function written({ id, earlier, from, to, subject, place, index, sentence, files }: Parts): Buffer {
  const date = new Date(Date.UTC(2026, 9, 1, 7, 0) + index * 60_000 + place * 3_600_000);
  const boundary = `=_${id.split('@')[0]}`;
  const base64 = (bytes: Buffer) => (bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
  const word = `=?utf-8?B?${Buffer.from(`${place === 0 ? '' : 'Re: '}${subject}`).toString('base64')}?=`;
  const lines = [
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${word}`,
    `Message-ID: <${id}>`,
    ...(earlier.length > 0 ? [`In-Reply-To: <${earlier.at(-1)}>`, `References: ${earlier.map((one) => `<${one}>`).join(' ')}`] : []),
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    base64(Buffer.from(`Bonjour,\r\n\r\n${sentence}\r\n\r\nÀ bientôt\r\n`)),
    ...files.flatMap(({ name, bytes }) => [
      `--${boundary}`,
      `Content-Type: application/octet-stream; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      base64(bytes),
    ]),
    `--${boundary}--`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
