/** Where a channel may send to. Law: a form in the browser is no way into the host's own or private networks. */
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { AppError } from '../errors.ts';

const INNER_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** Of IPv6 only global unicast is outside, without what carries an IPv4 address in it. */
const OUTER_6 = '2000::/3';
const INNER_6 = ['2001::/23', '2001:db8::/32', '2002::/16'];

function listNets(nets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const net of nets) {
    const [address = '', bits] = net.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

const inner4 = listNets(INNER_4, 'ipv4');
const inner6 = listNets(INNER_6, 'ipv6');
const outer6 = listNets([OUTER_6], 'ipv6');

/** Whether an address lies in the open internet; what is no address does not. */
export function isOuterAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inner4.check(address, 'ipv4');
  return family === 6 && outer6.check(address, 'ipv6') && !inner6.check(address, 'ipv6');
}

const refuse = (reason: string) =>
  new AppError('unprocessable', `This target cannot be used: it ${reason}.`, [{ field: 'target', reason }]);

function parseUrl(target: string): URL {
  try {
    return new URL(target);
  } catch {
    throw refuse('is no address such as https://receiver.example.vn/alerts');
  }
}

/** The address a URL names by number, without brackets; null where it names a host. */
export function findLiteral({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? null : bare;
}

function checkUrl(target: string, allowPrivate: { allowPrivateTargets: boolean }): string {
  const url = parseUrl(target);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse('begins with neither https nor http');
  if (url.username !== '' || url.password !== '') throw refuse('holds a name or a password');
  const literal = findLiteral(url);
  if (!allowPrivate.allowPrivateTargets && literal !== null && !isOuterAddress(literal))
    throw refuse('lies in a private network');
  return url.href;
}

/** The mail addresses that a target lists. */
export const listAddresses = (target: string): string[] =>
  target.split(/[,;\s]+/).filter((address) => address !== '');

const MOST_ADDRESSES = 50;

function checkAddresses(target: string): string {
  const addresses = listAddresses(target);
  if (addresses.length === 0 || addresses.length > MOST_ADDRESSES)
    throw refuse(`lists ${addresses.length} mail addresses: 1 to ${MOST_ADDRESSES} are right`);
  const wrong = addresses.findIndex((address) => !z.email().safeParse(address).success);
  if (wrong >= 0) throw refuse(`has no mail address at place ${wrong + 1}`);
  return addresses.join(', ');
}

/** A target in its plain form; AppError `unprocessable` for one that cannot be used. */
export function checkTarget(
  { kind, target }: { kind: 'webhook' | 'mail'; target: string },
  site: { allowPrivateTargets: boolean },
): string {
  return kind === 'webhook' ? checkUrl(target, site) : checkAddresses(target);
}

/** A target as the audit and logs may name it: the host, or how many addresses. What follows the host may be secret. */
export function nameTarget({ kind, target }: { kind: 'webhook' | 'mail'; target: string }): string {
  return kind === 'webhook' ? new URL(target).origin : `${listAddresses(target).length} addresses`;
}
