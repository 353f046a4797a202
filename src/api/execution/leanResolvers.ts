import {
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import {getMetadataStorage} from 'type-graphql'

type Methods = Readonly<Record<string, ((context: unknown) => unknown) | undefined>>

/**
 * What type-graphql puts around every field (arguments sorted and made instances of their classes, containers asked, middlewares looked
 * for) costs more than most fields do. Where a field is a property, a getter, or a method of the answer's context alone, and where it is
 * what a resolver makes of its arguments, the schema gets just that. Arguments stay the plain objects that graphql coerced them to.
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
      if (!isMethod) {
        delete field.resolve
        makeSafe(target.prototype as object, name, isCompositeType(getNamedType(field.type)))
      } else if (params.every(({kind}) => kind === 'context')) field.resolve = (root: Methods, _, context) => root[name]?.(context)
    }
  }
  callResolversDirectly(schema)
}

const safe = new WeakSet<() => unknown>()

/**
 * Compiled code reads a property once for each thing that it needs of it, and takes an Error that it finds there for the field's failure.
 * What a getter throws would go past it: where an answer goes on after a wait, nobody would catch it, and the process would end.
 * `isKept`: the getter makes an object; it is made once.
 */
export function makeSafe(prototype: object, name: string, isKept: boolean): void {
  const made = Object.getOwnPropertyDescriptor(prototype, name)
  const read = made?.get
  if (!made || !read || safe.has(read)) return
  const get = function (this: object): unknown {
    try {
      return read.call(this)
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
  const kept = Symbol(name)
  const getKept = function (this: Record<symbol, unknown>): unknown {
    this[kept] ??= get.call(this)
    return this[kept]
  }
  safe.add(isKept ? getKept : get)
  Object.defineProperty(prototype, name, {...made, get: isKept ? getKept : get})
}

type Resolver = Readonly<Record<string, (...given: readonly unknown[]) => unknown>>
type Handler = ReturnType<typeof getMetadataStorage>['queries'][number]
type Param = NonNullable<Handler['params']>[number]

/** Root fields, and fields that a resolver adds to a type. What changes something is left as it is: there are few, and they write. */
function callResolversDirectly(schema: GraphQLSchema): void {
  const {queries, fieldResolvers} = getMetadataStorage()
  const instances = new Map<Handler['target'], Resolver>()
  const resolverOf = (target: Handler['target']): Resolver => {
    let instance = instances.get(target)
    if (!instance) instances.set(target, (instance = new (target as new () => Resolver)()))
    return instance
  }
  for (const handler of queries) call(schema.getQueryType(), handler, resolverOf)
  for (const handler of fieldResolvers) {
    if (handler.kind !== 'external') continue
    const owner = handler.getObjectType?.() as {name?: string} | undefined
    const type = getMetadataStorage().objectTypes.find(({target}) => target === owner)
    const object = type && schema.getType(type.name)
    if (isObjectType(object)) call(object, handler, resolverOf)
  }
}

function call(
  type: GraphQLObjectType | null | undefined,
  {
    schemaName,
    methodName,
    target,
    params = [],
    middlewares,
    roles,
  }: Pick<Handler, 'schemaName' | 'methodName' | 'target' | 'params' | 'middlewares' | 'roles'>,
  resolverOf: (target: Handler['target']) => Resolver,
): void {
  const field = type?.getFields()[schemaName]
  const pick = [...params].sort((a, b) => a.index - b.index).map(pickOf)
  if (!field || pick.includes(null) || (middlewares?.length ?? 0) > 0 || roles) return
  const resolver = resolverOf(target)
  const given = pick as readonly Given[]
  field.resolve = (root, args, context, info) => resolver[methodName]?.(...given.map((of) => of(root, args, context, info)))
}

type Given = GraphQLFieldResolver<unknown, unknown>

/** Null: what only type-graphql knows how to give. */
function pickOf(param: Param): Given | null {
  if ('propertyName' in param && param.propertyName) return null
  if (param.kind === 'context') return (_, __, context) => context
  if (param.kind === 'root') return (root) => root
  if (param.kind === 'args') return (_, args) => args
  if (param.kind === 'arg') return (_, args) => args[param.name]
  return null
}

const keyOf = (target: unknown, name: string): string => `${(target as {name?: string} | undefined)?.name}.${name}`
