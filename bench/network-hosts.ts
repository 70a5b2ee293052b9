import { execFileSync, spawnSync } from 'node:child_process'

/** Machines of a benchmark: network namespaces on one bridge, so that all that passes between them passes a network. */
export interface NetworkHosts {
  /** Where servers listen: the address of this machine on the bridge. */
  readonly address: string
  /** The words before a command that run it on a host, 0 and on. */
  command(host: number): readonly string[]
  remove(): void
}

const BRIDGE = 'gongkai-bench'
const NET = '10.177.0'
const FIRST_HOST = 10

const ip = (...words: readonly string[]): void => void execFileSync('ip', words, { stdio: 'pipe' })

/** Makes so many hosts. Throws where the system or the user does not allow that; root on Linux usually may. */
export function makeNetworkHosts(count: number): NetworkHosts {
  const names = Array.from({ length: count }, (_, host) => `${BRIDGE}-${host}`)
  const remove = () => {
    for (const name of names) spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' })
    spawnSync('ip', ['link', 'del', BRIDGE], { stdio: 'ignore' })
  }
  remove()
  try {
    ip('link', 'add', BRIDGE, 'type', 'bridge')
    ip('addr', 'add', `${NET}.1/24`, 'dev', BRIDGE)
    ip('link', 'set', BRIDGE, 'up')
    for (const [host, name] of names.entries()) {
      ip('netns', 'add', name)
      ip('link', 'add', `gk-bench-${host}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name)
      ip('link', 'set', `gk-bench-${host}`, 'master', BRIDGE, 'up')
      ip('-n', name, 'addr', 'add', `${NET}.${FIRST_HOST + host}/24`, 'dev', 'eth0')
      ip('-n', name, 'link', 'set', 'eth0', 'up')
      ip('-n', name, 'link', 'set', 'lo', 'up')
    }
  } catch (error) {
    remove()
    throw error
  }
  return { address: `${NET}.1`, command: (host) => ['ip', 'netns', 'exec', names[host] ?? ''], remove }
}
