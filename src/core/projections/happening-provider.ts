import type { AgentsSwitched, ProviderEvent } from '../events/provider.ts';
import { t } from '../language.ts';
import { nodeName } from './node-words.ts';
import { troubleOf } from './provider-words.ts';
import { oneLine } from './safe-text.ts';
import { poolName } from './scope-words.ts';
import { alert, detail, news, who, type Happening } from './happening-weight.ts';
import { duration } from './words.ts';

/** Where agents come from, and whether they do. */
export function providerHappening(event: ProviderEvent): Happening {
  switch (event.type) {
    case 'provider-failed': {
      const { provider, pool = null, code, message, restMs } = event;
      const says = t(
        '{0} of {1} are waited for: {2}: {3}',
        pool === null ? t('agents') : poolName(pool),
        oneLine(provider, 60),
        troubleOf(t('it'), code, pool),
        oneLine(message),
      );
      return alert(restMs === 0 ? says : t('{0}; tried again in {1}', says, duration(restMs)));
    }
    case 'provider-wait-ended': {
      const provider = oneLine(event.provider, 60);
      return detail(
        event.by === null
          ? t('{0} is tried again', provider)
          : t('{0} is tried again, as {1} wants it', provider, who(event.by)),
      );
    }
    case 'provider-tried':
      return detail(
        t('{0} tries whether {1} serves', nodeName(event.for), oneLine(event.provider, 60)),
      );
    case 'provider-answered':
      return news(t('{0} serves again', oneLine(event.provider, 60)));
    case 'agents-switched':
      return news(
        t(
          '{0} come from {1} from here on, by {2}',
          poolName(event.pool),
          agentsWords(event),
          who(event.by),
        ),
      );
  }
}

/** `anthropic`; `anthropic (claude-opus-5-5)` where the model was named. */
const agentsWords = ({ agent, model }: AgentsSwitched): string =>
  `${oneLine(agent, 60)}${model === undefined ? '' : ` (${oneLine(model, 100)})`}`;
