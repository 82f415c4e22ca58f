/** What a page of Sheaf can't do, even if somebody else's words were to run in it as a program. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Bridge } from './support/bridge.ts'
import { expect, test } from './support/app.ts'
import { library } from './support/page.ts'
import { startSentinel } from './support/sentinel.ts'

/** The part of the bridge these tests touch. */
const PAGE = 'app://sheaf/'

/** Resolves after the page has drawn twice: what it was going to start, it has started. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

test('SAFE-11: the page has no Node and no Electron, and of the main process only the bridge', async ({ start }) => {
  const { page } = await start()
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'setImmediate', 'ipcRenderer', 'electron'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(found).toEqual([])
  const bridge = await page.evaluate(() => Object.keys((window as unknown as { sheaf: Bridge }).sheaf).sort())
  expect(bridge).toEqual(['call', 'drop', 'on'])
})

test('SAFE-11: every window is sandboxed and isolated, without Node, guests or relaxed rules', async ({ start }) => {
  const { electron } = await start()
  const preferences = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      return contents.getLastWebPreferences()
    }),
  )
  expect(preferences.length).toBeGreaterThan(0)
  for (const each of preferences) {
    expect(each).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true })
    expect(each['webviewTag'] ?? false).toBe(false)
    expect(each['navigateOnDragDrop'] ?? false).toBe(false)
    expect(each['allowRunningInsecureContent'] ?? false).toBe(false)
    expect(each['nodeIntegrationInSubFrames'] ?? false).toBe(false)
  }
})

test('SAFE-12: the page comes with a strict policy and is never sniffed', async ({ start }) => {
  const { electron } = await start()
  const headers = await electron.evaluate(async ({ net }, address) => {
    const answer = await net.fetch(address)
    return {
      policy: answer.headers.get('content-security-policy'),
      sniff: answer.headers.get('x-content-type-options'),
    }
  }, PAGE)
  expect(headers.sniff).toBe('nosniff')
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(headers.policy?.split('; ')).toContain(rule)
  expect(headers.policy).not.toContain('unsafe')
})

test('SAFE-12: no part of the disk outside the page is served', async ({ start }) => {
  const { electron } = await start()
  const statuses = await electron.evaluate(
    ({ net }, addresses) => Promise.all(addresses.map(async (each) => (await net.fetch(each)).status)),
    ['app://sheaf/../app/desktop.js', 'app://sheaf/..%2fapp%2fdesktop.js', 'app://sheaf/%2e%2e/%2e%2e/package.json'],
  )
  expect(statuses).toEqual([404, 404, 404])
})

test('SAFE-12: text never becomes a program: no inline script, handler, eval or address', async ({ start }) => {
  const { page } = await start()
  await library(page).waitFor()
  const ran = await page.evaluate(async () => {
    // The tools that drive the page may evaluate text; a task of the page's own may not.
    await new Promise((resolve) => setTimeout(resolve))
    const world = window as unknown as Record<string, unknown>
    const tries: Record<string, () => void> = {
      script: () => {
        const script = document.createElement('script')
        script.textContent = 'window.ran = "script"'
        document.head.append(script)
      },
      source: () => {
        const script = document.createElement('script')
        script.src = 'data:text/javascript,window.ran="source"'
        document.head.append(script)
      },
      markup: () => {
        const box = document.createElement('div')
        document.body.append(box)
        box.innerHTML = '<img src="x:" onerror="window.ran=\'markup\'"><svg onload="window.ran=\'svg\'"></svg>'
        box.remove()
      },
      handler: () => {
        const box = document.createElement('div')
        box.setAttribute('onclick', 'window.ran = "handler"')
        box.click()
      },
      address: () => {
        const link = document.createElement('a')
        link.setAttribute('href', 'javascript:window.ran="address"')
        document.body.append(link)
        link.click()
        link.remove()
      },
      eval: () => {
        ;(0, eval)('window.ran = "eval"')
      },
      constructor: () => {
        new Function('window.ran = "constructor"')()
      },
      timer: () => {
        ;(setTimeout as (code: string) => void)('window.ran = "timer"')
      },
    }
    for (const attempt of Object.values(tries)) {
      try {
        attempt()
      } catch {
        // Refused at once; what is refused later shows in `ran`.
      }
    }
    return world['ran'] ?? 'nothing'
  })
  expect(ran).toBe('nothing')
  await settle(page)
  expect(await page.evaluate(() => (window as unknown as Record<string, unknown>)['ran'] ?? 'nothing')).toBe('nothing')
})

test('SAFE-13: nothing in the page reaches any network', async ({ start }) => {
  const sentinel = await startSentinel()
  try {
    const { page } = await start()
    await library(page).waitFor()
    const outcomes = await page.evaluate(async (host) => {
      const web = `http://${host}`
      const load = (name: string, set: (element: HTMLElement) => void) =>
        new Promise<string>((resolve) => {
          const element = document.createElement(name)
          element.addEventListener('load', () => resolve('reached'))
          element.addEventListener('error', () => resolve('refused'))
          setTimeout(() => resolve('refused'), 1500)
          try {
            set(element)
            document.body.append(element)
          } catch {
            resolve('refused')
          }
        })
      const promise = (made: Promise<unknown>) =>
        made.then(
          () => 'reached',
          () => 'refused',
        )
      const socket = new Promise<string>((resolve) => {
        try {
          const opened = new WebSocket(`ws://${host}/socket`)
          opened.onopen = () => resolve('reached')
          opened.onerror = () => resolve('refused')
        } catch {
          resolve('refused')
        }
      })
      const request = new Promise<string>((resolve) => {
        const xhr = new XMLHttpRequest()
        xhr.onload = () => resolve('reached')
        xhr.onerror = () => resolve('refused')
        xhr.open('GET', `${web}/xhr`)
        xhr.send()
      })
      navigator.sendBeacon(`${web}/beacon`, 'x')
      const background = document.createElement('div')
      background.style.backgroundImage = `url(${web}/style)`
      document.body.append(background)
      return Promise.all([
        promise(fetch(`${web}/fetch`)),
        promise(fetch(`${web}/no-cors`, { mode: 'no-cors' })),
        promise(fetch('file:///etc/hostname')),
        promise(import(/* @vite-ignore */ `${web}/module.js`)),
        socket,
        request,
        load('img', (element) => element.setAttribute('src', `${web}/image`)),
        load('img', (element) => element.setAttribute('src', 'file:///etc/hostname')),
        load('link', (element) => {
          element.setAttribute('rel', 'stylesheet')
          element.setAttribute('href', `${web}/sheet`)
        }),
        load('link', (element) => {
          element.setAttribute('rel', 'prefetch')
          element.setAttribute('href', `${web}/prefetch`)
        }),
        load('video', (element) => element.setAttribute('src', `${web}/video`)),
        load('object', (element) => element.setAttribute('data', `${web}/object`)),
      ])
    }, sentinel.host)
    expect(outcomes).toEqual(outcomes.map(() => 'refused'))
    expect(sentinel.visits).toEqual([])
    // The sentinel does see who comes.
    await fetch(`http://${sentinel.host}/control`)
    expect(sentinel.visits).toEqual(['/control'])
  } finally {
    await sentinel.close()
  }
})

test('SAFE-14: the window stays on its page, whatever is clicked or set', async ({ start }) => {
  const sentinel = await startSentinel()
  try {
    const { page, electron } = await start()
    await library(page).waitFor()
    const addresses = [
      `http://${sentinel.host}/`,
      'file:///etc/hostname',
      'data:text/html,x',
      'app://other/',
      'app://sheaf/other.html',
      'about:blank',
      'about:srcdoc',
    ]
    for (const address of addresses) {
      // Through the main process: the driver itself waits for navigations that are refused.
      await electron.evaluate(async ({ BrowserWindow }, to) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        if (!contents) throw new Error('The window must stand')
        const code = `new Promise((resolve) => {
          const link = document.createElement('a')
          link.href = ${JSON.stringify(to)}
          document.body.append(link)
          link.click()
          link.remove()
          location.href = link.href
          requestAnimationFrame(() => requestAnimationFrame(resolve))
        })`
        const left = new Promise((resolve) => contents.once('did-navigate', resolve))
        await Promise.race([left, contents.executeJavaScript(code)])
      }, address)
      // An empty page, which can be reached without asking, is left again at once.
      await expect
        .poll(() =>
          electron.evaluate(async ({ BrowserWindow }) => {
            const contents = BrowserWindow.getAllWindows()[0]?.webContents
            const find = `Boolean(document.querySelector('nav[aria-label="Library"]'))`
            return [contents?.getURL(), await contents?.executeJavaScript(find).catch(() => false)]
          }),
        )
        .toEqual([PAGE, true])
    }
    expect(sentinel.visits).toEqual([])
  } finally {
    await sentinel.close()
  }
})

test('SAFE-14: the page opens no windows of its own', async ({ start }) => {
  const sentinel = await startSentinel()
  try {
    const { page, electron } = await start()
    await library(page).waitFor()
    const opened = await page.evaluate((host) => {
      const link = document.createElement('a')
      link.href = `http://${host}/blank`
      link.target = '_blank'
      document.body.append(link)
      link.click()
      link.remove()
      return [window.open(`http://${host}/`), window.open('about:blank'), window.open('app://sheaf/')].map(String)
    }, sentinel.host)
    expect(opened).toEqual(['null', 'null', 'null'])
    await settle(page)
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(sentinel.visits).toEqual([])
  } finally {
    await sentinel.close()
  }
})

test('SAFE-14: a page can not hold guests of its own', async ({ start }) => {
  const sentinel = await startSentinel()
  try {
    const { page, electron } = await start()
    await library(page).waitFor()
    await page.evaluate((address) => {
      for (const name of ['webview', 'iframe', 'frame', 'embed', 'object']) {
        const guest = document.createElement(name)
        document.body.append(guest)
        try {
          guest.setAttribute(name === 'object' ? 'data' : 'src', address)
        } catch {
          // Refused at once: the address of a plugin is taken for a program.
        }
      }
    }, `http://${sentinel.host}/guest`)
    await settle(page)
    const types = await electron.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((each) => each.getType()),
    )
    expect(types).toEqual(['window'])
    const origins = await electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().flatMap((window) =>
        window.webContents.mainFrame.framesInSubtree.map((frame) => frame.origin),
      ),
    )
    expect(origins.filter((origin) => origin !== 'null')).toEqual(['app://sheaf'])
    expect(sentinel.visits).toEqual([])
  } finally {
    await sentinel.close()
  }
})

test('SAFE-15: every permission is refused', async ({ start }) => {
  const { page } = await start()
  const answers = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'midi',
      'clipboard-read',
      'persistent-storage',
      'screen-wake-lock',
    ]
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          (status) => status.state,
          () => 'denied',
        ),
      ),
    )
    const refused = (made: Promise<unknown>) =>
      made.then(
        () => 'granted',
        () => 'denied',
      )
    const place = new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      )
    })
    return [
      ...states,
      await Notification.requestPermission(),
      await place,
      await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
      await refused(navigator.mediaDevices.getDisplayMedia()),
      await refused(navigator.clipboard.readText()),
    ]
  })
  expect(answers).toEqual(answers.map(() => 'denied'))
})

test('SAFE-15: nothing is downloaded, and no dictionary is fetched', async ({ start }) => {
  const { page, electron } = await start()
  const download = electron.evaluate(
    ({ session }) =>
      new Promise<boolean>((resolve) => {
        // Heard after the app's own refusal.
        session.defaultSession.on('will-download', (event) => resolve(event.defaultPrevented))
      }),
  )
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['x']))
    link.download = 'x.txt'
    link.click()
  })
  expect(await download).toBe(true)
  const languages = await electron.evaluate(({ session }) => session.defaultSession.getSpellCheckerLanguages())
  expect(languages).toEqual([])
})

test('SAFE-7: a frame inside the page has no bridge, and a request from it is refused', async ({ start }) => {
  const { page, electron } = await start()
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.id = 'inner'
    document.body.append(frame)
  })
  await settle(page)
  const bridge = await page.evaluate(() => {
    const frame = document.getElementById('inner') as HTMLIFrameElement
    return typeof (frame.contentWindow as unknown as { sheaf: unknown }).sheaf
  })
  expect(bridge).toBe('undefined')
  const outcomes = await electron.evaluate(async ({ BrowserWindow, ipcMain }) => {
    type Handler = (event: unknown, name: string, args: unknown[]) => Promise<{ ok: boolean; error?: { kind: string } }>
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers
    const handler = handlers.get('sheaf:call')
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const [inner] = contents?.mainFrame.frames ?? []
    if (!handler || !contents || !inner) throw new Error('The frame must stand')
    const ask = (senderFrame: unknown) => handler({ sender: contents, senderFrame }, 'settings.get', [])
    return [await ask(inner), await ask(null), await ask(contents.mainFrame)]
  })
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([false, false, true])
  expect(outcomes[0]?.error?.kind).toBe('no-permission')
})

test('SAFE-2: wrong requests from the page are answered with a failure, and the app goes on', async ({ start }) => {
  const { page } = await start()
  await library(page).waitFor()
  const kinds = await page.evaluate(async () => {
    const { sheaf } = window as unknown as { sheaf: Bridge }
    const id = 'ab'.repeat(32)
    const requests: [string, ...unknown[]][] = [
      ['no.such.call'],
      ['__proto__'],
      ['settings.get', 1],
      ['settings.set', { theme: 'pink' }],
      ['settings.set', { theme: 'dark', path: '/' }],
      ['library.open', '../../etc/passwd'],
      ['library.reveal', '/etc/passwd'],
      ['document.open', '../../etc/passwd'],
      ['document.open', id],
      ['document.append', id, 0, new Uint8Array([1, 2, 3])],
      ['document.append', id, 7, new Uint8Array([1])],
      ['document.append', id, 0, 'text'],
      ['link.open', 'javascript:alert(1)'],
      ['link.open', 'file:///etc/passwd'],
      ['window.open', 'x'],
    ]
    const outcomes = await Promise.all(requests.map(([name, ...args]) => sheaf.call(name, ...args)))
    return outcomes.map((outcome, i) => (outcome.ok ? `ok: ${requests[i]?.[0]}` : (outcome.error?.kind ?? 'none')))
  })
  expect(kinds.slice(0, 5)).toEqual([
    'unsupported',
    'unsupported',
    'invalid-argument',
    'invalid-argument',
    'invalid-argument',
  ])
  for (const kind of kinds) expect(kind).not.toMatch(/^ok|^internal/)
  expect(await page.evaluate(() => (window as unknown as { sheaf: Bridge }).sheaf.call('settings.get'))).toMatchObject({
    ok: true,
  })
})

test('SAFE-4: the log holds no words of the person and no paths', async ({ start, profile }) => {
  const { page, quit } = await start()
  await library(page).waitFor()
  await page.evaluate(async () => {
    const { sheaf } = window as unknown as { sheaf: Bridge }
    await sheaf.call('settings.set', { displayName: 'planted-secret-42' })
    await sheaf.call('planted-secret-42')
    await sheaf.call('link.open', 'ftp://planted-secret-42/')
  })
  await quit()
  const log = await readFile(`${profile.userData}/data/logs/sheaf.log`, 'utf8')
  expect(log).toContain('call.failed')
  expect(log).not.toContain('planted-secret-42')
  expect(log).not.toContain(profile.folder)
})
