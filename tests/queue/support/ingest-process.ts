import { writeSync } from 'node:fs'
import { runIngest, runWorker } from './run-ingest.ts'

// A real process to be killed. Tells on stdout how many jobs have ended.
//   ingest-process.ts <inputs> <out> [redis address] [postgres address]
// With '-' for the inputs it works on the jobs of others until it is killed.
const [inputs = '', out = '', queue, database] = process.argv.slice(2)
const change = {
  ...(queue === undefined ? {} : { queue }),
  ...(database === undefined ? {} : { database }),
  onProgress: () => void writeSync(1, 'x'),
}
if (inputs === '-') await runWorker(out, change)
else await runIngest([inputs], out, change)
