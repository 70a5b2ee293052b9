import { type Command, InvalidArgumentError, Option } from 'commander'
import { defaultJobs, type Place, READERS } from '../main.ts'

export function jobsOption(): Option {
  return new Option('--jobs <number>', 'pages read at the same time').default(defaultJobs()).argParser(parsePositive)
}

export function pagesOption(): Option {
  return new Option('--pages <selection>', 'pages to read, such as 3-7 or 1,4,9-').default('all')
}

export function readersOption(): Option {
  return new Option('--ocr <readers>', 'who reads scans').choices(READERS).default('both')
}

export interface PlaceFlags {
  readonly out?: string
  readonly queue: string
  readonly store: string
  readonly artefacts?: string
}

/** Where queue, store and artefacts are. Addresses with passwords are better kept in the environment. */
export function addPlaceOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--queue <queue>', 'where jobs are kept: embedded (in the store), or redis://host:6379')
        .default('embedded')
        .env('GONGKAI_QUEUE'),
    )
    .addOption(
      new Option(
        '--store <store>',
        'where results are kept: sqlite (in the output folder), or postgres://user@host/name',
      )
        .default('sqlite')
        .env('GONGKAI_STORE'),
    )
    .addOption(
      new Option(
        '--artefacts <place>',
        'folder or s3://bucket/prefix that all machines reach, for documents and page artefacts (default: in the store)',
      ).env('GONGKAI_ARTEFACTS'),
    )
}

export function toPlace({ out, queue, store, artefacts }: PlaceFlags): Place {
  return { out: out ?? null, queue, store, artefacts: artefacts ?? null }
}

export function parsePositive(text: string): number {
  const number = parseNatural(text)
  if (number < 1) throw new InvalidArgumentError('It must be a whole number from 1.')
  return number
}

export function parseNatural(text: string): number {
  const number = Number(text)
  if (text.trim() === '' || !Number.isInteger(number) || number < 0) {
    throw new InvalidArgumentError('It must be a whole number.')
  }
  return number
}
