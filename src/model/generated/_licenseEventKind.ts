export enum LicenseEventKind {
    granted = "granted",
    revoked = "revoked",
    transferred = "transferred",
}
