import { z } from 'zod';
import { UsageError } from './command.ts';

/** What one command of a script came to. */
export type ScriptAnswer = { status: number; out: string; err: string };

const Words = z.array(z.string()).min(1);

function readWords(line: string): string[] {
  try {
    return Words.parse(JSON.parse(line));
  } catch {
    throw new UsageError(`a line is a command as JSON, ["token", "--list"], not ${line.slice(0, 80)}`);
  }
}

/**
 * Performs the commands of lines, one after the other, and writes for each a line of JSON: its status, and what it said. A line
 * that is no command ends it. Gives the worst status.
 */
export async function runScript(
  lines: AsyncIterable<string>,
  {
    perform,
    write,
  }: { perform: (words: string[]) => Promise<ScriptAnswer>; write: (text: string) => unknown },
): Promise<number> {
  let worst = 0;
  for await (const line of lines) {
    if (line.trim() === '') continue;
    const answer = await perform(readWords(line));
    if (answer.status > worst) worst = answer.status;
    write(`${JSON.stringify(answer)}\n`);
  }
  return worst;
}

/** Usage of `ioc script`. */
export const SCRIPT_USAGE = `Usage: ioc script < FILE

Performs commands one after the other in one process, on one store: a line of standard input each, as a JSON array of its words
(["token", "--kind", "feed", "--unit", "25"]). Answers each as it is done with a line {"status", "out", "err"} of JSON, goes on
after one that is refused, and ends with the worst status.
`;
