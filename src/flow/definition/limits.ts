/** Limits of a definition (reference 14.4); passing one is a problem of the definition. */

export const actionsMax = 500;
export const nestingDepthMax = 8;
export const parametersMax = 50;
export const outputsMax = 10;
export const nameLengthMax = 80;
export const descriptionLengthMax = 256;
export const switchCasesMax = 25;
export const variablesMax = 250;
export const untilCountMax = 5000;
export const foreachRepetitionsMax = 50;
export const triggerRunsMax = 100;
/** A trigger with concurrency may have this many runs waiting. */
export const waitingRunsMax = 200;
export const paginationItemsMax = 100_000;
export const trackedPropertiesLengthMax = 16_000;
/** Problems listed for one definition; what follows is counted only. */
export const problemsMax = 200;
/** Remarks listed beside them: what differs, what is doubtful. */
export const remarksMax = 100;
