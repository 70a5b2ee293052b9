import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findCases } from '../../bench/find-cases.ts'
import { readIcdarTruth } from '../../bench/read-icdar-truth.ts'

const STRUCTURE = `<?xml version="1.0" encoding="UTF-8"?>
<document filename="us-901.pdf">
  <table id="1">
    <region id="1" page="1" row-increment="0" col-increment="0">
      <cell id="1" start-row="0" start-col="1" end-col="2"><bounding-box x1="1" y1="2" x2="3" y2="4"/><content>R&amp;D &#x2014; total</content></cell>
      <cell id='2' start-row='1' start-col='0'><bounding-box x1='1' y1='2' x2='3' y2='4'/><content> 2012 </content><instruction/></cell>
      <cell id="3" start-row="1" start-col="2"><content/></cell>
    </region>
    <region id="2" page="2" row-increment="2" col-increment="0">
      <cell id="1" start-row="0" start-col="0"><content>2013</content></cell>
    </region>
  </table>
</document>`

test('a structure file gives a table for every region, with each text where its cell begins', () => {
  expect(readIcdarTruth(STRUCTURE)).toEqual([
    {
      pageNumber: 1,
      rows: [
        ['', 'R&D — total', ''],
        ['2012', '', ''],
      ],
    },
    { pageNumber: 2, rows: [['2013']] },
  ])
})

test('a file that is something else is refused', () => {
  expect(() => readIcdarTruth('<region id="1"><cell start-row="0"/></region>')).toThrow('start-col')
})

test('documents that lie beside their structure files are found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongkai-icdar-'))
  writeFileSync(join(folder, 'us-901.pdf'), '')
  writeFileSync(join(folder, 'us-901-str.xml'), STRUCTURE)
  writeFileSync(join(folder, 'us-901-reg.xml'), '<document/>')
  expect(findCases(folder).map(({ name, tables }) => [name, tables?.length])).toEqual([['us-901', 2]])
})
