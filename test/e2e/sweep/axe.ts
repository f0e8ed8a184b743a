/** The faults of accessibility that axe finds. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };
type Axe = { run: (within: string | Document, options: object) => Promise<{ violations: Violation[] }> };

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** `within`: only there; without it the whole page. `only`: the names of the rules to ask, all without it. */
export type Asking = { within?: string | undefined; only?: readonly string[] | undefined };

/** Every violation that axe finds on a page, each with the first element it stands at. */
export async function findViolations(page: Page, asking: Asking = {}): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(script);
  return page.evaluate(async ({ within, only }) => {
    const { axe } = window as unknown as { axe: Axe };
    const options = { resultTypes: ['violations'], ...(only && { runOnly: only }) };
    const { violations } = await axe.run(within ?? document, options);
    return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160)}`);
  }, asking);
}
