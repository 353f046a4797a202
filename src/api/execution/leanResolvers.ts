import {type GraphQLSchema, isInterfaceType, isObjectType} from 'graphql'
import {getMetadataStorage} from 'type-graphql'

type Methods = Readonly<Record<string, ((context: unknown) => unknown) | undefined>>

/**
 * What type-graphql puts around every field (arguments sorted, containers asked, middlewares looked for) costs more than most fields do.
 * Where a field is a property, a getter, or a method of the answer's context alone, the schema gets just that.
 */
export function makeLean(schema: GraphQLSchema): void {
  const {objectTypes, interfaceTypes, fieldResolvers} = getMetadataStorage()
  const resolvedElsewhere = new Set(
    fieldResolvers.flatMap((r) => (r.kind === 'external' ? [keyOf(r.getObjectType?.(), r.methodName)] : [])),
  )
  const fieldsOf = new Map(interfaceTypes.map(({target, fields}) => [target, fields ?? []]))
  // Made asynchronous for nothing: which type a value is shows at once.
  for (const {name, resolveType} of interfaceTypes) {
    const type = schema.getType(name)
    if (isInterfaceType(type) && resolveType) type.resolveType = resolveType as typeof type.resolveType
  }
  for (const {name: typeName, fields = [], interfaceClasses = []} of objectTypes) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) continue
    for (const {name, schemaName, target, params = []} of [...interfaceClasses.flatMap((of) => fieldsOf.get(of) ?? []), ...fields]) {
      const field = type.getFields()[schemaName]
      if (!field || name !== schemaName || resolvedElsewhere.has(keyOf(target, name))) continue
      const isMethod = typeof Object.getOwnPropertyDescriptor(target.prototype, name)?.value === 'function'
      if (!isMethod) delete field.resolve
      else if (params.every(({kind}) => kind === 'context')) field.resolve = (root: Methods, _, context) => root[name]?.(context)
    }
  }
}

const keyOf = (target: unknown, name: string): string => `${(target as {name?: string} | undefined)?.name}.${name}`
