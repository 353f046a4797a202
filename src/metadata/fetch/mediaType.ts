const MAGIC: readonly (readonly [mediaType: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF8'],
  ['image/webp', 8, 'WEBP'],
  ['image/avif', 4, 'ftypavif'],
  ['video/mp4', 4, 'ftyp'],
  ['video/webm', 0, '\x1aE\xdf\xa3'],
  ['audio/wav', 8, 'WAVE'],
  ['audio/mpeg', 0, 'ID3'],
  ['audio/ogg', 0, 'OggS'],
  ['audio/flac', 0, 'fLaC'],
  ['model/gltf-binary', 0, 'glTF'],
  ['application/pdf', 0, '%PDF-'],
  ['application/zip', 0, 'PK\x03\x04'],
  ['application/gzip', 0, '\x1f\x8b'],
]
const UTF16_BOM = /^(\xff\xfe|\xfe\xff)/
const TEXT: readonly (readonly [mediaType: string, pattern: RegExp])[] = [
  ['application/json', /^[{[]/],
  ['text/html', /^(<!doctype html|<html|<head|<body|<script)/i],
  ['image/svg+xml', /^(<[?]xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg[\s>]/i],
]
const SHAPE = /^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/

/** By the bytes, where they tell; else what was declared; else octets. Without parameters, lower-case. */
export function sniffMediaType(bytes: Uint8Array, declared: string | null): string {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).toString('latin1')
  const magic = MAGIC.find(([, offset, text]) => head.startsWith(text, offset))
  if (magic) return magic[0]
  const text = (UTF16_BOM.test(head) ? head.slice(2).replaceAll('\0', '') : head.replace(/^\xef\xbb\xbf/, '')).trimStart()
  const shape = TEXT.find(([, pattern]) => pattern.test(text))
  if (shape) return shape[0]
  const plain = declared?.split(';')[0]?.trim().toLowerCase()
  return plain && SHAPE.test(plain) ? plain : 'application/octet-stream'
}
