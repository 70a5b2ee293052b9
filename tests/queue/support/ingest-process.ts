import { writeSync } from 'node:fs'
import { runIngest } from './run-ingest.ts'

// A real process to be killed: `ingest-process.ts <inputs> <out>`. Tells on stdout how many jobs have ended.
const [inputs = '', out = ''] = process.argv.slice(2)
await runIngest([inputs], out, { onProgress: () => writeSync(1, 'x') })
