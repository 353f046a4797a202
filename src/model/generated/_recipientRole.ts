export enum RecipientRole {
    creator = "creator",
    modelOwner = "modelOwner",
    computeProvider = "computeProvider",
    marketplace = "marketplace",
    other = "other",
}
