export enum AttestationEventKind {
    made = "made",
    revoked = "revoked",
}
