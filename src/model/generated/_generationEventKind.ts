export enum GenerationEventKind {
    claimed = "claimed",
    verified = "verified",
    updated = "updated",
    invalidated = "invalidated",
}
