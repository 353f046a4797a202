export enum LicenseEventKind {
    granted = "granted",
    revoked = "revoked",
    transferred = "transferred",
    exercised = "exercised",
    termsRegistered = "termsRegistered",
    termsAttached = "termsAttached",
}
