/** How an exported page looks in a browser and on paper; it needs no other file. */
export const EXPORT_STYLE = `
body { max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; font: 1.125rem/1.6 Georgia, "Times New Roman", serif; color: #1c1b19; background: #fff; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 2em 0 .6em; }
h1 { margin-top: 0; }
h1, h2, h3, h4, h5, h6, p, li, pre, td, th, figcaption { white-space: pre-wrap; overflow-wrap: break-word; }
ul, ol, blockquote, aside { white-space: normal; }
p:empty::before { content: "\\200b"; }
blockquote { margin: 1em 0; padding-inline-start: 1em; border-inline-start: 3px solid #c9c5bd; }
pre { padding: .75em 1em; background: #f4f2ee; font: .875em/1.5 ui-monospace, Menlo, Consolas, monospace; }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }
hr { border: 0; margin: 2em 0; text-align: center; }
hr::before { content: "* * *"; letter-spacing: .5em; }
li.task, li.deeper { list-style: none; }
li.task > input { margin: 0 .5em 0 -1.4em; }
aside.callout { margin: 1em 0; padding: .25em 1em; border-radius: .4em; background: #eef2f8; border-inline-start: 4px solid #5b7fb5; }
aside.callout::before { content: attr(data-tone); display: block; margin-top: .5em; font: 600 .75em/1.5 system-ui, sans-serif; text-transform: capitalize; }
aside[data-tone=tip] { background: #eaf4ec; border-color: #4c8a5b; }
aside[data-tone=important] { background: #f2eef9; border-color: #7f63b8; }
aside[data-tone=warning] { background: #fbf3e2; border-color: #b98218; }
aside[data-tone=caution] { background: #faeceb; border-color: #b9483f; }
figure { margin: 1.5em 0; text-align: center; }
figure[data-align=start] { text-align: start; }
figure[data-align=end] { text-align: end; }
img { max-width: 100%; }
figcaption { font-size: .85em; color: #6a655c; }
table { border-collapse: collapse; margin: 1.25em 0; }
td, th { border: 1px solid #c9c5bd; padding: .3em .6em; text-align: start; vertical-align: top; }
th { background: #f4f2ee; }
mark.green { background: #cdeccf; } mark.blue { background: #cfe3fb; } mark.pink { background: #fbd3e3; } mark.orange { background: #fde0bd; }
.math { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .9em; }
sup, sub { line-height: 0; }
a[role=doc-noteref] { text-decoration: none; }
.footnotes { margin-top: 3em; border-top: 1px solid #c9c5bd; font-size: .9em; }
@media (prefers-color-scheme: dark) { body { color: #e8e6e1; background: #1b1a18; } pre { background: #26241f; } a { color: #9ec1ff; } aside.callout, th { background: #26241f; } mark { color: #1c1b19; } }
@media print { body { margin: 0; max-width: none; } }
`.trim()
