/** Keys are compared in lower case without anything but letters and digits: `Model Version`, `model_version` and `modelVersion` are one. */
export const plainKey = (key: string): string =>
  key
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')

/** In the order of preference. ERC-721, ERC-1155 and ERC-7007 metadata, marketplaces' conventions, and what generators write. */
export const FIELD_NAMES = {
  name: ['name', 'title'],
  description: ['description'],
  image: ['image', 'imageurl', 'imageuri', 'imagedata', 'artwork', 'picture'],
  animation: ['animationurl', 'animationuri', 'animation', 'youtubeurl', 'video'],
  externalUrl: ['externalurl', 'externaluri', 'externallink', 'homeurl', 'website'],
  model: ['model', 'modelname', 'aimodel', 'modelid', 'basemodel', 'checkpoint', 'sdmodelname', 'modelused'],
  modelVersion: ['modelversion', 'aimodelversion', 'modelrevision'],
  prompt: ['prompt', 'positiveprompt', 'textprompt', 'inputprompt', 'aiprompt', 'originalprompt', 'revisedprompt'],
  promptHash: ['prompthash', 'promptdigest', 'promptcommitment', 'hashedprompt', 'promptsha256', 'promptkeccak256'],
  seed: ['seed', 'noiseseed', 'randomseed', 'generationseed'],
  provider: ['provider', 'modelprovider', 'aiprovider', 'inferenceprovider', 'vendor', 'generatedby', 'generationservice'],
  proof: ['proof', 'proofuri', 'proofurl', 'zkproof', 'proofhash', 'attestation'],
  proofType: ['prooftype'],
  licence: ['license', 'licence', 'licenseurl', 'licenseuri', 'licensetype', 'licensename', 'usagerights', 'rights'],
  parents: ['parents', 'parent', 'derivedfrom', 'remixof', 'basedon', 'parentassets', 'parenttokens', 'originalworks', 'sourceassets'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type FieldName = keyof typeof FIELD_NAMES

/** Objects beside or below the root in which generators and marketplaces put what an AI work was made from. */
export const SECTION_NAMES: ReadonlySet<string> = new Set([
  'properties',
  'ai',
  'aimetadata',
  'aigc',
  'aiprovenance',
  'generation',
  'generationinfo',
  'generationparameters',
  'generativemetadata',
  'provenance',
  'metadata',
  'parameters',
  'params',
  'settings',
  'sdmetadata',
  'invokeaimetadata',
  'coremetadata',
  'image',
  'extra',
])

/** An asset's own face is never looked for inside a section or among traits: a trait called `name` is a trait. */
export const ROOT_ONLY: ReadonlySet<FieldName> = new Set(['name', 'description', 'image', 'animation', 'externalUrl'])
