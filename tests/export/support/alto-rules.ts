/**
 * What ALTO 4.2 demands of the elements that a file of ours has: the facts of v4/alto-4-2.xsd (github.com/altoxml/schema),
 * written down anew: which elements an element holds and in which order, which attributes it must and may have, and of
 * what type they are. An element or attribute that is not listed is a fault.
 */
import { everyElement, type XmlElement } from './parse-xml.ts'

const PLACE = ['HPOS', 'VPOS', 'HEIGHT', 'WIDTH']

const ALTO: Readonly<
  Record<
    string,
    { readonly children: RegExp; readonly required: readonly string[]; readonly allowed: readonly string[] }
  >
> = {
  alto: { children: /^Description,(Tags,)?Layout,$/, required: [], allowed: ['xmlns', 'SCHEMAVERSION'] },
  Description: { children: /^MeasurementUnit,(sourceImageInformation,)?(Processing,)*$/, required: [], allowed: [] },
  MeasurementUnit: { children: /^$/, required: [], allowed: [] },
  sourceImageInformation: {
    children: /^(fileName,)?(fileIdentifier,)*(documentIdentifier,)*$/,
    required: [],
    allowed: [],
  },
  fileName: { children: /^$/, required: [], allowed: [] },
  documentIdentifier: { children: /^$/, required: [], allowed: [] },
  Processing: { children: /^(processingSoftware,)?$/, required: ['ID'], allowed: [] },
  processingSoftware: {
    children: /^(softwareCreator,)?(softwareName,)?(softwareVersion,)?$/,
    required: [],
    allowed: [],
  },
  softwareName: { children: /^$/, required: [], allowed: [] },
  softwareVersion: { children: /^$/, required: [], allowed: [] },
  Tags: { children: /^(StructureTag,)*$/, required: [], allowed: [] },
  StructureTag: { children: /^$/, required: ['ID', 'LABEL'], allowed: ['TYPE'] },
  Layout: { children: /^(Page,)+$/, required: [], allowed: [] },
  Page: { children: /^(PrintSpace,)?$/, required: ['ID', 'PHYSICAL_IMG_NR'], allowed: ['HEIGHT', 'WIDTH'] },
  PrintSpace: {
    children: /^((TextBlock|ComposedBlock),)*$/,
    required: [],
    allowed: PLACE,
  },
  ComposedBlock: {
    children: /^((TextBlock|ComposedBlock),)*$/,
    required: ['ID'],
    allowed: ['TYPE', 'TAGREFS', ...PLACE],
  },
  TextBlock: { children: /^(TextLine,)*$/, required: ['ID'], allowed: ['TAGREFS', ...PLACE] },
  TextLine: { children: /^(?:String,(?:SP,)?)+$/, required: [], allowed: PLACE },
  String: { children: /^$/, required: ['CONTENT'], allowed: ['WC', ...PLACE] },
  SP: { children: /^$/, required: [], allowed: [] },
}
const NUMBERS = [...PLACE, 'WC', 'PHYSICAL_IMG_NR']

/** What is wrong with a file; none is right. */
export function faultsOfAlto(root: XmlElement): readonly string[] {
  const elements = everyElement(root)
  const ids = elements.flatMap(({ attributes }) => attributes.ID ?? [])
  const references = elements.flatMap(({ attributes }) => attributes.TAGREFS?.split(' ') ?? [])
  return [
    ...(new Set(ids).size === ids.length ? [] : ['an ID twice']),
    ...ids.filter((id) => !/^[A-Za-z_][\w.-]*$/.test(id)).map((id) => `no name of XML: ${id}`),
    ...references.filter((id) => !ids.includes(id)).map((id) => `no ${id}`),
    ...elements.flatMap(({ name, attributes, children }) => {
      const rule = ALTO[name]
      if (rule === undefined) return [`no element ${name}`]
      const order = children.map((child) => `${child.name},`).join('')
      const names = Object.keys(attributes)
      return [
        ...(rule.children.test(order) ? [] : [`${name} holds ${order}`]),
        ...rule.required.filter((each) => !names.includes(each)).map((each) => `${name} lacks ${each}`),
        ...names
          .filter((each) => !rule.required.includes(each) && !rule.allowed.includes(each))
          .map((each) => `${name} has ${each}`),
        ...names
          .filter((each) => NUMBERS.includes(each) && !/^\d+(\.\d+)?$/.test(attributes[each] ?? ''))
          .map((each) => `${name} ${each} is no number`),
        ...(Number(attributes.WC ?? 0) <= 1 ? [] : ['WC above 1']),
      ]
    }),
  ]
}
