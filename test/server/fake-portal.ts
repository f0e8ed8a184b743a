/** A national portal for tests: a server on this machine with answers of the same shape, made up. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Question = { path: string; body: Record<string, unknown>; tag?: string };
export type Reply = (question: Question, response: ServerResponse) => void;

/** A portal on this machine that answers as it is told to. */
export type FakePortal = {
  url: string;
  asked: Question[];
  reply: (reply: Reply) => void;
  close: () => Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return JSON.parse(Buffer.concat(parts).toString());
}

export async function openFakePortal(): Promise<FakePortal> {
  let reply: Reply = answerWhole;
  const asked: Question[] = [];
  const server: Server = createServer(async (request, response) => {
    const tag = request.headers['if-none-match'];
    const question = { path: request.url ?? '', body: await readBody(request), ...(tag && { tag }) };
    asked.push(question);
    reply(question, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/evaluation`,
    asked,
    reply: (next) => {
      reply = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Sends data in the portal's envelope. */
export const send = (response: ServerResponse, data: unknown, status = 201) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code: 'OK', message: 'OK', data }));
};

const metric = (code: string, numerator: number | null, denominator: number | null) => ({
  ...{
    code,
    name: code,
    numerator,
    denominator,
    ratio: denominator ? (100 * (numerator ?? 0)) / denominator : null,
  },
  ...{ score: 1, maxScore: 6 },
});

/** What the portal says of two departments and their province. */
export function answerOf(path: string, onTime = 8): unknown {
  const [province, own, other] = [
    { departmentId: 'root', departmentCode: 'H44' },
    { departmentId: 'a', departmentCode: 'H44.1' },
    { departmentId: 'd', departmentCode: 'H44.2' },
  ];
  if (path.endsWith('dvc-progress-tree')) {
    const row = (department: object, counts: object) => ({
      ...department,
      ...counts,
      maxScore: 20,
      score: 3,
    });
    return {
      parent: row(province, { totalReceived: 30, totalOnTime: 20 }),
      children: [
        row(own, { totalReceived: 10, totalOnTime: onTime }),
        row(other, { totalReceived: 20, totalOnTime: null }),
      ],
      monthlyChart: [],
    };
  }
  if (path.endsWith('tree')) {
    const row = (department: object) => ({
      ...department,
      score: 4.5,
      totalFeeFormality: 10,
      totalScore: null,
    });
    return { parent: row(province), children: [row(own), row(other)] };
  }
  const row = ({ departmentId }: { departmentId: string }) => ({
    ...{ departmentId, totalScore: 5 },
    metrics: [
      metric('DOSSIER_RECEIVING_SATISFACTION', 9, 10),
      metric('ELECTRONIC_CERTIFIED_COPY', null, 0),
      metric('ORIGINAL_RESULT_AVAILABLE', 5, 10),
    ],
  });
  return { overview: row(province), evaluation: [row(own), row(other)], pagination: { totalPages: 1 } };
}

/** Answers every question. */
export const answerWhole: Reply = ({ path }, response) => send(response, answerOf(path));
