export enum PartEvidence {
    order = "order",
    roles = "roles",
    protocol = "protocol",
    terms = "terms",
}
