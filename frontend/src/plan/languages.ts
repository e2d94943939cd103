/** The languages a room can be planned in. */
export const LANGUAGES = ["en", "ar", "de", "es", "fr", "it", "nl", "pl", "pt", "tr", "uk"];
