import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { PipelineError } from '../model/pipeline-error.ts'

/** Addresses that are nobody's on the open net: of this machine, of private nets, for documentation, for many at once. */
const NOT_PUBLIC_4 = createBlockList('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

/** Besides unique local, link local and multicast: all that can carry an IPv4 address inside. */
const NOT_PUBLIC_6 = createBlockList('ipv6', [
  '::/96',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
])

function createBlockList(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !NOT_PUBLIC_4.check(address, 'ipv4')
  return family === 6 && !NOT_PUBLIC_6.check(address, 'ipv6')
}

/** Throws input/address-refused for a host that is itself a private address; names are checked when they are looked up. */
export function assertPublicHost(hostname: string): void {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw refused(hostname, address)
}

/**
 * Looks a name up and gives public addresses only. The connection is made to the very addresses that were checked, so that
 * a name server cannot answer twice.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return callback(error, '', 0)
    const allowed = addresses.filter(({ address }) => isPublicAddress(address))
    const [first] = allowed
    if (first === undefined) return callback(refused(hostname, addresses[0]?.address ?? ''), '', 0)
    if (options.all === true) return callback(null, allowed)
    callback(null, first.address, first.family)
  })
}

function refused(hostname: string, address: string): PipelineError {
  return new PipelineError('input/address-refused', hostname === address ? address : `${hostname} is ${address}`)
}
