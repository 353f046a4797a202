export enum MetadataScope {
    token = "token",
    range = "range",
    contract = "contract",
}
