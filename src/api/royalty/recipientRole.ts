import {registerEnumType} from 'type-graphql'

export const RecipientRole = {
  CREATOR: 'creator',
  MODEL_OWNER: 'modelOwner',
  COMPUTE_PROVIDER: 'computeProvider',
  MARKETPLACE: 'marketplace',
  OTHER: 'other',
} as const
registerEnumType(RecipientRole, {
  name: 'RecipientRole',
  description: "What a recipient of money is: as the log says, else by the operator's roles.",
  valuesConfig: {
    CREATOR: {description: 'Who made the work.'},
    MODEL_OWNER: {description: 'Who owns the model that it was made with.'},
    COMPUTE_PROVIDER: {description: 'Who ran the model.'},
    MARKETPLACE: {description: 'Who brought buyer and seller together.'},
    OTHER: {description: 'Somebody else, whom the log or the operator calls so.'},
  },
})

export const ROLE_FIELD = 'What the recipient is; null: neither the log nor the operator says.'
