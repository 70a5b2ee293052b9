/**
 * What the strict schemas of the Open Contracting Data Standard demand of the properties that a planning release of ours has:
 * the facts of schema/strict/release-package-schema.json and schema/strict/release-schema.json of version 1__1__5
 * (github.com/open-contracting/standard), written down anew. The strict schemas are those of 1.1 with more rules: nothing
 * empty, no list or object without a member, no release twice. Here is one rule more: a property that is not listed is an
 * error, so that whoever adds one looks up what the standard says of it.
 */
const text = { type: 'string', minLength: 1 }
const uri = { type: 'string', format: 'uri' }
const dateTime = { type: 'string', format: 'date-time' }

function object(properties: Readonly<Record<string, object>>, required: readonly string[] = []): object {
  return { type: 'object', properties, required, additionalProperties: false, minProperties: 1 }
}

function list(items: object): object {
  return { type: 'array', items, minItems: 1, uniqueItems: true }
}

/** Of the closed code list of currencies we have one. */
const currency = { enum: ['CNY'] }
const value = object({ amount: { type: 'number' }, currency })
const unitValue = object({ amount: { type: 'number', minimum: 0 }, currency })
const organization = { id: text, name: text }
/** An open code list; every local scheme begins so. */
const scheme = { ...text, pattern: '^x_' }

const release = object(
  {
    ocid: text,
    id: { ...text, pattern: '^[^#]+$' },
    date: dateTime,
    // A planning process must not have the tag "tender", though it may have that section.
    tag: list({ enum: ['planning'] }),
    initiationType: { enum: ['tender'] },
    language: { enum: ['zh'] },
    parties: list(object({ ...organization, roles: list({ enum: ['buyer'] }) }, ['id', 'name'])),
    buyer: object(organization, ['id', 'name']),
    planning: object({
      budget: object({ id: text, description: text, amount: value, project: text, projectID: text }),
      documents: list(
        object(
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
      ),
    }),
    tender: object(
      {
        id: text,
        title: text,
        status: { enum: ['planning', 'planned', 'active', 'cancelled', 'unsuccessful', 'complete', 'withdrawn'] },
        mainProcurementCategory: { enum: ['goods', 'services', 'works'] },
        items: list(
          object(
            {
              id: text,
              description: text,
              classification: object({ scheme, id: text, description: text }),
              quantity: { type: 'number', minimum: 0 },
              unit: object({ name: text, value: unitValue }),
            },
            ['id'],
          ),
        ),
      },
      ['id'],
    ),
  },
  ['ocid', 'id', 'date', 'tag', 'initiationType'],
)

/** A package as the strict schema wants it: with at least one release. */
export const OCDS_PACKAGE = packageOf(list(release))

/** The same without that one rule, which the schema proper of 1.1 does not have. */
export const OCDS_EMPTY_PACKAGE = packageOf({ type: 'array', items: release })

function packageOf(releases: object): object {
  return object(
    {
      uri,
      version: { type: 'string', pattern: '^(\\d+\\.)(\\d+)$' },
      publishedDate: dateTime,
      publisher: object({ name: text }, ['name']),
      releases,
    },
    ['uri', 'version', 'publishedDate', 'publisher', 'releases'],
  )
}

/** RFC 3986 and RFC 3339, as far as a test needs them: only characters that a URI may have. */
export const FORMATS = {
  uri: /^[a-z][a-z0-9+.-]*:(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})+$/i,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/,
}
