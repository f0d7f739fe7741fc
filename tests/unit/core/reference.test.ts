import { describe, expect, it } from 'vitest';
import { articleReference, randomReference, referenceOf, referencePattern } from '../../../utils/core/reference.ts';

describe('the reference of a thread', () => {
  it('is the same for the same Message-ID, with or without brackets, and looks as ticket systems can take it', async () => {
    const reference = await referenceOf('<root@client.example.net>');
    expect(reference).toMatch(referencePattern);
    expect(await referenceOf(' root@client.example.net ')).toBe(reference);
    // Written down once: a change would make a second ticket of every thread that is already in a ticket system.
    expect(reference).toBe('relais-wdb2tibjj2c8gdmlxapx');
  });

  it('differs for different ids and for the messages of one thread', async () => {
    const one = await referenceOf('a@example.org');
    expect(await referenceOf('b@example.org')).not.toBe(one);
    const first = await articleReference(one, 'a@example.org');
    expect(first).toMatch(/^relais-[a-z0-9]{20}-m[a-z0-9]{10}$/);
    expect(await articleReference(one, 'b@example.org')).not.toBe(first);
  });

  it('is random where there is no Message-ID, and skips bytes that would favour some characters', () => {
    expect(randomReference()).not.toBe(randomReference());
    const skewed = randomReference((bytes) => bytes.set(bytes.map((_, index) => (index < 30 ? 255 : index))));
    expect(skewed).toMatch(referencePattern);
  });
});
