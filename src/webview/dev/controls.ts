/** The switch in the corner of the stand-in: theme, moment, play, and what a person did. */
export function controls(
  events: number,
  on: { readonly move: (told: number) => void; readonly play: () => void },
): { show(told: number): void; log(line: string): void } {
  const box = element('div', 'dev');
  const themes = element('select');
  for (const theme of ['dark', 'light', 'hc']) themes.add(new Option(theme));
  themes.value = document.documentElement.dataset.theme ?? 'dark';
  themes.onchange = () => {
    const address = new URL(location.href);
    address.searchParams.set('theme', themes.value);
    location.href = address.href;
  };
  const moment = element('input');
  moment.type = 'range';
  moment.min = '1';
  moment.max = String(events);
  const count = element('span');
  moment.oninput = () => on.move(Number(moment.value));
  const play = element('button');
  play.textContent = 'play / stop';
  play.onclick = on.play;
  box.append(themes, play, moment, count);

  const lines = element('div', 'dev-log');
  document.body.append(box, lines);
  return {
    show: (told) => {
      moment.value = String(told);
      count.textContent = `${told} of ${events}`;
    },
    log: (line) => {
      const shown = element('div');
      shown.textContent = line;
      lines.append(shown);
      while (lines.childElementCount > 6) lines.firstElementChild?.remove();
    },
  };
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
