import type {NormalisedDocument} from '../document/normaliseDocument'

/** A field that two versions of a document say differently; null: one of them does not say it. Attributes are fields by their trait: `attributes.Hue`. */
export type FieldChange = Readonly<{field: string; before: string | null; after: string | null}>

const LONGEST = 500
const MOST_CHANGES = 100

/** What a reader of the one would have to change to have read the other. Long texts are cut, long lists of changes end. */
export function diffViews(before: NormalisedDocument | null, after: NormalisedDocument | null): readonly FieldChange[] {
  const [old, present] = [flatten(before), flatten(after)]
  const fields = [...new Set([...old.keys(), ...present.keys()])]
  return fields
    .filter((field) => old.get(field) !== present.get(field))
    .slice(0, MOST_CHANGES)
    .map((field) => ({field, before: cut(old.get(field)), after: cut(present.get(field))}))
}

function flatten(view: NormalisedDocument | null): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  const {attributes = [], parents = [], problems: _, ...texts} = view ?? ({} as Partial<NormalisedDocument>)
  for (const [field, text] of Object.entries(texts)) if (text) fields.set(field, text.value)
  // Traits may repeat: each further one is another field.
  for (const {trait, value} of attributes) fields.set(freeName(fields, `attributes.${trait ?? ''}`), String(value))
  if (parents.length > 0) fields.set('parents', parents.map(({value}) => value).join(', '))
  return fields
}

function freeName(fields: ReadonlyMap<string, string>, name: string): string {
  let free = name
  for (let n = 2; fields.has(free); n++) free = `${name} (${n})`
  return free
}

const cut = (text: string | undefined): string | null =>
  text === undefined ? null : text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
