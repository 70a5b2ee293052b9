// @ts-check
/** Requests to the server; every change carries the session's proof. */

const csrf = document.querySelector('meta[name=csrf]')?.getAttribute('content') ?? ''

/** Thrown when the server did not take it; `fault` is the key of a text. */
export class Refusal extends Error {
  /** @param {string} fault @param {number} status */
  constructor(fault, status) {
    super(fault)
    this.fault = fault
    this.status = status
  }
}

/** @param {string} path @param {Record<string, string | undefined>} [query] @returns {Promise<any>} */
export function ask(path, query = {}) {
  const entries = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
  return send(`${path}?${new URLSearchParams(entries)}`, { method: 'GET' })
}

/** @param {string} path @param {Record<string, string | undefined>} query @param {unknown} body @returns {Promise<any>} */
export function tell(path, query, body) {
  const entries = Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
  return send(`${path}?${new URLSearchParams(entries)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(body),
  })
}

/** @param {string} url @param {RequestInit} init */
async function send(url, init) {
  const response = await fetch(url, { credentials: 'same-origin', ...init }).catch(() => {
    throw new Refusal('no-connection', 0)
  })
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  const body = isJson ? await response.json() : {}
  if (!response.ok) throw new Refusal(body.fault ?? 'lost-session', response.status)
  return body
}
