import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'

export interface WebServer {
  readonly port: number
  /** Stops listening and lets go of open connections. */
  close(): Promise<void>
}

interface Served {
  readonly fetch: (request: Request) => Response | Promise<Response>
}

/** Listens on one address; port 0 takes any that is free. Rejects with the system's error (EADDRINUSE …). */
export function serveApp(app: Served, hostname: string, port: number): Promise<WebServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, (info: AddressInfo) => {
      resolve({
        port: info.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      })
    })
    server.once('error', reject)
  })
}
