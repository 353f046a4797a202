export enum GenerationStatus {
    claimed = "claimed",
    verified = "verified",
    invalidated = "invalidated",
}
