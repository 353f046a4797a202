export enum SplitChangeKind {
    created = "created",
    updated = "updated",
}
