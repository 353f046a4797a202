export enum SaleKind {
    priced = "priced",
    barter = "barter",
    mixed = "mixed",
    unpaid = "unpaid",
    unclear = "unclear",
}
