import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Icon } from '../../../components/Icon';
import { droppedFiles, type DroppedFile } from '../../../files/dropped';
import { useT } from '../../../i18n/I18nProvider';

/** Takes files that are dropped anywhere on what is inside. */
export function DropArea({
  enabled,
  onFiles,
  children,
}: {
  enabled: boolean;
  onFiles: (files: readonly DroppedFile[]) => void;
  children: ReactNode;
}) {
  const t = useT();
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  if (!enabled) return children;
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const leave = () => {
    depth.current = 0;
    setOver(false);
  };
  return (
    <div
      className="files-drop"
      data-testid="files-drop"
      onDragEnter={(event) => {
        if (!holdsFiles(event)) return;
        depth.current++;
        setOver(true);
      }}
      onDragOver={(event) => {
        if (holdsFiles(event)) event.preventDefault();
      }}
      onDragLeave={() => {
        if (--depth.current <= 0) leave();
      }}
      onDrop={(event) => {
        leave();
        if (!holdsFiles(event)) return;
        event.preventDefault();
        void droppedFiles(event.dataTransfer).then(onFiles);
      }}
    >
      {children}
      {over && (
        <div className="files-drop__hint" aria-hidden="true">
          <Icon name="upload" size={28} />
          <span>{t('files.drop')}</span>
        </div>
      )}
    </div>
  );
}
