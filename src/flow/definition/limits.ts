/** Limits of a definition (reference 14.4); passing one is a problem of the definition. */

export const actionsMax = 500;
export const nestingDepthMax = 8;
export const triggersMax = 10;
export const parametersMax = 50;
export const outputsMax = 10;
export const nameLengthMax = 80;
/** Problems listed for one definition; what follows is counted only. */
export const problemsMax = 200;
