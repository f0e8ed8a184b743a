import { z } from 'zod';
import { OpsEvent } from '../shared/event.ts';
import { Frame, Watch, WatchAnswer } from '../shared/live.ts';
import { Problem } from '../shared/problem.ts';
import type { Access, Route } from '../shared/route.ts';
import { ROUTES } from '../shared/wire.ts';
import { COOKIE } from './people/callers.ts';

const toSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
};

const problem = {
  description: 'RFC 9457 problem',
  content: { 'application/problem+json': { schema: toSchema(Problem, 'output') } },
};

function listParameters(route: Route): object[] {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  const query = toSchema(route.query, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  const inQuery = Object.entries(query.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema,
  }));
  return [...inPath, ...inQuery];
}

function describeBody(route: Route): object {
  if (!route.body) return {};
  const json = { 'application/json': { schema: toSchema(route.body, 'input') } };
  const lines = { 'application/x-ndjson': { schema: toSchema(OpsEvent, 'input') } };
  const content = route.access === 'feed' ? { ...json, ...lines } : json;
  return { requestBody: { required: true, content } };
}

const READING = [{ displayToken: [] }, { session: [] }];
const SECURITY: Record<Access, object[]> = {
  none: [],
  feed: [{ feedToken: [] }],
  read: READING,
  session: READING,
  person: [{ session: [] }],
};

/** What is served beside the routes: for whoever keeps the server running. */
const UPKEEP = {
  getHealth: ['/healthz', 'Whether the process lives'],
  getReadiness: ['/readyz', 'Whether the store answers and the figures are folded'],
  getMetrics: ['/metrics', 'Figures of the process in the text format of Prometheus'],
  getOpenApi: ['/api/openapi.json', 'This document'],
} as const;

/** Where that is; each by GET alone. */
export const UPKEEP_PATHS = Object.values(UPKEEP).map(([path]) => path);

function describeUpkeep(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(UPKEEP).map(([operationId, [path, summary]]) => [
      path,
      {
        get: {
          operationId,
          summary,
          security: [],
          responses: { 200: { description: 'OK' }, default: problem },
        },
      },
    ]),
  );
}

const describeFiles = ({ files = [] }: Route) =>
  Object.fromEntries(files.map((type) => [type, { schema: { type: 'string' } }]));

function describeRoute(name: string, route: Route): object {
  return {
    operationId: name,
    summary: route.summary,
    parameters: listParameters(route),
    ...describeBody(route),
    security: SECURITY[route.access],
    responses: {
      200: {
        description: 'OK',
        content: {
          'application/json': { schema: toSchema(route.answer, 'output') },
          ...describeFiles(route),
        },
      },
      default: problem,
    },
  };
}

const refer = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The live link, for which OpenAPI has no words of its own: what is asked, and what is told unasked. */
const LIVE = {
  description: 'The Socket.IO namespace that tells what changes; docs/live.md says how to follow it',
  namespace: '/live',
  security: SECURITY.read,
  asked: {
    watch: {
      description: 'Follow a unit and the units directly below it; the answer is the acknowledgement',
      message: refer('Watch'),
      answer: refer('WatchAnswer'),
    },
  },
  told: {
    frame: {
      description: 'What changed since the frame before; without changes at least every 5 s',
      message: refer('Frame'),
    },
    reset: { description: 'The units or the day changed: watch again without since' },
  },
};

/** The OpenAPI 3.1 document of the public surface, derived from the schemas that check it. */
export function buildOpenApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describeRoute(name, route) };
  }
  const bearer = { type: 'http', scheme: 'bearer' };
  const session = { type: 'apiKey', in: 'cookie', name: COOKIE };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Intelligent Operations Center',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths: { ...paths, ...describeUpkeep() },
    components: {
      securitySchemes: { feedToken: bearer, displayToken: bearer, session },
      schemas: {
        Watch: toSchema(Watch, 'input'),
        WatchAnswer: toSchema(WatchAnswer, 'output'),
        Frame: toSchema(Frame, 'output'),
      },
    },
    'x-live': LIVE,
  };
}
