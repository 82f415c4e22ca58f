/** Where systems and office programs keep Hunspell dictionaries: the folders to look in, the first that has a language counts. */
import path from 'node:path'

export interface DictionaryPlaces {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** Absolute folders; a last part of `*` stands for every folder there. Many of them will not exist. */
export function systemDictionaryFolders({ platform, env, home }: DictionaryPlaces): readonly string[] {
  const paths = platform === 'win32' ? path.win32 : path.posix
  const join = (...parts: string[]) => paths.join(...parts)
  const separator = platform === 'win32' ? ';' : ':'
  // Hunspell's own variable.
  const named = (env['DICPATH'] ?? '').split(separator).filter((folder) => folder !== '')
  return [...named, ...folders()]

  function folders(): string[] {
    switch (platform) {
      case 'darwin':
        return [
          join(home, 'Library/Spelling'),
          '/Library/Spelling',
          '/Applications/LibreOffice.app/Contents/Resources/extensions/*',
        ]
      case 'win32': {
        const programs = [env['ProgramFiles'], env['ProgramFiles(x86)']].filter((folder) => folder !== undefined)
        return programs.map((folder) => join(folder, 'LibreOffice', 'share', 'extensions', '*'))
      }
      default:
        return [
          join(home, '.local/share/hunspell'),
          '/usr/local/share/hunspell',
          '/usr/share/hunspell',
          '/usr/share/myspell',
          '/usr/share/myspell/dicts',
          '/usr/lib/libreoffice/share/extensions/*',
          '/usr/lib64/libreoffice/share/extensions/*',
        ]
    }
  }
}
