import { Console } from '../../console/Console';
import { UsagePanel } from './UsagePanel';
import { useServerContext } from './ServerPage';

export function ConsoleTab() {
  const { server, console } = useServerContext();
  return (
    <div className="server-grid">
      <Console server={server} console={console} />
      <UsagePanel server={server} history={console.usage} />
    </div>
  );
}
