import {type GraphQLArgument, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType} from 'graphql'
import {expect, test} from 'vitest'
import {buildApiSchema} from './buildSchema'

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
