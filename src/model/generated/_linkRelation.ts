export enum LinkRelation {
    triggeredBy = "triggeredBy",
    paidBy = "paidBy",
    explainedBy = "explainedBy",
}
