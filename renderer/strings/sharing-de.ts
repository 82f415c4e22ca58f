/** The strings of sharing a document, in German. */
import { formatCount } from './format-count.ts'
import type { sharingEn } from './sharing-en.ts'

const count = formatCount('de')

type Words = {
  readonly [K in keyof typeof sharingEn]: (typeof sharingEn)[K] extends string ? string : (typeof sharingEn)[K]
}

export const sharingDe: Words = {
  'command.share': 'Teilen …',
  'command.sync': 'Wo diese Worte sind',
  'keywords.share': 'einladen personen link gemeinsam zusammen rechte rollen',
  'keywords.sync': 'abgleich stand relais geräte offline gesendet angekommen',
  'share.button': 'Teilen',
  'share.toAnswer': (waiting) => count(waiting, 'Eines wartet auf Ihre Antwort', '# warten auf Ihre Antwort'),
  'share.title': (title) => `„${title}“ teilen`,
  'share.back': 'Zurück',

  'people.title': 'Personen',
  'people.you': 'Sie',
  'people.alone':
    'Bisher nur Sie. Solange Sie keinen Link machen und kein Relais nehmen, geht dieses Dokument nirgendwohin.',
  'people.online': 'Jetzt hier',
  'people.away': 'Gerade nicht hier',
  'people.devices': (devices) => count(devices, 'ein Gerät', '# Geräte'),
  'people.verified': 'Geprüft',
  'people.more': (name) => `Rolle von ${name} und mehr`,
  'people.compare': 'Fingerabdruck vergleichen …',
  'people.computers': 'Computer …',
  'people.remove': 'Aus diesem Dokument entfernen …',
  'people.notOwner': (role) =>
    `Ihre Rolle hier: ${role}. Wem das Dokument gehört, lädt ein, ändert Rollen und entfernt Personen.`,
  'role.owner': 'Inhaber',
  'role.editor': 'Bearbeiter',
  'role.commenter': 'Kommentator',
  'role.reader': 'Leser',
  'may.owner': 'alles, auch einladen',
  'may.editor': 'lesen und schreiben',
  'may.commenter': 'lesen und kommentieren',
  'may.reader': 'lesen',

  'remove.title': (name) => `${name} entfernen?`,
  'remove.keeps': 'Was dort ist, bleibt dort',
  'remove.keepsText': 'Die Worte auf den anderen Geräten bleiben da. Niemand kann sie zurückholen.',
  'remove.next': 'Neues kommt nicht mehr an',
  'remove.nextText':
    'Das Dokument bekommt einen neuen Schlüssel, der dort fehlt. Was Sie danach schreiben, ist dort nicht lesbar.',
  'remove.late': 'Was danach von dort kommt, wartet',
  'remove.lateText': 'Es steht hier unter dem Namen und gilt erst, wenn jemand es einlässt.',
  'remove.invites': (invites) => count(invites, 'Die offene Einladung endet', '# offene Einladungen enden'),
  'remove.invitesText':
    'Eine davon könnte dort bekannt sein. Wer einen Link noch nicht benutzt hat, braucht einen neuen.',
  'remove.noUndo': 'Das lässt sich nicht rückgängig machen. Neu einladen können Sie jederzeit.',
  'remove.do': (name) => `${name} entfernen`,
  'remove.doing': 'Wird entfernt …',

  'devices.yours': 'Ihre Computer',
  'devices.title': (name) => `Computer von ${name}`,
  'devices.text': 'Die in diesem Dokument sind, in der Reihenfolge, in der sie kamen.',
  'devices.one': (at) => `Computer ${at}`,
  'devices.here': (at) => `Computer ${at}, dieser hier`,
  'devices.as': (name) => `Schreibt als ${name}`,
  'devices.silent': 'Hat hier noch nichts geschrieben',
  'devices.remove': 'Entfernen …',
  'devices.removeOf': (at) => `Computer ${at} entfernen …`,
  'devices.removeTitle': (at) => `Computer ${at} entfernen?`,
  'devices.keeps': 'Was auf ihm ist, bleibt dort',
  'devices.keepsText': 'Die Worte, die bei ihm ankamen, sind noch da. Niemand kann sie zurückholen.',
  'devices.next': 'Neues kommt nicht mehr an',
  'devices.nextText':
    'Das Dokument bekommt einen neuen Schlüssel, den er nicht hat. Was von da an geschrieben wird, kann er nicht lesen.',
  'devices.nextTextLater':
    'Das Dokument bekommt einen neuen Schlüssel, den er nicht hat, sobald ein Computer davon hört, dessen Besitzer das Dokument gehört.',
  'devices.only': 'Nur in diesem Dokument',
  'devices.onlyText':
    'In anderen bleibt er dabei, bis er auch dort entfernt wird. Die Rettungsworte, auf ihm eingegeben, bringen ihn zurück.',
  'devices.invitesText':
    'Der Computer kennt vielleicht eine. Wer einen Link noch nicht benutzt hat, braucht einen neuen.',
  'devices.stolen':
    'Wurde er gestohlen, und jemand kann ihn entsperren, dann genügt das nicht: In ihm steckt, wofür Ihre Rettungsworte stehen, und er könnte wieder hereinkommen. Dann muss jemand anderes, dem das Dokument gehört, Sie entfernen und in ein neues Sheaf wieder einladen.',
  'devices.removeDo': (at) => `Computer ${at} entfernen`,

  'fingerprint.title': (name) => `Fingerabdruck von ${name}`,
  'fingerprint.yours': 'Ihr Fingerabdruck',
  'fingerprint.text': (name) =>
    `Rufen Sie ${name} an, oder treffen Sie sich. Am anderen Bildschirm steht unter „Teilen“, beim eigenen Namen, „Fingerabdruck vergleichen“. Alle zwölf Gruppen müssen gleich sein.`,
  'fingerprint.yoursText':
    'Lesen Sie ihn vor, wenn andere ihn mit dem vergleichen, was sie bei Ihnen sehen. Er ist nicht geheim und in jedem Dokument ein anderer.',
  'fingerprint.groups': 'Zwölf Gruppen von fünf Ziffern',
  'fingerprint.qr': 'Dasselbe als Bild zum Scannen',
  'fingerprint.same': 'Sie sind gleich',
  'fingerprint.differ':
    'Ist auch nur eine Gruppe anders, steht jemand zwischen Ihnen. Entfernen Sie die Person hier und laden Sie sie auf anderem Weg neu ein.',
  'fingerprint.isVerified': (name) => `Sie haben verglichen: Das ist ${name}.`,
  'fingerprint.unverify': 'Zurücknehmen',

  'invite.title': 'Mit einem Link einladen',
  'invite.may': 'Wer ihn hat, darf',
  'invite.for': 'Er gilt für',
  'invite.until': 'und',
  'invite.role': 'Was sie dürfen',
  'invite.uses': 'Für wie viele',
  'invite.hours': 'Wie lange',
  'invite.people': (people) => count(people, 'eine Person', '# Personen'),
  'invite.lasts': (hours) =>
    hours < 24 ? count(hours, 'eine Stunde', '# Stunden') : count(hours / 24, 'einen Tag', '# Tage'),
  'invite.approval': 'Ich lasse jede Person selbst herein',
  'invite.approvalHelp': 'Mit dem Link allein lässt sich noch nichts lesen.',
  'invite.make': 'Link machen',
  'invite.making': 'Der Link wird gemacht …',
  'invite.noWay': 'Nichts trüge ihn: Schalten Sie erst dieses Netz ein, oder geben Sie ein Relais an.',
  'invite.link': 'Einladungslink',
  'invite.copy': 'Link kopieren',
  'invite.copied': 'Kopiert',
  'invite.copyFailed': 'Er konnte nicht kopiert werden. Markieren Sie ihn im Feld und kopieren Sie ihn dort.',
  'invite.qr': 'Der Link als Bild zum Scannen',
  'invite.onlyNow':
    'Der Link steht nur jetzt hier. Er enthält den Schlüssel: Schicken Sie ihn, wie Sie ein Geheimnis schicken.',
  'invite.late': (title) => `Der Link zu „${title}“ ist gemacht`,
  'invite.theyDo': 'Die anderen starten Sheaf, wählen „Einem Dokument beitreten …“ und fügen ihn ein.',
  'invite.theyClick': 'Wo Sheaf installiert ist, tut ein Klick auf den Link dasselbe.',
  'invite.theyClickPage': 'Ein Klick auf den Link öffnet eine Seite, auf der das steht.',
  'invite.theyDoNear': 'Lassen Sie Sheaf hier offen, im selben Netz: Ohne Relais lässt dieser Computer sie herein.',
  'invite.another': 'Noch einen machen',
  'invite.open': 'Offene Einladungen',
  'invite.row': (may) => `Darf ${may}`,
  'invite.left': (left, uses) =>
    uses === 1 ? 'gilt einmal' : `noch ${left} von ${count(uses, 'einem Mal', '# Malen')}`,
  'invite.expires': (when) => `bis ${when}`,
  'invite.asks': 'Sie lassen herein',
  'invite.drop': 'Zurücknehmen',
  'invite.dropRow': (invite) => `Zurücknehmen: ${invite}`,
  'invite.dropped': 'Die Einladung ist zurückgenommen. Wer schon dabei ist, bleibt.',

  'request.title': 'Bittet um Einlass',
  'request.text': (name, may) => `${name} möchte: ${may}`,
  'request.compare': 'Vergleichen Sie mit dem, was Ihnen vorgelesen wird:',
  'request.admit': 'Einlassen',
  'request.turnAway': 'Abweisen',
  'request.of': (action, name) => `${action}: ${name}`,
  'waiting.title': 'Worte, die warten',
  'waiting.help': 'Sie sind aufgehoben und gelten erst, wenn jemand sie einlässt.',
  'waiting.stranger': (name) => `${name} hat das geschrieben und ist nicht in diesem Dokument.`,
  'waiting.not-allowed': (name) => `${name} hat das geschrieben, ohne hier schreiben zu dürfen.`,
  'waiting.too-late': (name) => `${name} hat das geschrieben, nachdem die Person entfernt war.`,
  'waiting.noWords': 'Eine Änderung ohne Worte, etwa eine Formatierung oder eine Löschung.',
  'waiting.admit': 'Einlassen',

  'ways.title': 'Wege zu den anderen',
  'ways.lan': 'In diesem Netz',
  'ways.lanHelp': 'Direkt von Computer zu Computer, ohne Internet',
  'ways.relay': 'Relais',
  'ways.relayHelp': 'Hebt Versiegeltes für Abwesende auf und kann es nicht lesen',
  'ways.relayField': 'Adresse eines Relais',
  'ways.relayExample': 'https://relay.example.org',
  'ways.relayUsual': (relay) => `${relay}, wie in den Einstellungen, sobald Sie einen Link machen`,
  'ways.relayAtOnce': 'Damit geht das Dokument gleich dorthin, versiegelt.',
  'ways.use': 'Nehmen',
  'ways.checking': 'Das Relais wird gefragt …',
  'ways.stop': 'Ohne Relais',
  'ways.badRelay':
    'Die Adresse eines Relais beginnt mit https:// oder wss://, oder auf diesem Computer selbst mit ws://.',
  'ways.address': 'Adresse eines Computers',
  'ways.addressHelp':
    'Für einen Computer, der nicht von selbst gefunden wird: seine Adresse, oder ein Code, den er zeigt',
  'ways.showCode': 'Code dieses Computers zeigen',
  'ways.anotherCode': 'Anderen zeigen',
  'ways.code': 'Code dieses Computers',
  'ways.copyCode': 'Code kopieren',
  'ways.codeHelp':
    'Fügen Sie ihn am anderen Computer dort ein, wo nach einer Adresse gefragt wird. Er gilt einmal, zehn Minuten lang.',
  'ways.addressExample': '192.168.1.20:5050',
  'ways.look': 'Dort suchen',
  'ways.badAddress': 'Eine Adresse sieht so aus: 192.168.1.20:5050.',
  'ways.own': 'Andere finden diesen Computer unter',
  'ways.looking': (address) => `Bei ${address} wird gesucht …`,
  'ways.yjs': 'Yjs-Server',
  'ways.yjsHelp': 'Unverschlüsselt: Dort lesen alle mit',
  'ways.yjsOpen': 'Mit einem Yjs-Server verbinden …',
  'ways.yjsChange': 'Ändern oder trennen …',
  'way.off': 'Aus',
  'way.looking': 'Wird gesucht …',
  'way.connected': 'Verbunden',
  'way.connectedTo': (peers) => count(peers, 'Mit einem Computer verbunden', 'Mit # Computern verbunden'),
  'way.safe': 'Was Sie schreiben, ist hier gespeichert und geht von selbst hinaus, sobald der Weg frei ist.',

  'sync.sending': 'Wird gesendet …',
  'sync.sent': 'Beim Relais angekommen',
  'sync.received': (devices) => count(devices, 'Auf einem Gerät angekommen', 'Auf # Geräten angekommen'),
  'sync.offline': 'Offline: Wird gesendet, sobald verbunden',
  'sync.looking': 'Noch nicht gesendet: Die anderen werden gesucht',
  'sync.blocked': 'Nicht gesendet: Etwas steht im Weg',
  'sync.yjsShort': 'Unverschlüsselt',
  'sync.yjs': 'Auf einem Yjs-Server, unverschlüsselt',
  'sync.unknown': 'Wer es noch hat, lässt sich nicht sagen',
  'sync.title': 'Wo diese Worte sind',
  'sync.here': 'Hier gespeichert. Sonst hat es niemand.',
  'sync.sendingTitle': 'Hier gespeichert. Die letzten Worte sind unterwegs.',
  'sync.sentTitle': 'Hier gespeichert, und das Relais hat alles.',
  'sync.receivedTitle': (received, devices) =>
    received === devices
      ? count(devices, 'Das andere Gerät hat alles.', 'Alle # anderen Geräte haben alles.')
      : `${received} von ${count(devices, 'einem anderen Gerät', '# anderen Geräten')} haben alles.`,
  'sync.waitingTitle': 'Hier gespeichert. Die letzten Worte hat noch niemand sonst.',
  'sync.notSavedTitle': 'Die letzten Worte sind noch nicht gespeichert.',
  'sync.yjsTitle': 'Hier gespeichert, und unterwegs zum Yjs-Server.',
  'sync.yjsText': 'Unverschlüsselt: Wer Zugang zum Yjs-Server hat, liest mit. Was er behält, sagt er nicht.',
  'sync.keepWriting': 'Schreiben Sie weiter: Alles wird der Reihe nach gesendet, sobald der Weg frei ist.',
  'sync.thisComputer': 'Dieser Computer',
  'sync.notSaved': 'Noch nicht gespeichert',
  'sync.others': 'Andere Geräte',
  'sync.othersSome': (received, devices) => {
    if (devices === 1) return received === 1 ? 'Hat alles' : 'Die letzten Worte fehlen dort'
    return `${received} von ${count(devices, '#', '#')} haben alles`
  },
  'sync.heard': (when) => `Zuletzt gehört: ${when}`,
  'sync.relaySent': 'Hebt alles auf, versiegelt',
  'sync.relayNotSent': 'Hat noch nicht alles',
  'sync.share': 'Teilen …',
}
