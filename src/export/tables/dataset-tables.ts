import { RECORD_TYPES } from '../../model/record.ts'
import { RECORD_STATUSES, RECORD_TABLES } from './record-tables.ts'
import { column, reference, required, type TableDefinition } from './table-definition.ts'

const CATALOGUES: readonly TableDefinition[] = [
  {
    name: 'catalogues',
    title: '分类目录',
    description: 'The code lists that codes were held against, by edition.',
    columns: [
      required('catalogue_id'),
      required('scheme'),
      required('edition'),
      required('title'),
      column('valid_from', 'integer'),
      column('valid_to', 'integer'),
      required('is_complete', 'boolean'),
      required('source'),
    ],
    primaryKey: ['catalogue_id'],
    references: [],
  },
  {
    name: 'catalogue_entries',
    title: '分类目录条目',
    description: 'Every entry of these code lists; `attested` says how well it is attested.',
    columns: [
      required('entry_id'),
      required('catalogue_id'),
      required('code'),
      required('name'),
      column('parent'),
      required('level', 'integer'),
      required('attested', 'text', ['official', 'disclosed', 'third-party', 'recalled']),
    ],
    primaryKey: ['entry_id'],
    references: [reference('catalogue_id', 'catalogues')],
  },
]

const DOCUMENTS: readonly TableDefinition[] = [
  {
    name: 'documents',
    title: '文件',
    description: 'The documents that were read; document_id is the SHA-256 of the file.',
    columns: [
      required('document_id'),
      required('file_name'),
      column('other_names', 'json'),
      column('title'),
      column('publisher'),
      column('fiscal_year', 'integer'),
      column('district'),
      column('department'),
      column('source_url'),
      column('page_count', 'integer'),
      required('status', 'text', ['complete', 'partial', 'failed']),
      column('error_code'),
      column('error_message'),
    ],
    primaryKey: ['document_id'],
    references: [],
  },
  {
    name: 'pages',
    title: '页面',
    description: 'What kind of page each is and why; a page that could not be read has an error.',
    columns: [
      required('document_id'),
      required('page_number', 'integer'),
      column('kind'),
      column('reason'),
      required('tables', 'integer'),
      column('warnings', 'json'),
      column('error_code'),
      column('error_message'),
    ],
    primaryKey: ['document_id', 'page_number'],
    references: [reference('document_id', 'documents')],
  },
  {
    name: 'unused_tables',
    title: '未成记录的表',
    description:
      'Tables that gave no records, with the reason and the number of amounts other than nought that are printed in them.',
    columns: [
      required('document_id'),
      required('page_number', 'integer'),
      required('table_index', 'integer'),
      required('reason'),
      required('amounts', 'integer'),
    ],
    primaryKey: [],
    references: [reference('document_id', 'documents')],
  },
  {
    name: 'related_documents',
    title: '关联文件',
    description:
      'Other documents of the same body. repeats: a file of the same year with the same totals, of which only one is to be counted.',
    columns: [
      required('document_id'),
      required('related_id'),
      required('file_name'),
      required('relation', 'text', ['previous_year', 'next_year', 'accounts', 'budget', 'repeats', 'same_body']),
    ],
    primaryKey: ['document_id', 'related_id'],
    references: [reference('document_id', 'documents'), reference('related_id', 'documents', 'document_id')],
  },
]

const RECORDS: TableDefinition = {
  name: 'records',
  title: '全部记录',
  description: 'All records of every type: where they stand and what they are fit for.',
  columns: [
    required('record_id'),
    required('record_type', 'text', RECORD_TYPES),
    required('document_id'),
    required('page_number', 'integer'),
    required('table_index', 'integer'),
    required('row_index', 'integer'),
    required('status', 'text', RECORD_STATUSES),
  ],
  primaryKey: ['record_id'],
  references: [reference('document_id', 'documents')],
}

const PROVENANCE: TableDefinition = {
  name: 'cell_provenance',
  title: '单元格来源',
  description:
    'Every field of every record: its place on the page (points, origin top left), the text of the page, who read it, why the value is what it is, and who judged it.',
  columns: [
    required('record_id'),
    required('field'),
    required('document_id'),
    required('page_number', 'integer'),
    required('x0', 'measure'),
    required('top', 'measure'),
    required('x1', 'measure'),
    required('bottom', 'measure'),
    required('origin', 'text', ['text', 'ocr']),
    column('method'),
    column('raw'),
    column('value'),
    column('rule'),
    column('candidates', 'json'),
    required('grade', 'text', RECORD_STATUSES),
    required('confidence', 'measure'),
    column('flags'),
    column('machine_value'),
    column('verdict'),
    column('judged_by'),
    column('judged_at'),
    column('reason'),
  ],
  primaryKey: ['record_id', 'field'],
  references: [reference('record_id', 'records'), reference('document_id', 'documents')],
}

const CHECKS: readonly TableDefinition[] = [
  {
    name: 'checks',
    title: '勾稽校验',
    description: 'Every equation that was tried; expected, found and difference in yuan.',
    columns: [
      required('check_id'),
      required('document_id'),
      required('page_number', 'integer'),
      required('table_index', 'integer'),
      required('kind'),
      required('where'),
      column('expected', 'decimal'),
      column('found', 'decimal'),
      column('difference', 'decimal'),
      required('outcome', 'text', ['holds', 'repaired', 'contradicted', 'unconstrained']),
    ],
    primaryKey: ['check_id'],
    references: [reference('document_id', 'documents')],
  },
  {
    name: 'check_members',
    title: '勾稽校验所含字段',
    description: 'The fields that take part in each equation, in its order.',
    columns: [required('check_id'), required('member_index', 'integer'), required('record_id'), required('field')],
    primaryKey: ['check_id', 'member_index'],
    references: [reference('check_id', 'checks')],
  },
]

/** All tables of the dataset; one that is referred to comes before those that refer to it. */
export const DATASET_TABLES: readonly TableDefinition[] = [
  ...CATALOGUES,
  ...DOCUMENTS,
  RECORDS,
  ...RECORD_TABLES,
  PROVENANCE,
  ...CHECKS,
]
