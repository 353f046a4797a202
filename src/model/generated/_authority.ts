export enum Authority {
    self = "self",
    trusted = "trusted",
    unverified = "unverified",
}
