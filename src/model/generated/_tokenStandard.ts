export enum TokenStandard {
    erc721 = "erc721",
    erc1155 = "erc1155",
}
