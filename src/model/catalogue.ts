import { z } from 'zod'

/**
 * How well an entry is attested. official: read in the official document; disclosed: read in published disclosures;
 * third-party: stands in somebody's file; recalled: from memory, may restore but never contradict a document.
 */
export const Attestation = z.enum(['official', 'disclosed', 'third-party', 'recalled'])
export type Attestation = z.infer<typeof Attestation>

/** One entry of a code list; `code` is '' where the list has only names. `parent` is the parent's code or name path. */
export const CatalogueEntry = z
  .object({
    code: z.string(),
    name: z.string().min(1),
    parent: z.string(),
    level: z.number().int().min(0),
    attested: Attestation,
  })
  .readonly()
export type CatalogueEntry = z.infer<typeof CatalogueEntry>

/** A code list in one edition, in force from the fiscal year `validFrom` to `validTo` (null: still). */
export const Catalogue = z
  .object({
    scheme: z.string(),
    edition: z.string(),
    title: z.string(),
    validFrom: z.number().int().nullable(),
    validTo: z.number().int().nullable(),
    isComplete: z.boolean(),
    source: z.string(),
    entries: z.array(CatalogueEntry).readonly(),
  })
  .readonly()
export type Catalogue = z.infer<typeof Catalogue>
