export enum OracleEventKind {
    requested = "requested",
    answered = "answered",
}
