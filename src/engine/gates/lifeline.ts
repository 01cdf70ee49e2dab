/**
 * Small shells that stand between the engine and a command. A shell costs 2 ms, a Node process 40.
 *
 *     engine ──fd 4 (lifeline)──► shell ──► command
 *            ◄─fd 3 (status)────
 *
 * The command gets neither descriptor. On fd 3 the shell says how the command ended, as one line:
 * its exit code and how many processes it left behind (always 0 where the shell cannot tell).
 */

/**
 * Ends the whole process group as soon as the engine's end of the lifeline closes, which happens
 * even when the engine is killed outright. The shell survives a SIGTERM to its group, so that the
 * command's own answer to it is still reported.
 */
const lifelineScript = `
trap : TERM
{ trap '' TERM INT HUP; read -r _ <&4; kill -KILL 0; } 3>&- >/dev/null 2>&1 &
watcher=$!
"$@" 3>&- 4<&-
code=$?
echo "$code 0" >&3
kill -KILL $watcher
exit $code
`;

/**
 * For a process namespace of its own: whatever is left in it beside the namespace's first process
 * and this shell was left behind by the command. What is about to end anyway gets 2 s.
 */
const namespaceScript = `
trap : TERM
"$@" 3>&-
code=$?
tries=0
while :; do
  left=0
  for process in /proc/[0-9]*; do
    case $process in /proc/1|/proc/$$) ;; *) left=$((left + 1)) ;; esac
  done
  tries=$((tries + 1))
  if [ $left -eq 0 ] || [ $tries -gt 100 ]; then break; fi
  sleep 0.02
done
echo "$code $left" >&3
exit $code
`;

export const statusFd = 3;

/** The command under a shell that ends it when the engine ends. */
export function withLifeline(argv: readonly string[]): string[] {
  return ['/bin/sh', '-c', lifelineScript, 'ashlar', ...argv];
}

/** The command under a shell that counts what it leaves in its process namespace. */
export function inNamespace(argv: readonly string[]): string[] {
  return ['/bin/sh', '-c', namespaceScript, 'ashlar', ...argv];
}

/** What a shell says on fd 3; null where it was ended before it could. */
export function parseStatus(text: string): { readonly exit: number; readonly left: number } | null {
  const match = /^(\d{1,3}) (\d{1,6})\n$/.exec(text);
  return match === null ? null : { exit: Number(match[1]), left: Number(match[2]) };
}
