/** The German of what main says about sharing: members, invites, relays, recovery words and Yjs servers. */
export const sharingSentencesDe: Readonly<Record<string, string>> = {
  // ---- members
  'This copy says something else about who may write in the document; nothing was taken from it, and both stay as they are.':
    'Diese Kopie sagt etwas anderes darüber, wer im Dokument schreiben darf; nichts wurde aus ihr übernommen, und beide bleiben, wie sie sind.',
  'The copy on this computer says something else about who may write in this document.':
    'Die Kopie auf diesem Computer sagt etwas anderes darüber, wer in diesem Dokument schreiben darf.',
  'This document is shared in a way that needs a newer Sheaf; please update Sheaf.':
    'Dieses Dokument ist auf eine Weise geteilt, die ein neueres Sheaf braucht; bitte aktualisieren Sie Sheaf.',
  'What this file says about who may write in it was not signed by those who may say so.':
    'Was diese Datei darüber sagt, wer in ihr schreiben darf, haben nicht die unterschrieben, die das sagen dürfen.',
  'You may not change who writes here.': 'Sie dürfen nicht ändern, wer hier schreibt.',
  'You may no longer write in this document.': 'Sie dürfen in diesem Dokument nicht mehr schreiben.',
  'Only an owner of this document may do that.': 'Das darf nur, wem das Dokument gehört.',
  'That can’t be done with the members as they are now.': 'Das geht mit den Mitgliedern, wie sie jetzt sind, nicht.',
  'This person is not in the document any more.': 'Diese Person ist nicht mehr in dem Dokument.',
  'Nobody who keeps the list of members of this document can be reached just now.':
    'Niemand, der die Liste der Mitglieder dieses Dokuments führt, ist gerade zu erreichen.',
  'The newest key of this document has not come yet.':
    'Der neueste Schlüssel dieses Dokuments ist noch nicht angekommen.',
  'This document has no owner, so nobody can share it; duplicate it and share the copy.':
    'Dieses Dokument gehört niemandem, deshalb kann es niemand teilen; duplizieren Sie es, und teilen Sie die Kopie.',

  'This computer is being added to your others in this document. You can write as soon as the relay has answered.':
    'Dieser Computer kommt gerade in diesem Dokument zu Ihren anderen dazu. Schreiben können Sie, sobald das Relais geantwortet hat.',
  'This computer was removed from this document; what is here is its copy.':
    'Dieser Computer wurde aus diesem Dokument entfernt; was hier ist, ist seine Kopie.',
  'This computer is not in the document any more.': 'Dieser Computer ist nicht mehr in dem Dokument.',

  // ---- who asks to be let in, and what waits
  'This request is not there any more.': 'Diese Anfrage gibt es nicht mehr.',
  'The invite this request came by is not there any more.':
    'Die Einladung, mit der diese Anfrage kam, gibt es nicht mehr.',
  'Only who may write in this document can let words in.':
    'Nur wer in diesem Dokument schreiben darf, kann Worte einlassen.',
  'These words do not wait any more.': 'Diese Worte warten nicht mehr.',
  'This invite was made by a newer Sheaf; please update Sheaf.':
    'Diese Einladung hat ein neueres Sheaf gemacht; bitte aktualisieren Sie Sheaf.',
  'This is not a whole invite; ask for the link again and copy all of it.':
    'Das ist keine ganze Einladung; bitten Sie noch einmal um den Link, und kopieren Sie ihn ganz.',

  // ---- ways to others
  'This is no address of a relay.': 'Das ist keine Adresse eines Relais.',
  'This computer has no way to a relay.': 'Dieser Computer hat keinen Weg zu einem Relais.',
  'The relay could not be asked just now.': 'Das Relais war gerade nicht zu fragen.',
  'This computer can’t be reached on a local network just now.':
    'Dieser Computer ist gerade über kein lokales Netz zu erreichen.',
  'The clocks of this computer and of the relay differ.':
    'Die Uhren dieses Computers und des Relais gehen verschieden.',
  'This computer looks for nobody on the local network.': 'Dieser Computer sucht im lokalen Netz niemanden.',
  'This is no address of a computer: it is a name or numbers, a colon and a port.':
    'Das ist keine Adresse eines Computers: Sie besteht aus einem Namen oder Zahlen, einem Doppelpunkt und einem Port.',
  'Please name the room on the server.': 'Bitte nennen Sie den Raum auf dem Server.',
  'This is no address of a Yjs server: it must begin with wss:// or ws://.':
    'Das ist keine Adresse eines Yjs-Servers: Sie muss mit wss:// oder ws:// beginnen.',

  // ---- recovery words
  'One of these words is another one, or their order differs.':
    'Eines dieser Wörter ist ein anderes, oder ihre Reihenfolge stimmt nicht.',
  'This relay keeps nothing for these words; look for a slip, or ask another relay.':
    'Dieses Relais bewahrt zu diesen Wörtern nichts auf; suchen Sie nach einem Versehen, oder fragen Sie ein anderes Relais.',
  'The relay keeps another vault each time it is asked.':
    'Das Relais bewahrt jedes Mal, wenn es gefragt wird, etwas anderes auf.',
  'What this relay keeps for you was written by a newer Sheaf; please update Sheaf.':
    'Was dieses Relais für Sie aufbewahrt, hat ein neueres Sheaf geschrieben; bitte aktualisieren Sie Sheaf.',
  'What this relay keeps for you can’t be read.': 'Was dieses Relais für Sie aufbewahrt, lässt sich nicht lesen.',
}
