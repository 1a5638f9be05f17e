import {BlockList, isIPv4, isIPv6} from 'node:net';

/*
 * Addresses that a server is not to call on behalf of others: its own machine, its own network, the cloud's metadata. A
 * name is judged by the addresses that are connected to, never by how it is written.
 */

/** IANA's special-purpose registry: what is not globally reachable. */
const closedIPv4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** Global unicast. What lies outside (mapped, link-local, unique local, NAT64, multicast) is refused as a whole. */
const openIPv6 = blockList('ipv6', [['2000::', 3]]);
/** Within it: protocol assignments with Teredo, documentation, and 6to4, which is an IPv4 address in disguise. */
const closedIPv6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** Whether an IP address is one that anybody on the internet can reach; false for what is no address. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closedIPv4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  return openIPv6.check(address, 'ipv6') && !closedIPv6.check(address, 'ipv6');
}

function blockList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}
