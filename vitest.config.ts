import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

const alias = { 'webextension-polyfill': new URL('./tests/support/fake-browser.ts', import.meta.url).pathname };
/** Files one after the other, unless said otherwise: each starts browsers, or shares the lab's servers with the rest. */
const browserProject = (name: string, hookTimeout: number, testTimeout: number, maxWorkers = 1) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], fileParallelism: maxWorkers > 1, maxWorkers, hookTimeout, testTimeout },
});

/** One runner for every layer: `unit` (with contract and views), `build`, `e2e`, `lab`. */
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [preact()],
        resolve: { alias },
        // Machines are noisy: a limit only ends what hangs.
        test: { name: 'unit', include: ['tests/{unit,contract,views}/**/*.test.{ts,tsx}'], testTimeout: 60_000 },
      },
      { test: { name: 'build', include: ['tests/build/**/*.test.ts'] } },
      browserProject('e2e', 60_000, 60_000, 2),
      browserProject('security', 60_000, 60_000, 2),
      browserProject('firefox', 120_000, 90_000),
      browserProject('lab', 300_000, 180_000),
      // The storm: `npm run test:chaos` at any length, this for a short one.
      browserProject('chaos', 300_000, 600_000),
    ],
  },
});
