export enum ContractChangeKind {
    upgraded = "upgraded",
    beaconChanged = "beaconChanged",
    adminChanged = "adminChanged",
    facetsChanged = "facetsChanged",
}
