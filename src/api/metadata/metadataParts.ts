import {Field, ObjectType} from 'type-graphql'
import type {Attribute} from '../../metadata/document/readAttributes'
import {JsonScalar} from '../scalars'

@ObjectType({description: 'A trait that a document tells.'})
export class MetadataAttribute {
  readonly #attribute: Attribute
  readonly #fill: (text: string) => string
  constructor(attribute: Attribute, fill: (text: string) => string) {
    this.#attribute = attribute
    this.#fill = fill
  }
  @Field(() => String, {nullable: true, description: 'Its name; null for a value without one.'})
  get trait(): string | null {
    const {trait} = this.#attribute
    return trait === null ? null : this.#fill(trait)
  }
  @Field(() => JsonScalar, {description: 'A text, a number or a boolean.'})
  get value(): string | number | boolean {
    const {value} = this.#attribute
    return typeof value === 'string' ? this.#fill(value) : value
  }
  @Field(() => String, {nullable: true, description: 'As marketplaces know it: number, boost_percentage, date.'})
  get displayType(): string | null {
    return this.#attribute.displayType
  }
  @Field(() => String, {description: 'JSON pointer (RFC 6901) of the value in the document.'})
  get pointer(): string {
    return this.#attribute.pointer
  }
}

@ObjectType({description: 'Where in a document a field was read.'})
export class MetadataSource {
  constructor(field: string, pointer: string) {
    this.field = field
    this.pointer = pointer
  }
  @Field(() => String, {description: 'The field, as model.'})
  field: string
  @Field(() => String, {description: 'JSON pointer (RFC 6901).'})
  pointer: string
}

@ObjectType({description: 'Something in a document that was left out, or is dangerous to show.'})
export class MetadataProblem {
  constructor(pointer: string, reason: string) {
    this.pointer = pointer
    this.reason = reason
  }
  @Field(() => String, {description: 'JSON pointer (RFC 6901).'})
  pointer: string
  @Field(() => String, {description: 'not_an_object, too_large, too_many, unsafe_scheme, svg_script, svg_foreign_content or svg_entities.'})
  reason: string
}
