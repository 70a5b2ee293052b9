/**
 * What the release package schema and the release schema of OCDS 1.1 (standard.open-contracting.org/1.1) demand of the
 * properties that a planning release of ours has, written down anew for this test: types, required properties, closed code
 * lists, formats. It is stricter than they are in one way: a property that is not listed here is an error, so that whoever
 * adds one looks up what the standard says of it.
 */
const text = { type: 'string', minLength: 1 }
const uri = { type: 'string', format: 'uri' }
const dateTime = { type: 'string', format: 'date-time' }

function object(properties: Readonly<Record<string, object>>, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false }
}

const value = object({ amount: { type: 'number' }, currency: { enum: ['CNY'] } }, ['amount', 'currency'])
const organization = { id: text, name: text }

const release = object(
  {
    ocid: text,
    id: { ...text, pattern: '^[^#]+$' },
    date: dateTime,
    // A planning process must not have the tag "tender", though it may have that section.
    tag: { type: 'array', minItems: 1, items: { enum: ['planning'] } },
    initiationType: { enum: ['tender'] },
    language: { enum: ['zh'] },
    parties: {
      type: 'array',
      uniqueItems: true,
      items: object({ ...organization, roles: { type: 'array', items: { enum: ['buyer'] } } }, ['id']),
    },
    buyer: object(organization),
    planning: object({
      budget: object({ id: text, description: text, amount: value, project: text, projectID: text }),
      documents: {
        type: 'array',
        items: object(
          {
            id: text,
            documentType: { enum: ['procurementPlan'] },
            title: text,
            description: text,
            url: uri,
            language: { enum: ['zh'] },
          },
          ['id'],
        ),
      },
    }),
    tender: object(
      {
        id: text,
        title: text,
        status: { enum: ['planning', 'planned', 'active', 'cancelled', 'unsuccessful', 'complete', 'withdrawn'] },
        mainProcurementCategory: { enum: ['goods', 'works', 'services'] },
        items: {
          type: 'array',
          uniqueItems: true,
          items: object(
            {
              id: text,
              description: text,
              classification: object({ scheme: { ...text, pattern: '^x_' }, id: text, description: text }),
              quantity: { type: 'number' },
              unit: object({ name: text, value }),
            },
            ['id'],
          ),
        },
      },
      ['id'],
    ),
  },
  ['ocid', 'id', 'date', 'tag', 'initiationType'],
)

export const OCDS_PACKAGE = object(
  {
    uri,
    version: { type: 'string', pattern: '^(\\d+\\.)(\\d+)$' },
    publishedDate: dateTime,
    publisher: object({ name: text }, ['name']),
    releases: { type: 'array', items: release },
  },
  ['uri', 'version', 'publishedDate', 'publisher', 'releases'],
)

/** RFC 3986 and RFC 3339, as far as a test needs them. */
export const FORMATS = {
  uri: /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/,
}
