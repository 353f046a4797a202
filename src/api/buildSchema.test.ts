import {
  type GraphQLArgument,
  type GraphQLObjectType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import {expect, test} from 'vitest'
import {buildApiSchema} from './buildSchema'
import {BigIntScalar} from './scalars'

type Documented = Readonly<{name: string; description?: string | null}>

test('every type, field, argument and value says what it is', () => {
  const types = Object.values(buildApiSchema().getTypeMap()).filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
  const parts = types.flatMap((type): (readonly [string, Documented])[] => {
    const own = [[type.name, type] as const]
    if (isEnumType(type)) return [...own, ...type.getValues().map((value) => [`${type.name}.${value.name}`, value] as const)]
    if (isInputObjectType(type))
      return [...own, ...Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)]
    if (!isObjectType(type) && !isInterfaceType(type)) return own
    const args = (of: string, list: readonly GraphQLArgument[]) => list.map((arg) => [`${of}(${arg.name})`, arg] as const)
    return [
      ...own,
      ...Object.values(type.getFields()).flatMap((f) => [
        [`${type.name}.${f.name}`, f] as const,
        ...args(`${type.name}.${f.name}`, f.args),
      ]),
    ]
  })
  expect(parts.length).toBeGreaterThan(900)
  expect(parts.filter(([, {description}]) => !description).map(([name]) => name)).toEqual([])
})

test("the payments of a sum offer what may be chosen of them, and not again whether unverified ones count: that is the sum's", () => {
  const args = (type: string, field: string) =>
    (buildApiSchema().getType(type) as GraphQLObjectType).getFields()[field]?.args.map(({name}) => name) ?? []
  const all = args('Query', 'royaltyPayments').filter((name) => name !== 'asOf')
  expect(args('RoyaltySum', 'payments').sort()).toEqual(all.filter((name) => name !== 'includeUnverified').sort())
  expect(args('Query', 'royaltySummary')).toContain('includeUnverified')
})

test('BigInt takes the JSON numbers that it says it takes', () => {
  expect(BigIntScalar.parseValue(2 ** 53 - 1)).toBe('9007199254740991')
  expect(() => BigIntScalar.parseValue(2 ** 53)).toThrow('a JSON number below 2^53')
  expect(BigIntScalar.description).toContain('a JSON number below 2^53')
})
