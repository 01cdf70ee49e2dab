import { useEffect, useState } from 'react';
import type { Answer, Question } from '../../protocol/board.ts';
import { host } from '../host.ts';

/** As many answers as are kept for showing them again at once; the oldest gives way. */
const MAX_KEPT = 60;
const kept = new Map<string, Answer>();

/**
 * What the host says to a question; null while it has not answered. `about` tells runs apart: what
 * one of them answered is never shown in another. A question that is null is not asked.
 */
export function useAnswer(about: string, question: Question | null): Answer | null {
  const key = question === null ? null : `${about} ${JSON.stringify(question)}`;
  const [answered, setAnswered] = useState<{ key: string; answer: Answer } | null>(null);
  const known = key === null ? null : (kept.get(key) ?? null);
  useEffect(() => {
    if (key === null || question === null || kept.has(key)) return;
    let wanted = true;
    void host.ask(question).then((answer) => {
      // What failed may work the next time.
      if (answer.about !== 'failure') keep(key, answer);
      if (wanted) setAnswered({ key, answer });
    });
    return () => {
      wanted = false;
    };
    // The key says all that the question does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return known ?? (answered?.key === key ? answered.answer : null);
}

function keep(key: string, answer: Answer): void {
  kept.set(key, answer);
  const [oldest] = kept.keys();
  if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
}
