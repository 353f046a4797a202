export enum SalePart {
    seller = "seller",
    marketplace = "marketplace",
    royalty = "royalty",
    unclassified = "unclassified",
}
