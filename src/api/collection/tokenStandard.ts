import {registerEnumType} from 'type-graphql'

export const TokenStandard = {ERC721: 'erc721', ERC1155: 'erc1155'} as const
registerEnumType(TokenStandard, {
  name: 'TokenStandard',
  description: 'Told by the kind of the first transfer.',
  valuesConfig: {
    ERC721: {description: 'Each id is one token with one owner.'},
    ERC1155: {description: 'Each id is a kind of token that many may hold.'},
  },
})
