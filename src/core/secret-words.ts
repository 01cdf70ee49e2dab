/** Words by which people call what nobody else may know; they may stand at the end of a longer one. */
const endings =
  /(?:tokens?|secrets?|password|passwd|passphrase|passcode|api-?key|credentials?|authorization|signature)$/;
/** These say it only where they stand alone: much else ends like them. */
const alone =
  /^(?:keys?|accesskey|secretkey|privatekey|pass|pwd|sshpass|auth|oauth|bearer|cookie|sig|jwt|pat|dsn|creds?)$/;

/** The words of a name, whichever way they are set apart: `API_KEY`, `api-key`, `apiKey`. */
export function wordsOfName(name: string): readonly string[] {
  const apart = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return apart.split(/[^a-z0-9]+/).filter((word) => word !== '');
}

/** Whether a word of a name says that what goes by it is a secret. */
export const isSecretWord = (word: string): boolean => endings.test(word) || alone.test(word);
