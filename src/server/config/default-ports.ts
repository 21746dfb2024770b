/** Default ports of the server and of the emulated environments. */
export const defaultPorts = Object.freeze({ server: 8365, fno: 8366, dataverse: 8367 });
