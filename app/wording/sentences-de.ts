import { sharingSentencesDe } from './sharing-sentences-de.ts'
import { arrivalPatternsDe } from './arrivals-de.ts'

/**
 * What Sheaf without a screen says to people, in German: its sentences are written in English where they are known, and
 * each of them is a key here. Some are put together of two, what failed and why; see wording.ts.
 */
export const sentencesDe: Readonly<Record<string, string>> = {
  ...sharingSentencesDe,
  // ---- why the disk refused
  'The disk is full.': 'Die Festplatte ist voll.',
  'Your disk quota is used up.': 'Ihr Speicherplatz auf dieser Festplatte ist aufgebraucht.',
  'The disk reported an error.': 'Die Festplatte meldete einen Fehler.',
  'The file is damaged.': 'Die Datei ist beschädigt.',
  'Another program is using its file.': 'Ein anderes Programm benutzt die Datei.',
  'Another program is using the file.': 'Ein anderes Programm benutzt die Datei.',
  'The file or its folder may not be written to.': 'In die Datei oder ihren Ordner darf nicht geschrieben werden.',
  'The file may not be written to.': 'In die Datei darf nicht geschrieben werden.',
  'The disk may only be read.': 'Die Festplatte darf nur gelesen werden.',
  'The file is not there.': 'Die Datei ist nicht da.',
  'The folder is not there.': 'Der Ordner ist nicht da.',

  // ---- what could not be done
  'The file could not be imported.': 'Die Datei ließ sich nicht importieren.',
  'That folder could not be used.': 'Dieser Ordner ließ sich nicht verwenden.',
  'The document could not be moved to the trash.': 'Das Dokument ließ sich nicht in den Papierkorb legen.',
  'The document could not be restored.': 'Das Dokument ließ sich nicht wiederherstellen.',
  'The document could not be stored on this computer.': 'Das Dokument ließ sich auf diesem Computer nicht ablegen.',
  'The file could not be written.': 'Die Datei ließ sich nicht schreiben.',
  'The file could not be written, for a reason Sheaf does not know.':
    'Die Datei ließ sich nicht schreiben; den Grund kennt Sheaf nicht.',
  'The file could not be written. The disk did not keep what was written.':
    'Die Datei ließ sich nicht schreiben. Die Festplatte hat nicht behalten, was geschrieben wurde.',
  'Sheaf could not open its own store on this disk.':
    'Sheaf konnte seine eigene Ablage auf dieser Festplatte nicht öffnen.',
  'This document’s private store could not be opened.': 'Die Ablage dieses Dokuments ließ sich nicht öffnen.',
  'This document’s private store could not be read.': 'Die Ablage dieses Dokuments ließ sich nicht lesen.',
  'This document’s private store is damaged.': 'Die Ablage dieses Dokuments ist beschädigt.',
  'This document’s private store is damaged; its file still has everything published.':
    'Die Ablage dieses Dokuments ist beschädigt; in seiner Datei steht noch alles, was veröffentlicht wurde.',
  'Your last words could not be saved.': 'Ihre letzten Worte konnten nicht gespeichert werden.',
  'Your own dictionary could not be saved, so it stays as it was.':
    'Ihr eigenes Wörterbuch konnte nicht gespeichert werden und bleibt, wie es war.',
  'There is no spelling dictionary for this language on this computer.':
    'Auf diesem Computer gibt es kein Wörterbuch für diese Sprache.',
  'The spelling dictionary of this language can’t be used.': 'Das Wörterbuch dieser Sprache ist nicht zu gebrauchen.',
  'The spelling dictionary is written in an encoding Sheaf does not know.':
    'Das Wörterbuch ist in einer Kodierung geschrieben, die Sheaf nicht kennt.',
  'This file is no spelling dictionary.': 'Diese Datei ist kein Wörterbuch für die Rechtschreibung.',
  'A spelling dictionary is a .dic file with a .aff file beside it.':
    'Ein Wörterbuch ist eine .dic-Datei mit einer .aff-Datei daneben.',
  'The dictionary’s file does not say its language: call it de_DE.dic, for instance.':
    'Die Datei des Wörterbuchs nennt keine Sprache: Nennen Sie sie zum Beispiel de_DE.dic.',
  'The spelling dictionary could not be added.': 'Das Wörterbuch ließ sich nicht hinzufügen.',
  'Documents can’t be shared here.': 'Dokumente lassen sich hier nicht teilen.',
  'This needs a key or a click.': 'Das braucht eine Taste oder einen Klick.',
  'Not all of this document could be read, so it was not set on paper.':
    'Nicht alles in diesem Dokument ließ sich lesen, darum wurde es nicht gesetzt.',
  'That was cancelled, and nothing was written.': 'Das wurde abgebrochen, und nichts wurde geschrieben.',
  'The system could not print. Is a printer set up?': 'Das System konnte nicht drucken. Ist ein Drucker eingerichtet?',
  'This document is too large to be set on paper in one piece.':
    'Dieses Dokument ist zu groß, um in einem Stück auf Papier gesetzt zu werden.',
  'The document could not be exported.': 'Das Dokument ließ sich nicht exportieren.',
  'The settings could not be saved, so they stay as they were.':
    'Die Einstellungen konnten nicht gespeichert werden und bleiben, wie sie waren.',
  'The new document has no file yet; its words are safe on this computer.':
    'Das neue Dokument hat noch keine Datei; seine Worte sind auf diesem Computer sicher.',
  'The merged file could not be written yet, so the copy stays where it is.':
    'Die vereinte Datei konnte noch nicht geschrieben werden; die Kopie bleibt, wo sie ist.',
  'The system has no program that opens this address.': 'Das System hat kein Programm, das diese Adresse öffnet.',

  // ---- keys
  'A stored key can not be read on this installation.': 'Ein abgelegter Schlüssel lässt sich hier nicht lesen.',
  'The file that keeps the keys of this installation is damaged.':
    'Die Datei mit den Schlüsseln dieser Installation ist beschädigt.',
  'The keys of this installation could not be stored.':
    'Die Schlüssel dieser Installation konnten nicht abgelegt werden.',
  'Sheaf could not read its key file.': 'Sheaf konnte seine Schlüsseldatei nicht lesen.',
  "The system's keyring does not give Sheaf its key. Unlock the keyring and start Sheaf again.":
    'Der Schlüsselbund des Systems gibt Sheaf seinen Schlüssel nicht. Entsperren Sie ihn und starten Sie Sheaf neu.',

  // ---- files
  'The file is not there any more.': 'Die Datei ist nicht mehr da.',
  'This file can’t be read just now: another program holds it, or its disk or network does not answer.':
    'Diese Datei lässt sich gerade nicht lesen: Ein anderes Programm hält sie fest, oder ihre Festplatte oder ihr Netz antwortet nicht.',
  'You may not read this file.': 'Sie dürfen diese Datei nicht lesen.',
  'This is not a Sheaf document; nothing was changed.': 'Das ist kein Sheaf-Dokument; nichts wurde geändert.',
  'This file is damaged, so it was not opened; nothing was changed.':
    'Diese Datei ist beschädigt und wurde deshalb nicht geöffnet; nichts wurde geändert.',
  'This file holds something Sheaf never writes, so it was not opened; nothing was changed.':
    'Diese Datei enthält etwas, das Sheaf nie schreibt, und wurde deshalb nicht geöffnet; nichts wurde geändert.',
  'This document was made with a newer Sheaf; please update Sheaf to open it.':
    'Dieses Dokument stammt aus einem neueren Sheaf; bitte erneuern Sie Sheaf, um es zu öffnen.',
  'This document was made with a newer Sheaf; this version can only read it.':
    'Dieses Dokument stammt aus einem neueren Sheaf; diese Version kann es nur lesen.',
  'This document was last opened by a newer Sheaf on this computer; please update Sheaf.':
    'Dieses Dokument hat zuletzt ein neueres Sheaf auf diesem Computer geöffnet; bitte erneuern Sie Sheaf.',
  'This file is larger than Sheaf can open; nothing was changed.':
    'Diese Datei ist größer, als Sheaf öffnen kann; nichts wurde geändert.',
  'This file holds entries that their writers did not sign; nothing was taken from it.':
    'Diese Datei enthält Einträge, die ihre Schreiber nicht unterschrieben haben; nichts wurde übernommen.',
  'This file’s first entry is damaged, so what it belongs to can’t be told.':
    'Der erste Eintrag dieser Datei ist beschädigt; wozu sie gehört, lässt sich nicht sagen.',
  'An entry of this document was garbled on the disk.':
    'Ein Eintrag dieses Dokuments wurde auf der Festplatte verstümmelt.',
  'There is a file of that name already.': 'Eine Datei dieses Namens gibt es schon.',
  'The file was changed by another program at this very moment.':
    'Ein anderes Programm hat die Datei gerade in diesem Augenblick geändert.',
  'Another program is busy with this file; please try again in a moment.':
    'Ein anderes Programm ist mit dieser Datei beschäftigt; bitte versuchen Sie es gleich noch einmal.',
  'Another program replaced the file.': 'Ein anderes Programm hat die Datei ersetzt.',
  'The index is damaged.': 'Das Verzeichnis ist beschädigt.',
  'The list of files is damaged.': 'Die Liste der Dateien ist beschädigt.',

  // ---- the library
  'This document is not in the trash any more.': 'Dieses Dokument liegt nicht mehr im Papierkorb.',
  'This document is not in the library any more.': 'Dieses Dokument ist nicht mehr in der Bibliothek.',
  'This document is not on this computer.': 'Dieses Dokument ist nicht auf diesem Computer.',
  'This document has no file.': 'Dieses Dokument hat keine Datei.',
  'This document has no file; choose where it is.': 'Dieses Dokument hat keine Datei; zeigen Sie, wo sie ist.',
  'That file is a different document.': 'Diese Datei ist ein anderes Dokument.',
  'These are two different documents.': 'Das sind zwei verschiedene Dokumente.',
  'These are two different documents, not copies of one; they can’t be merged.':
    'Das sind zwei verschiedene Dokumente und nicht Kopien eines einzigen; sie lassen sich nicht vereinen.',
  'This copy was made with a newer Sheaf; it stays as it is.':
    'Diese Kopie stammt aus einem neueren Sheaf; sie bleibt, wie sie ist.',
  'The copy was changed at this very moment; please try again.':
    'Die Kopie wurde gerade in diesem Augenblick geändert; bitte versuchen Sie es noch einmal.',
  'This is a second copy of a document you already have. Choose whether it is the same document or a separate one.':
    'Das ist eine zweite Kopie eines Dokuments, das Sie schon haben. Wählen Sie, ob es dasselbe ist oder ein eigenes.',
  'Sheaf can import Word, Markdown, HTML and text files.':
    'Sheaf kann Word-, Markdown-, HTML- und Textdateien importieren.',
  'This Word file is damaged and can’t be read.': 'Diese Word-Datei ist beschädigt und lässt sich nicht lesen.',
  'This Word file is built to do harm and was not read.':
    'Diese Word-Datei ist so gebaut, dass sie Schaden anrichtet; sie wurde nicht gelesen.',
  'This Word file is larger than Sheaf can import.': 'Diese Word-Datei ist größer, als Sheaf importieren kann.',
  'This Word file is locked with a password, or is of the old kind (.doc). Save it as .docx without a password.':
    'Diese Word-Datei ist durch ein Passwort geschützt oder von der alten Art (.doc). Speichern Sie sie ohne Passwort als .docx.',
  'This is not a Word file (.docx).': 'Das ist keine Word-Datei (.docx).',
  'This is not a file Sheaf can import.': 'Diese Datei kann Sheaf nicht importieren.',
  'This file is larger than Sheaf can import.': 'Diese Datei ist größer, als Sheaf importieren kann.',
  'This is not a text file.': 'Das ist keine Textdatei.',

  // ---- the open document
  'Sheaf is closing.': 'Sheaf schließt sich gerade.',
  'This document is closed.': 'Dieses Dokument ist geschlossen.',
  'This document was closed; reopen it to write on.':
    'Dieses Dokument wurde geschlossen; öffnen Sie es neu, um weiterzuschreiben.',
  'This document must be reopened before you write on.':
    'Dieses Dokument muss neu geöffnet werden, bevor Sie weiterschreiben.',
  'This document is not open; open it again.': 'Dieses Dokument ist nicht offen; öffnen Sie es noch einmal.',
  'This document can only be read here.': 'Dieses Dokument lässt sich hier nur lesen.',
  'This change is too big to be saved in one piece.': 'Diese Änderung ist zu groß, um sie in einem Stück zu speichern.',
  'This picture is not on this computer.': 'Dieses Bild ist nicht auf diesem Computer.',
  'This is not a picture that Sheaf can show.': 'Das ist kein Bild, das Sheaf zeigen kann.',
  'This picture is larger than 20 MB.': 'Dieses Bild ist größer als 20 MB.',
  'This document holds as many pictures as one can.': 'Mehr Bilder kann ein Dokument nicht enthalten.',

  // ---- addresses and requests
  'Sheaf opens only web and mail addresses, and this is neither.':
    'Sheaf öffnet nur Web- und Mailadressen, und das ist keine von beiden.',
  'This address hides a name before its host, so Sheaf does not open it.':
    'Diese Adresse versteckt einen Namen vor ihrem Rechner; Sheaf öffnet sie deshalb nicht.',
  'That is not a value this setting can have.': 'Diesen Wert kann die Einstellung nicht haben.',
  'Only a window of Sheaf may ask for that.': 'Darum darf nur ein Fenster von Sheaf bitten.',
  'This version of Sheaf does not know that request.': 'Diese Version von Sheaf kennt diese Anfrage nicht.',
  'The request does not have the right number of arguments.': 'Die Anfrage hat nicht die richtige Zahl von Angaben.',
  'An argument of the request is not what it must be.': 'Eine Angabe der Anfrage ist nicht, was sie sein muss.',
}

/** Sentences with something in them: how the English one is read, and what is said instead. */
export const sentencePatternsDe: readonly (readonly [read: RegExp, say: (...read: string[]) => string])[] = [
  ...arrivalPatternsDe,
  [
    /^An edit was refused because .+; please copy your last words and reopen the document\.$/u,
    () => 'Eine Änderung wurde abgewiesen; bitte kopieren Sie Ihre letzten Worte und öffnen Sie das Dokument neu.',
  ],
]
