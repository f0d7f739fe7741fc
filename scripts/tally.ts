/** Counts of test runs, added up over runners, and the one line that says them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from './tool.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;

  /** A step that is no test but must succeed: counted only when it fails. */
  async step(title: string, does: () => Promise<number>): Promise<void> {
    heading(title);
    if ((await does()) === 0) return;
    console.error(`relais: ${title} failed`);
    this.failed += 1;
  }

  /** Runs one of vitest's projects and adds what it counted. A run that broke without a failed test counts as one. */
  async vitest(project: string): Promise<void> {
    heading(`tests: ${project}`);
    const folder = mkdtempSync(join(tmpdir(), 'relais-report-'));
    const file = join(folder, 'report.json');
    const code = await tool('vitest', ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    const before = this.failed;
    try {
      const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
      const broken = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0).length;
      this.passed += report.numPassedTests;
      this.failed += report.numFailedTests + broken;
      this.skipped += report.numPendingTests + report.numTodoTests;
    } catch {
      this.failed += 1;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    if (code !== 0 && this.failed === before) this.failed += 1;
  }

  /** Prints the closing line, alone on its line, and gives the exit code. */
  close(): number {
    console.log(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    return this.failed > 0 ? 1 : 0;
  }
}

function heading(title: string): void {
  console.log(`\n== ${title}`);
}
