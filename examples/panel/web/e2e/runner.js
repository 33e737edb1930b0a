// As much of a test runner as this needs: tests in order, a picture of every failure, a count at the end.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SCREENSHOTS = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));

export class Runner {
  passed = 0;
  failed = 0;

  /** Runs steps that build on each other: after a failure the rest of them is counted as failed too. */
  async suite(name, page, steps) {
    console.log(`\n${name}`);
    let broken = false;
    for (const [step, run] of steps) {
      if (broken) {
        this.failed++;
        console.log(`  - ${step} (not run)`);
        continue;
      }
      broken = !(await this.one(step, run, page));
    }
  }

  /** Runs one test; a failure does not concern others. */
  async one(name, run, page) {
    const start = Date.now();
    try {
      await run();
      this.passed++;
      console.log(`  ok ${name} (${Date.now() - start} ms)`);
      return true;
    } catch (error) {
      this.failed++;
      console.log(`  FAILED ${name}\n${indent(error?.message ?? String(error))}`);
      if (page) await picture(page, name);
      return false;
    }
  }

  summary() {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0;
  }
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

/** Waits until a check returns something true. */
export async function eventually(check, message, timeoutMillis = 20_000) {
  const end = Date.now() + timeoutMillis;
  let last;
  while (Date.now() < end) {
    last = await check().catch((error) => error);
    if (last && !(last instanceof Error)) return last;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`${message}${last instanceof Error ? ` (${last.message})` : ''}`);
}

async function picture(page, name) {
  await mkdir(SCREENSHOTS, { recursive: true });
  const file = join(SCREENSHOTS, `failed-${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.png`);
  await page.screenshot({ path: file }).catch(() => {});
  console.log(`    page: ${page.url()}\n    picture: target/screenshots/${file.split('/').at(-1)}`);
}

function indent(text) {
  return text
    .split('\n')
    .slice(0, 12)
    .map((line) => `    ${line}`)
    .join('\n');
}
