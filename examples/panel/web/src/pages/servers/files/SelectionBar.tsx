import { panel, type Server } from '../../../api';
import type { FileEntry, FileOffers } from '../../../api/files';
import { Button, IconButton } from '../../../components/Button';
import { Icon, type IconName } from '../../../components/Icon';
import { canLookInto, isArchive, isText } from '../../../files/entries';
import type { MessageKey } from '../../../i18n/translate';
import { useT } from '../../../i18n/I18nProvider';
import { inside } from '../../../servers/paths';
import { allows } from '../../../servers/power';
import type { DialogName } from './FileDialogs';

interface Props {
  server: Server;
  directory: string;
  chosen: readonly FileEntry[];
  offers: FileOffers;
  onOpen: (entry: FileEntry) => void;
  onLookInto: (entry: FileEntry) => void;
  onDialog: (name: DialogName) => void;
  onDelete: () => void;
  onClear: () => void;
}

/** What can be done with the files that are chosen. It keeps its room when none are, so that nothing jumps. */
export function SelectionBar(props: Props) {
  const t = useT();
  const { chosen, onClear } = props;
  return (
    <div className="files__selection" role="toolbar" aria-label={t('files.actions')}>
      {chosen.length === 0 ? (
        <span className="muted">{t('files.chooseHint')}</span>
      ) : (
        <>
          <span className="files__count">
            {t.count('files.chosen', chosen.length)}
            <IconButton icon="close" label={t('files.clear')} onClick={onClear} />
          </span>
          <Actions {...props} />
        </>
      )}
    </div>
  );
}

function Actions({ server, directory, chosen, offers, onOpen, onLookInto, onDialog, onDelete }: Props) {
  const t = useT();
  const may = (permission: string) => allows(server.permissions, permission);
  const [first] = chosen;
  const single = chosen.length === 1 && first ? first : null;
  const file = single && !single.directory ? single : null;
  const dialog = (name: DialogName, icon: IconName, key: MessageKey & `files.do.${string}`) => (
    <Button small variant="quiet" icon={icon} onClick={() => onDialog(name)}>
      {t(key)}
    </Button>
  );
  return (
    <>
      {file && isText(file) && may('file.read-content') && (
        <Button small variant="quiet" icon="edit" onClick={() => onOpen(file)}>
          {t('files.do.edit')}
        </Button>
      )}
      {file && may('file.read-content') && (
        <a className="button button--quiet button--small" href={panel.files.downloadUrl(server.uuid, inside(directory, file.name))} download>
          <Icon name="down" size={16} />
          <span className="button__text">{t('files.do.download')}</span>
        </a>
      )}
      {single && may('file.update') && dialog('rename', 'document', 'files.do.rename')}
      {may('file.update') && dialog('move', 'arrowRight', 'files.do.move')}
      {file && may('file.create') && dialog('copy', 'copy', 'files.do.copy')}
      {may('file.update') && dialog('permissions', 'lock', 'files.do.permissions')}
      {offers.archives && may('file.archive') && dialog('archive', 'archive', 'files.do.archive')}
      {offers.archiveEntries && file && canLookInto(file) && (
        <Button small variant="quiet" icon="search" onClick={() => onLookInto(file)}>
          {t('files.do.lookInto')}
        </Button>
      )}
      {offers.archives && file && isArchive(file) && may('file.archive') && dialog('unpack', 'folder', 'files.do.unpack')}
      {may('file.delete') && (
        <Button small variant="quiet" icon="trash" onClick={onDelete}>
          {t('files.do.delete')}
        </Button>
      )}
      {!offers.archiveEntries && file && canLookInto(file) && <span className="muted">{t('archive.notOffered')}</span>}
    </>
  );
}
