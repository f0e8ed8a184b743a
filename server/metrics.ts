import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Pipeline } from './pipeline/pipeline.ts';

/** What a monitoring system may ask: the process's own figures, events taken, batch times, viewers. */
export type Metrics = {
  contentType: string;
  render: () => Promise<string>;
  /** The same ingest, counted and timed. */
  measure: (ingest: Pipeline['ingest']) => Pipeline['ingest'];
};

/** Metrics in a registry of their own, so that two apps in one process do not mix. */
export function createMetrics(viewers: () => number): Metrics {
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
  return {
    contentType: registry.contentType,
    render() {
      connected.set(viewers());
      return registry.metrics();
    },
    measure: (ingest) => async (batch, speaker, now) => {
      const stop = seconds.startTimer();
      const receipt = await ingest(batch, speaker, now);
      stop();
      events.inc({ outcome: 'accepted' }, receipt.accepted);
      events.inc({ outcome: 'duplicate' }, receipt.duplicates);
      return receipt;
    },
  };
}
