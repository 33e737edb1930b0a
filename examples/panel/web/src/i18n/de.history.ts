import type { enHistory } from './en.history';

/** Die Texte über den Verlauf des Proxys. */
export const deHistory: Record<keyof typeof enHistory, string> = {
  'history.before': 'dem davor',
  'history.by': '{author}, {at}',
  'history.compare': 'Vergleichen mit',
  'history.failed': 'Der Verlauf konnte nicht geladen werden',
  'history.lead': 'Jede Änderung ist ein Stand. Jeder kann zurückkommen; vom Verlauf geht dabei nichts verloren.',
  'history.none': 'Es wurde noch nie etwas gespeichert',
  'history.noneText': 'Die erste Änderung einer Route oder Einstellung macht den ersten Stand.',
  'history.noReason': 'ohne Grund',
  'history.notRolledBack': 'Es wurde nicht zurückgesetzt',
  'history.older': 'Ältere zeigen',
  'history.planFailed': 'Was das täte, ist nicht bekannt',
  'history.present': '{number} · der jetzige',
  'history.revisionFailed': 'Der Stand konnte nicht geladen werden',
  'history.rollBack': 'Zu diesem zurück …',
  'history.rollBackAction': 'Zurücksetzen',
  'history.rollBackText': 'Was dieser Stand sagt, wird als neuer gespeichert und angewendet, mit demselben Nachweis wie jede Änderung. Nimmt der Proxy es nicht an, bleibt alles, wie es ist.',
  'history.rollBackTitle': 'Zurück zu Stand {number}?',
  'history.running': 'läuft',
  'history.same': 'Beide sagen dasselbe.',
  'history.saved': 'gespeichert',
  'history.title': 'Stände',
  'history.view': 'Ansicht',
  'history.viewPlaces': 'Änderungen',
  'history.viewText': 'Als Text',

  'error.revision_not_found': 'Diesen Stand gibt es nicht, oder nicht mehr.',
};
