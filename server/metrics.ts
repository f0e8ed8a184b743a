import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Receipt } from './acts/ingest.ts';
import type { Writer } from './writer/writer.ts';

/** What a monitoring system may ask: the process's own figures, events taken, batch times, viewers. */
export type Metrics = {
  contentType: string;
  render: () => Promise<string>;
  /** The same runner of acts, its batches counted and timed. */
  measure: (run: Writer['run']) => Writer['run'];
  /** Notes how a judgement went. */
  noteJudgement: (judgement: { samples: number; lagMs: number | null; tookMs: number }) => void;
  /** Counts a message that was sent by a channel, or that did not arrive. */
  countMessage: (result: 'sent' | 'failed') => void;
};

/** Metrics in a registry of their own, so that two apps in one process do not mix. */
export function createMetrics(viewers: () => number, countWaiting: () => Promise<number>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'ioc_events_total',
    help: 'Events taken, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'ioc_ingest_seconds',
    help: 'From a checked batch to its commit',
    registers,
  });
  const connected = new Gauge({ name: 'ioc_viewers', help: 'Connected viewers', registers });
  const samples = new Counter({ name: 'ioc_judge_samples_total', help: 'Samples judged', registers });
  const judged = new Histogram({ name: 'ioc_judge_seconds', help: 'How long a judgement took', registers });
  const lag = new Gauge({
    name: 'ioc_judge_lag_seconds',
    help: 'From the oldest commit to the verdict on it, of the last judgement',
    registers,
  });
  const messages = new Counter({
    name: 'ioc_messages_total',
    help: 'Messages of channels, by result',
    labelNames: ['result'],
    registers,
  });
  const waiting = new Gauge({
    name: 'ioc_notes_waiting',
    help: 'Notes that channels have yet to deal with',
    registers,
  });
  return {
    contentType: registry.contentType,
    noteJudgement({ samples: count, lagMs, tookMs }) {
      samples.inc(count);
      judged.observe(tookMs / 1000);
      if (lagMs !== null) lag.set(lagMs / 1000);
    },
    countMessage: (result) => messages.inc({ result }),
    async render() {
      connected.set(viewers());
      waiting.set(await countWaiting());
      return registry.metrics();
    },
    measure: (run) => async (order) => {
      if (order.name !== 'ingest') return run(order);
      const stop = seconds.startTimer();
      const answer = await run(order);
      stop();
      const receipt = answer as Receipt;
      events.inc({ outcome: 'accepted' }, receipt.accepted);
      events.inc({ outcome: 'duplicate' }, receipt.duplicates);
      return answer;
    },
  };
}
