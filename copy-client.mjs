// The browser side of the review page runs as it is written: the build only puts it beside the compiled server.
import { cpSync } from 'node:fs'

cpSync('src/web/client', 'dist/web/client', { recursive: true })
