import { vi } from 'vitest';

/** Waits until the check throws no more; what it throws last is the failure. As patient as `until`: machines are noisy. */
export function eventually<Value>(check: () => Value | Promise<Value>): Promise<Value> {
  return vi.waitFor(check, { timeout: 10_000, interval: 10 });
}
