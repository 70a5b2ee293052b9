import { ingest } from 'gongkai'

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const { documents, wasInterrupted } = await ingest(['report.pdf'], {
  out: 'out',
  signal: stop.signal,
  onMessage: (message) => console.error(message),
})
for (const { fileName, status, records, accepted } of documents) {
  console.log(`${fileName}: ${status}, ${accepted} of ${records} rows accepted`)
}
if (wasInterrupted) console.error('stopped; run it again and it goes on from here')
